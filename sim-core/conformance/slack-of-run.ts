import { clause } from '../base/clause-id.ts';
import { micros } from '../base/micros.ts';
import { isOwnPace, type NodeId } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { isControl } from '../resource-control/control-message.ts';
import { isSip, reliableSequence } from '../sip/message.ts';
import type { MessageView } from '../trace/message-view.ts';
import type { Party, TraceHeader } from '../trace/trace-header.ts';
import { viewMessages } from '../trace/view-messages.ts';
import { demandedOrders, type DemandedOrder, type OrderedHop } from './demanded-orders.ts';
import type { Slack } from './slack.ts';

/** Every margin by which the run held, the least first. */
export function slackOf(header: TraceHeader, records: readonly TraceRecord[]): Slack[] {
  return [...timersInTime(records), ...ordersKept(header, records)].sort(
    (a, b) => a.slack - b.slack || a.records[0] - b.records[0],
  );
}

/** Timers of a standard that something stopped: how long they would still have run. */
function timersInTime(records: readonly TraceRecord[]): Slack[] {
  const running = new Map<string, Extract<TraceRecord, { kind: 'timer started' }>>();
  const found: Slack[] = [];
  for (const record of records) {
    const isTimer =
      record.kind === 'timer started' ||
      record.kind === 'timer stopped' ||
      record.kind === 'timer fired';
    if (!isTimer || isOwnPace(record.timer)) continue;
    const key = `${record.node} ${record.timer}`;
    const started = running.get(key);
    if (record.kind === 'timer started') running.set(key, record);
    else running.delete(key);
    // One that the same message starts and stops never had to be beaten.
    if (record.kind !== 'timer stopped' || started === undefined) continue;
    if (started.cause === record.cause) continue;
    found.push({
      kind: 'timer',
      slack: micros(started.firesAt - record.at),
      node: record.node,
      what: `timer ${record.timer.split(' ')[0] ?? ''}`,
      clause: null,
      records: [record.number, started.number],
      at: record.at,
    });
  }
  return found;
}

function ordersKept(header: TraceHeader, records: readonly TraceRecord[]): Slack[] {
  const views = viewMessages(header, records);
  const arrivals = new Map<RecordNumber, TraceRecord>();
  for (const record of records) {
    if (record.kind === 'received' && !arrivals.has(record.sent)) {
      arrivals.set(record.sent, record);
    }
  }
  const parties = new Map(header.nodes.map(({ id, party }) => [id, party]));
  const hops = views.filter(({ resent }) => resent === 0).map((view) => hopOf(view, parties));
  return demandedOrders.flatMap((order) => {
    if (order.applies?.(header) === false) return [];
    const [first, then] = order.orders;
    const taken = new Set<MessageView>();
    const over = order.until === undefined ? -1 : hops.findIndex(order.until);
    const within = over < 0 ? hops : hops.slice(0, over);
    return within.flatMap((hop, place) => {
      if (!then.matches(hop)) return [];
      const earlier = within.slice(0, place);
      const isFirst = (one: OrderedHop): boolean => first.matches(one);
      const before = order.earliest === true ? earlier.find(isFirst) : earlier.findLast(isFirst);
      // Only the first that follows was waited for.
      if (before === undefined || taken.has(before.view)) return [];
      taken.add(before.view);
      const margin = marginOf(order, before.view, hop.view, arrivals);
      return margin === null || margin.slack < 0 ? [] : [margin];
    });
  });
}

interface Hop extends OrderedHop {
  readonly view: MessageView;
}

function hopOf(view: MessageView, parties: ReadonlyMap<NodeId, Party | null>): Hop {
  const { shortText: text, step, packet } = view;
  return {
    view,
    text,
    step,
    from: parties.get(view.from),
    to: parties.get(view.to),
    isReliable: isSip(packet) && reliableSequence(packet) !== null,
    rung: isControl(packet) ? packet.leg : null,
  };
}

/** From the first's arrival or departure to the other's, at the node where both are seen. */
function marginOf(
  order: DemandedOrder,
  before: MessageView,
  after: MessageView,
  arrivals: ReadonlyMap<RecordNumber, TraceRecord>,
): Slack | null {
  const [first, then] = order.orders;
  const one = momentOf(before, first.when, arrivals);
  const other = momentOf(after, then.when, arrivals);
  if (one === null || other === null) return null;
  return {
    kind: 'order',
    slack: micros(other.at - one.at),
    node: then.when === 'leaves' ? after.from : after.to,
    what: order.what,
    clause: clause(order.clause),
    records: [one.number, other.number],
    at: micros(other.at),
  };
}

function momentOf(
  view: MessageView,
  when: 'leaves' | 'arrives',
  arrivals: ReadonlyMap<RecordNumber, TraceRecord>,
): { readonly at: number; readonly number: RecordNumber } | null {
  if (when === 'leaves') return { at: view.sentAt, number: view.record };
  const arrival = arrivals.get(view.record);
  return arrival === undefined ? null : { at: arrival.at, number: arrival.number };
}
