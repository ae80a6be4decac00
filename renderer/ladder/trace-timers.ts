import {
  isSip,
  type MessageView,
  type Micros,
  type NodeId,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import { timerName } from '../words/acts.ts';
import type { LadderTimer } from './layout/ladder-input.ts';
import { millisText } from './layout/ruler-text.ts';
import { arrowId, lifelineId } from './trace-arrows.ts';

/**
 * The timers that can resend a message or give it up. Timers D, I, J, K, L and M only make a
 * transaction forget what it already finished, seconds after the call: nothing to look at.
 */
const telling = /^(?:Timer [ABEFGH]|[12]xx|[12]xx end)$/;

interface Running {
  readonly node: NodeId;
  readonly timer: string;
  readonly from: Micros;
  readonly firesAt: Micros;
  readonly number: number;
  readonly cause: number;
}

/** Every such timer of the run, from its start to its end. */
export function traceTimers(
  records: readonly TraceRecord[],
  views: readonly MessageView[],
): readonly LadderTimer[] {
  const timers: LadderTimer[] = [];
  const sentFor = byCause(views);
  const running = new Map<string, Running>();
  const finish = (key: string, at: Micros, outcome: LadderTimer['outcome']): void => {
    const one = running.get(key);
    if (one === undefined) return;
    running.delete(key);
    timers.push(ladderTimer(one, at, outcome, sentFor.get(one.cause) ?? []));
  };
  for (const record of records) {
    if (
      record.kind !== 'timer started' &&
      record.kind !== 'timer stopped' &&
      record.kind !== 'timer fired'
    ) {
      continue;
    }
    if (!telling.test(timerName(record.timer))) continue;
    const key = `${record.node} ${record.timer}`;
    finish(key, record.at, record.kind === 'timer fired' ? 'fired' : 'stopped');
    if (record.kind !== 'timer started') continue;
    const { node, timer, at, firesAt, number, cause } = record;
    running.set(key, { node, timer, from: at, firesAt, number, cause });
  }
  for (const [key, { firesAt }] of running) finish(key, firesAt, 'running');
  return timers;
}

/** What was sent for each reason. */
function byCause(views: readonly MessageView[]): ReadonlyMap<number, readonly MessageView[]> {
  const sent = new Map<number, MessageView[]>();
  for (const view of views) {
    const list = sent.get(view.cause);
    if (list === undefined) sent.set(view.cause, [view]);
    else list.push(view);
  }
  return sent;
}

function ladderTimer(
  one: Running,
  toMicros: Micros,
  outcome: LadderTimer['outcome'],
  views: readonly MessageView[],
): LadderTimer {
  const message = messageOfTimer(one, views);
  // A node that takes its time to react starts its timers when the reaction leaves.
  const from = message === null || message.sentAt > toMicros ? one.from : message.sentAt;
  return {
    id: String(one.number),
    lifeline: lifelineId(one.node),
    fromMicros: from,
    toMicros,
    outcome,
    text: `${timerName(one.timer).replace('Timer ', '')} ${millisText(one.firesAt - from)}`,
    // A timer that gives up is not what one asks of a message; all timers show it.
    message: message === null || givesUp(one.timer) ? null : arrowId(message.record),
  };
}

function givesUp(timer: string): boolean {
  return /^(?:Timer [BFH]|[12]xx end)$/.test(timerName(timer));
}

/** The copy this timer waits for the fruit of: sent for the same reason as the timer started. */
function messageOfTimer(one: Running, views: readonly MessageView[]): MessageView | null {
  const branch = one.timer.slice(one.timer.lastIndexOf(' ') + 1);
  return (
    views.find(
      ({ from, packet }) => from === one.node && isSip(packet) && packet.via[0]?.branch === branch,
    ) ?? null
  );
}
