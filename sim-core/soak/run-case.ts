import { callIn, type CallPicture } from '../conformance/oracles/call-picture.ts';
import { judgeCall } from '../conformance/oracles/index.ts';
import { judgeRules } from '../conformance/rules/index.ts';
import { observeTrace } from '../conformance/rules/observe-trace.ts';
import { outcomeOf } from '../conformance/outcome-of-run.ts';
import type { CallOutcome } from '../conformance/call-outcome.ts';
import type { NodeId } from '../kernel/node.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { behaviourOf, roleNames } from '../nodes/roles.ts';
import { startRun, type LiveRun } from '../run/live-run.ts';
import type { SipMessage } from '../sip/message.ts';
import { runFingerprint } from '../trace/run-fingerprint.ts';
import type { Ended, TraceHeader } from '../trace/trace-header.ts';
import type { SoakCase } from './draw-case.ts';
import { flightsOf, nameOf, type Flight } from './flights.ts';
import { brokenInvariants } from './invariants.ts';
import { brokenRules } from './judging.ts';
import { statesReached } from './sometimes.ts';

/** What came of one call of a soak. */
export interface SoakResult {
  /** What must never be, in words; empty where all is well. */
  readonly problems: readonly string[];
  readonly states: readonly string[];
  readonly outcome: CallOutcome | 'exception';
  readonly events: number;
  /** Empty where it was not asked for. */
  readonly fingerprint: string;
}

export interface SoakChecks {
  /** Version of the engine, for the trace's header. */
  readonly engine: string;
  /** Runs it twice, and compares the fingerprints. */
  readonly twice: boolean;
  /** Has every oracle look at it: no rule of the RFCs may be broken that could be kept. */
  readonly judged: boolean;
}

/** Runs the call to its end and looks for what must never be. Throws nothing. */
export function runCase(one: SoakCase, checks: SoakChecks): SoakResult {
  const first = runOnce(one, checks, checks.judged);
  if (!checks.twice || first.outcome === 'exception') return first;
  const second = runOnce(one, checks, false);
  if (second.fingerprint === first.fingerprint) return first;
  const says = `two runs differ: ${first.fingerprint} and ${second.fingerprint}`;
  return { ...first, problems: [...first.problems, says] };
}

function runOnce(one: SoakCase, { engine, twice }: SoakChecks, judged: boolean): SoakResult {
  const records: TraceRecord[] = [];
  const print = runFingerprint();
  let live: LiveRun;
  try {
    live = startRun(one.scenario, {
      engine,
      seed: one.seed,
      observe(record) {
        records.push(record);
        if (twice) print.observe(record);
      },
    });
    const ended = live.advance(Infinity) ?? 'time limit';
    const { header } = live;
    const proxies = header.nodes.flatMap(({ id, role }) => (role === 'proxy' ? [id] : []));
    const after = { records, flights: flightsOf(records), holders: holdersIn(live), proxies };
    const call = callIn(header, records, ended);
    const outcome = outcomeOf(call);
    const problems = [
      ...(ended === 'quiet' || ringsForEver(after) ? [] : [`it does not come to rest: ${ended}`]),
      ...brokenInvariants(header, records),
      ...remains(after),
      ...(judged ? broken(one, call, live, ended, after) : []),
    ];
    const states = statesReached({ header, records, outcome, flights: after.flights });
    const fingerprint = twice ? print.print() : '';
    return { problems, states, outcome, events: live.events(), fingerprint };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    const at = records.at(-1)?.number ?? 0;
    const problems = [`exception after record ${at}: ${says}`];
    return { problems, states: [], outcome: 'exception', events: 0, fingerprint: '' };
  }
}

/** What a node still has of a call. */
interface Holder {
  readonly id: NodeId;
  readonly name: string;
  readonly role: string;
  readonly left: readonly string[];
}

/** What there is when a call is over. */
interface Aftermath {
  readonly records: readonly TraceRecord[];
  readonly flights: readonly Flight[];
  readonly holders: readonly Holder[];
  readonly proxies: readonly NodeId[];
}

function holdersIn({ world, header }: LiveRun): Holder[] {
  return world.nodes.flatMap(({ behaviour, state }, index) => {
    const role = roleNames[behaviour];
    const node = header.nodes[index];
    if (role === undefined || node === undefined) return [];
    const left = behaviourOf(role).remains?.(state) ?? [];
    return left.length === 0 ? [] : [{ id: node.id, name: node.name, role, left }];
  });
}

/** Nothing may be left of a call, in any node, when nothing is due any more. */
function remains(after: Aftermath): string[] {
  return after.holders
    .filter((one) => !isExcused(one, after))
    .map(({ name, left }) => `${name} still holds ${[...new Set(left)].join(', ')}`);
}

