import { instant, type Input, type NodeId, type Outbox } from '../../../sim-core/kernel/node.ts';
import { micros } from '../../../sim-core/base/micros.ts';
import type { Note } from '../../../sim-core/kernel/trace-record.ts';
import { parseSdp } from '../../../sim-core/sdp/parse-sdp.ts';
import type { SessionDescription } from '../../../sim-core/sdp/session-description.ts';
import type { SipIndication, UserAgent } from '../../../sim-core/sip/agent.ts';
import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import { isSip, type SipMessage } from '../../../sim-core/sip/message.ts';
import { sendInvite, type Saying } from '../../../sim-core/sip/sending.ts';
import { timersOf, type TimerProfile } from '../../../sim-core/sip/timers.ts';
import { newUserAgent, receive, type Abilities } from '../../../sim-core/sip/user-agent.ts';

/** Two user agents without nodes, users or links: what they send arrives 10 ms later. */

export type Side = 'a' | 'b';

const nodes = { a: 0 as NodeId, b: 1 as NodeId };
const other = { a: 'b', b: 'a' } as const;
const latency = 10_000;

/** One thing on the wire, at the instant it was sent. */
export interface OnTheWire {
  readonly at: number;
  readonly by: Side;
  readonly message: SipMessage;
}

export interface Setting {
  readonly profile?: TimerProfile;
  readonly abilities?: Abilities;
  /** Whether the link swallows a message. */
  readonly loses?: (sent: OnTheWire) => boolean;
  /** What a user does about an indication. */
  readonly hears?: (side: Side, heard: SipIndication, agents: Agents) => void;
  /** What chance gives between two bounds; the least where nothing is said. */
  readonly draws?: (least: number, most: number) => number;
}

export interface Agents {
  readonly a: UserAgent;
  readonly b: UserAgent;
  readonly outbox: Readonly<Record<Side, Outbox>>;
  readonly sent: OnTheWire[];
  readonly heard: { readonly at: number; readonly by: Side; readonly indication: SipIndication }[];
  readonly notes: { readonly at: number; readonly by: Side; readonly note: Note }[];
  now: number;
  /** Lets everything happen that is due within so many seconds from now. */
  pass(seconds: number): void;
  /** Lets something arrive that nobody of the two sent. */
  arrives(side: Side, message: SipMessage): void;
  /** Milliseconds, from the first, at which a side sent messages of that label. */
  offsets(by: Side, label: string): number[];
  labels(by?: Side): string[];
}

interface Due {
  readonly at: number;
  /** Messages come before timers of the same instant. */
  readonly rank: number;
  readonly order: number;
  readonly side: Side;
  readonly input: Input;
  readonly timer: string | null;
}

export function twoAgents(setting: Setting = {}): Agents {
  const timers = timersOf(setting.profile ?? 'rfc3261');
  let due: Due[] = [];
  let order = 0;
  const plan = (one: Omit<Due, 'order'>): void => {
    order += 1;
    due.push({ ...one, order });
  };
  const outboxOf = (side: Side): Outbox => ({
    send(packet) {
      if (!isSip(packet)) throw new Error('a user agent sends SIP alone');
      const sent = { at: agents.now, by: side, message: packet };
      agents.sent.push(sent);
      if (setting.loses?.(sent) === true) return;
      const input = { kind: 'packet', from: nodes[side], packet } as const;
      plan({ at: agents.now + latency, rank: 0, side: other[side], input, timer: null });
    },
    startTimer(timer, after) {
      this.stopTimer(timer);
      plan({ at: agents.now + after, rank: 1, side, input: { kind: 'timer', timer }, timer });
    },
    stopTimer(timer) {
      due = due.filter((one) => one.side !== side || one.timer !== timer);
    },
    now: () => micros(agents.now),
    instant: () => instant(agents.now),
    draw: (least, most) => setting.draws?.(least, most) ?? least,
    expectUser() {},
    forgetUser() {},
    note: (note) => void agents.notes.push({ at: agents.now, by: side, note }),
  });
  const take = (side: Side, input: Input): void => {
    const indication = receive(agents[side], input, agents.outbox[side]);
    if (indication === null) return;
    agents.heard.push({ at: agents.now, by: side, indication });
    setting.hears?.(side, indication, agents);
  };
  const agents: Agents = {
    a: newUserAgent('a', '192.0.2.1', 5060, timers, [], setting.abilities),
    b: newUserAgent('b', '192.0.2.2', 5060, timers, [], setting.abilities),
    outbox: { a: outboxOf('a'), b: outboxOf('b') },
    sent: [],
    heard: [],
    notes: [],
    now: 0,
    pass(seconds) {
      const until = Math.round(agents.now + seconds * 1_000_000);
      for (;;) {
        const [next] = due
          .filter(({ at }) => at <= until)
          .toSorted((x, y) => x.at - y.at || x.rank - y.rank || x.order - y.order);
        if (next === undefined) break;
        due = due.filter((one) => one !== next);
        agents.now = next.at;
        take(next.side, next.input);
      }
      agents.now = until;
    },
    arrives: (side, packet) => take(side, { kind: 'packet', from: nodes[other[side]], packet }),
    offsets(by, label) {
      const of = agents.sent.filter((one) => one.by === by && one.message.label === label);
      return of.slice(1).map(({ at }) => (at - (of[0]?.at ?? 0)) / 1_000);
    },
    labels: (by) =>
      agents.sent
        .filter((one) => by === undefined || one.by === by)
        .map(({ message }) => message.label),
  };
  return agents;
}

export const nothing: Saying = { headers: [], bodies: [], contact: null };

export function contactOf(side: Side): string {
  return `<sip:${side}@192.0.2.${side === 'a' ? 1 : 2}:5060>`;
}

/** A says INVITE to B; gives its branch. */
export function invite(agents: Agents, saying: Partial<Saying> = {}): string {
  return sendInvite(
    agents.a,
    {
      ...nothing,
      headers: [['Supported', '100rel']],
      contact: contactOf('a'),
      ...saying,
      peer: nodes.b,
      requestUri: 'sip:b@192.0.2.2:5060',
      fromUri: 'sip:a@a.example',
      toUri: 'sip:b@b.example',
    },
    agents.outbox.a,
  );
}

/** A description with one audio line; the version tells one from another. */
export function audio(side: Side, version = 1, port = 40_000): SessionDescription {
  const host = `192.0.2.${side === 'a' ? 1 : 2}`;
  const lines = [
    'v=0',
    `o=${side} 1 ${version} IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 0`,
  ];
  const read = parseSdp(lines.map((line) => `${line}\r\n`).join(''));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.description;
}

export function session(side: Side, version = 1): Saying {
  return {
    headers: [],
    bodies: [bodyPart('session', audio(side, version))],
    contact: contactOf(side),
  };
}

/** The one dialog of a side. */
export function dialogOf(agent: UserAgent, place = 0) {
  const dialog = agent.dialogs[place];
  if (dialog === undefined) throw new Error('there is no such dialog yet');
  return dialog;
}
