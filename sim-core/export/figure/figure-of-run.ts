import { visible } from '../../base/text-problems.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import { isControl } from '../../resource-control/control-message.ts';
import type { Run } from '../../run/run.ts';
import { isSip } from '../../sip/message.ts';
import type { MessageView } from '../../trace/message-view.ts';
import { nodesInOrder } from '../../trace/text-ladder-lanes.ts';
import { traceIndex, type TraceIndex } from '../../trace/trace-index.ts';
import { viewMessages } from '../../trace/view-messages.ts';
import { figureSentence } from './figure-sentences.ts';

/** A flow as a standard draws it: who takes part, and the numbered steps. */
export interface Figure {
  readonly title: string;
  /** Names of the parties, left to right. */
  readonly lanes: readonly string[];
  readonly steps: readonly FigureStep[];
}

export interface FigureStep {
  /** From 1. */
  readonly number: number;
  /** Places in `lanes`. */
  readonly from: number;
  readonly to: number;
  /** What stands on the arrow: `'200 (UPDATE)'`. */
  readonly label: string;
  /** The step as a sentence. */
  readonly says: string;
  readonly record: RecordNumber;
}

/**
 * The figure of a run. It has what a text asks for and nothing of what networks do besides: no
 * copies, nothing that is lost, no 100, no acknowledgement of a command, no TCP, no media.
 *
 * The numbers follow from what causes what, and not from the clock: another latency, another node
 * on the way of something else or a packet lost and sent again leave every number as it is.
 */
export function figureOf({ header, records }: Run): Figure {
  const all = viewMessages(header, records);
  const arrived = new Set(all.filter(({ received }) => received.length > 0).map(firstOf));
  const views = all.filter((view) => isNormative(view) && arrived.has(view.record));
  const taking = new Set(views.flatMap(({ from, to }) => [from, to]));
  const lanes = nodesInOrder(header).filter(({ id }) => taking.has(id));
  const place = new Map(lanes.map(({ id }, at): [NodeId, number] => [id, at]));
  const ordered = byCause(views, all, traceIndex(records));
  return {
    title: visible(header.title),
    lanes: lanes.map(({ title }) => visible(title)),
    steps: ordered.map((view, at) => ({
      number: at + 1,
      from: place.get(view.from) ?? 0,
      to: place.get(view.to) ?? 0,
      label: visible(view.shortText),
      says: visible(figureSentence(view, header)),
      record: view.record,
    })),
  };
}

function firstOf({ first }: MessageView): RecordNumber {
  return first;
}

/** Whether a text of a standard would draw it. */
function isNormative({ packet, resent, absorbed, isReply }: MessageView): boolean {
  if (resent > 0 || absorbed) return false;
  if (isSip(packet)) return packet.label !== '100';
  if (isControl(packet)) return !isReply && packet.form === 'command';
  return packet.protocol === 'TCP' && /^(?:GET|\d{3})$/.test(packet.label);
}

/** What a message follows from: another message of the figure, at once or after a while. */
interface Origin {
  readonly parent: MessageView | null;
  /** A person took their time, or a timer ran: everything that happens at once comes first. */
  readonly isLater: boolean;
}

/**
 * The messages in an order that their causes alone decide. A message comes after the one it
 * follows from and after what its sender sent before. Where several could come next, the one that
 * goes on from the last does; else the one whose cause came first.
 */
function byCause(
  views: readonly MessageView[],
  all: readonly MessageView[],
  index: TraceIndex,
): MessageView[] {
  const origins = originsOf(views, all, index);
  const left = [...views];
  const places = new Map<MessageView, number>();
  while (left.length > 0) {
    const last = [...places.keys()].at(-1);
    const next = readyOf(left, origins, places)
      .map((view) => ({ view, rank: rankOf(origins.get(view), last, places) }))
      .reduce((best, one) => (one.rank < best.rank ? one : best)).view;
    left.splice(left.indexOf(next), 1);
    places.set(next, places.size);
  }
  return [...places.keys()];
}

/** Those whose cause has come, and everything their sender sent before them. */
function readyOf(
  left: readonly MessageView[],
  origins: ReadonlyMap<MessageView, Origin>,
  places: ReadonlyMap<MessageView, number>,
): readonly MessageView[] {
  const senders = new Set<NodeId>();
  const ready = left.filter((view) => {
    const isFirst = !senders.has(view.from);
    senders.add(view.from);
    const parent = origins.get(view)?.parent ?? null;
    return isFirst && (parent === null || places.has(parent));
  });
  // The first of all that are left was sent before the others, so it waits for none of them.
  return ready.length === 0 ? left.slice(0, 1) : ready;
}

function rankOf(
  origin: Origin | undefined,
  last: MessageView | undefined,
  places: ReadonlyMap<MessageView, number>,
): number {
  if (origin === undefined || origin.parent === null || origin.isLater) return places.size;
  return origin.parent === last ? -1 : (places.get(origin.parent) ?? 0);
}

/** Where each of them comes from, by way of what a figure leaves out. */
function originsOf(
  views: readonly MessageView[],
  all: readonly MessageView[],
  index: TraceIndex,
): ReadonlyMap<MessageView, Origin> {
  const firsts = new Map(views.map((view) => [view.record, view]));
  // What follows from a copy follows from the message.
  const byRecord = new Map(
    all.flatMap(({ record, first }): [RecordNumber, MessageView][] => {
      const view = firsts.get(first);
      return view === undefined ? [] : [[record, view]];
    }),
  );
  return new Map(
    views.map((view): [MessageView, Origin] => {
      const chain = index.causeChain(view.record).slice(0, -1);
      const at = chain.findLastIndex(({ number }) => byRecord.has(number));
      const parent = byRecord.get(chain[at]?.number ?? view.record) ?? null;
      const since = chain.slice(at + 1);
      const isLater = since.some(({ kind }) => kind === 'user' || kind === 'timer fired');
      return [view, { parent: at < 0 ? null : parent, isLater }];
    }),
  );
}