/** A server that never hears how a call has ended says each minute that it rings (R-TX-20). */
function ringsForEver(after: Aftermath): boolean {
  return after.holders.some(
    (one) =>
      one.role === 'cmr-server' &&
      one.left.includes('INVITE server transaction Proceeding') &&
      isExcused(one, after),
  );
}

/**
 * What no text asks a node to find out by itself. There is no lease: a Resource Server keeps what
 * it was never told to release, because the one who had to tell it died or keeps the call, or
 * because every repetition of the word was lost. Unless there is a session timer, the CMR Server
 * keeps a call whose one party died, when the other's BYE names a dialog it does not know or has a
 * number that was falsified, when nobody else says BYE or CANCEL, or when what was falsified made
 * two dialogs of one, and BYE is said in that which was never answered; one in which identifiers
 * were falsified, so that it refuses the BYE that bears them; and one whose parties say it and are
 * not heard. A refusal that is never heard leaves an INVITE open: Timer C is for proxies
 * (RFC 3261 §16.6), a client waits on.
 */
function isExcused({ role, id }: Holder, after: Aftermath): boolean {
  const { records, holders } = after;
  const died = records.some(
    (record) =>
      record.kind === 'note' && record.note.kind === 'outage' && record.note.what === 'crashes',
  );
  const falsified = records.some((record) => wasFalsified(record, records));
  const keeps = (node: NodeId): boolean => keepsCall(node, { died, falsified }, after);
  if (role === 'cmr-resource-server') {
    const untold = records.some(
      (record) => record.kind === 'dropped' && ['release', 'stop'].includes(record.packet.label),
    );
    const servers = holders.filter((one) => one.role === 'cmr-server');
    return died || untold || servers.some((one) => keeps(one.id));
  }
  return role === 'cmr-server' && keeps(id);
}

/** Whether what arrived is not what was sent. */
function wasFalsified(record: TraceRecord, records: readonly TraceRecord[]): boolean {
  if (record.kind !== 'received') return false;
  const sent = records[record.sent - 1];
  return sent?.kind === 'sent' && sent.packet !== record.packet;
}

/** Whether a CMR Server cannot know that a call of its is over. */
function keepsCall(
  node: NodeId,
  { died, falsified }: { readonly died: boolean; readonly falsified: boolean },
  { flights, proxies }: Aftermath,
): boolean {
  const endings = flights.filter((flight) => endsAt(flight, node));
  const unheard = endings.some(({ message }) =>
    endings.every((one) => one.message !== message || one.arrivesAt === null),
  );
  const refusals = flights.filter((flight) => ['481 (BYE)', '500 (BYE)'].includes(nameOf(flight)));
  // What a proxy says to others is none of that server's endings.
  const untold = endings.every(
    ({ from, to }) => from === node || (proxies.includes(from) && to !== node),
  );
  const strange = falsified && refusals.some(({ from }) => from === node);
  return unheard || strange || (died && (refusals.length > 0 || untold || falsified));
}

/** Whether the message, once heard, ends an INVITE or a dialog of that node. */
function endsAt(flight: Flight, node: NodeId): boolean {
  const { message, to } = flight;
  if (['BYE', 'CANCEL'].includes(nameOf(flight))) return true;
  const refuses = message.kind === 'response' && message.status >= 300;
  return refuses && message.cseq.method === 'INVITE' && to === node;
}

/** The rules that were broken. The clauses of the source texts are judged too: none may throw. */
function broken(
  one: SoakCase,
  call: CallPicture,
  live: LiveRun,
  ended: Ended,
  { records, flights }: Aftermath,
): string[] {
  judgeCall(call);
  const verdicts = judgeRules(observeTrace(live.header, records, ended, live.now()));
  return brokenRules(one, verdicts, isSilent(live.header, flights));
}

function isRefusal(message: SipMessage): boolean {
  return message.kind === 'response' && message.status >= 300;
}

/**
 * Whether a CMR Server let a minute pass only while it had heard nothing but 100 itself: from the
 * first other response on, if one came, it said something every minute.
 */
function isSilent({ nodes }: TraceHeader, flights: readonly Flight[]): boolean {
  const servers = nodes.flatMap(({ id, role }) => (role === 'cmr-server' ? [id] : []));
  const ringing = flights.filter(
    ({ message }) =>
      message.kind === 'response' && message.cseq.method === 'INVITE' && message.status > 100,
  );
  // A refusal is no ringing: after a 422 leg B begins anew.
  const heard = ringing.flatMap(({ message, to, arrivesAt }) =>
    servers.includes(to) && arrivesAt !== null && !isRefusal(message) ? [arrivesAt] : [],
  );
  let last = Math.min(...heard);
  for (const { from, sentAt } of ringing) {
    if (!servers.includes(from) || sentAt < last) continue;
    if (sentAt - last > 60_000_000) return false;
    last = sentAt;
  }
  return true;
}
