import { micros, type Micros } from '../../../sim-core/base/micros.ts';
import type { NodeId, Packet } from '../../../sim-core/kernel/node.ts';
import type { RecordNumber } from '../../../sim-core/kernel/trace-record.ts';
import type { MessageView } from '../../../sim-core/trace/message-view.ts';
import type { TraceHeader, TraceNode } from '../../../sim-core/trace/trace-header.ts';

const parties = ['A', 'S', 'R', 'B'] as const;
const titles = ['CMR Client-A', 'CMR Server', 'CMR Resource Server', 'CMR Client-B'];

/** Numbered as the scenarios write them: not in the order of the lanes. */
export const ids: Readonly<Record<(typeof parties)[number], NodeId>> = {
  A: 0 as NodeId,
  B: 1 as NodeId,
  S: 2 as NodeId,
  R: 3 as NodeId,
};

export const header: TraceHeader = {
  schemaVersion: 1,
  engine: 'by hand',
  scenario: 'x',
  title: 'x',
  seed: 1,
  profile: 'literal',
  mode: 'gateway',
  services: ['cmrbt'],
  switches: {},
  nodes: parties
    .map((party, index): TraceNode => ({
      id: ids[party],
      name: ['client-a', 'cmr-server', 'resource-server', 'client-b'][index] ?? '',
      title: titles[index] ?? '',
      role: 'x',
      party,
      address: '',
      jitterBuffer: micros(0),
    }))
    .toSorted((a, b) => a.id - b.id),
  links: [],
};

/** The text without SGR sequences. */
export function withoutColour(text: string): string {
  const [first = '', ...rest] = text.split(String.fromCharCode(27));
  return [first, ...rest.map((part) => part.replace(/^\[[0-9;]*m/, ''))].join('');
}

export interface WrittenView extends Partial<Omit<MessageView, 'from' | 'to' | 'record'>> {
  readonly record: number;
  readonly from: keyof typeof ids;
  readonly to: keyof typeof ids;
  /** Milliseconds. */
  readonly at: number;
  readonly takes: number;
  readonly text: string;
}

/** A view with everything not written as it is for a message that arrives without ado. */
export function viewOf({ record, from, to, at, takes, ...given }: WrittenView): MessageView {
  const packet: Packet = { protocol: 'SIP', label: given.text };
  return {
    record: record as RecordNumber,
    cause: 0 as RecordNumber,
    packet,
    from: ids[from],
    to: ids[to],
    sentAt: (at * 1_000) as Micros,
    arrivesAt: ((at + takes) * 1_000) as Micros,
    lost: false,
    againAt: null,
    received: given.lost === true ? [] : [(record + 1) as RecordNumber],
    leg: from === 'B' || to === 'B' ? 'B' : from === 'R' || to === 'R' ? 'R' : 'A',
    shortText: given.text,
    isRequest: !/^[0-9]/.test(given.text) && given.text !== 'ok',
    isReply: given.text === 'ok',
    step: null,
    marks: [],
    resent: 0,
    first: record as RecordNumber,
    absorbed: false,
    facts: [],
    ...given,
  };
}
