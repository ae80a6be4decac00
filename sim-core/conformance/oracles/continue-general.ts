import { headerTokens } from '../../sip/message.ts';
import { spokenName } from '../../trace/call-parties.ts';
import { messageText } from '../../trace/message-text.ts';
import { commandsOf, isRequest, type CallPicture } from './call-picture.ts';
import { hasArrived, type SipPassage } from './call-watch.ts';
import type { ContinueFlow } from './continue-state.ts';
import { capital } from './interruption.ts';
import { instant, notExercised, satisfied, violated, type Judgement } from './judgement.ts';

/** CON-GEN-02: the decision is what was configured before the call. */
export function judgePreconfigured(call: CallPicture): Judgement {
  const { decisions } = call.watch;
  const [first] = decisions;
  if (first === undefined) return notExercised('No decision about the ring was made.');
  const other = decisions.find((one) => one.chosen !== first.chosen);
  if (other !== undefined) {
    const then = `at ${instant(other)}, ${other.chosen}`;
    return violated(`The server decided ${first.chosen} and then, ${then}.`, first, other);
  }
  const fixed = call.header.switches['SW-CONT'];
  if (fixed === 'stop' && first.chosen === 'continue') {
    return violated('SW-CONT=stop, and the server decided to continue.', first);
  }
  const why = first.why === '' ? '' : `: ${first.why.replace(/\.$/, '')}`;
  return satisfied(`The decision to ${first.chosen} was the configured one${why}.`, first);
}

/** CON-GEN-03: the servers go on or stop, and no client makes them. */
export function judgeResponsibility(call: CallPicture): Judgement {
  const { decision, watch } = call;
  const { A, B, S } = watch.parties;
  const servers = call.header.nodes.filter(({ role }) => role === 'cmr-server');
  const foreign = watch.control.find(
    (one) => 'command' in one.packet && servers.every(({ id }) => id !== one.from),
  );
  if (foreign !== undefined) {
    const who = spokenName(call.header, foreign.from);
    return violated(`${capital(who)} commanded the Resource Server.`, foreign);
  }
  if (decision === null) return notExercised('No decision about the ring was made.');
  if (decision.node !== S?.id) {
    const who = spokenName(call.header, decision.node);
    return violated(`The decision was made by ${who}.`, decision);
  }
  const cause = watch.arrivedWith(decision.cause);
  const client = cause !== undefined && (cause.from === A?.id || cause.from === B?.id);
  if (client && cause !== call.finalB) {
    const { text } = messageText(cause.packet, false);
    const who = spokenName(call.header, cause.from);
    return violated(`The decision followed from ${text} of ${who}.`, cause, decision);
  }
  return satisfied(`The CMR Server decided at ${instant(decision)}, and no client did.`, decision);
}

/** CON-GEN-04: nothing of Continue where clients fetch the resource themselves. */
export function judgeNotInHttpMode(call: CallPicture): Judgement {
  const fetched = call.watch.others.find((one) => one.packet.protocol === 'HTTP');
  const isHttpMode = fetched !== undefined || call.watch.mode === 'http';
  if (!isHttpMode) return notExercised('The call does not use HTTP Mode.');
  const found = [
    ...commandsOf(call, 'allocate conference'),
    ...commandsOf(call, 'mix'),
    ...call.reinvites,
    ...call.updates,
  ][0];
  if (found !== undefined) {
    const { text } = messageText(found.packet, true);
    const says = `HTTP Mode, and the CMR Server sent ${text} at ${instant(found.sent)}.`;
    return violated(says, fetched, found);
  }
  return satisfied('HTTP Mode, and nothing of Continue was done.', fetched);
}

/** What RFC 3261, 3262 and 3311 ask of a client. */
const usualMethods: readonly string[] = [
  'INVITE',
  'ACK',
  'PRACK',
  'UPDATE',
  'BYE',
  'CANCEL',
  'OPTIONS',
];

/** CON-CLI-01: the flow completes with what any client can do. */
export function judgeClientsUnburdened(flow: ContinueFlow): Judgement {
  const { call, answer, ackOfA, mix } = flow;
  for (const [towards, own] of [
    [call.toA, call.fromA],
    [call.toB, call.fromB],
  ] as const) {
    const asked = towards.find((one) => during(flow, one) && newlyRequired(one, own).length > 0);
    if (asked === undefined || asked.packet.kind !== 'request') continue;
    const tags = newlyRequired(asked, own).join(', ');
    const { text } = messageText(asked.packet, isRequest(asked, 'INVITE'));
    return violated(`The ${text} requires ${tags} of the client.`, asked);
  }
  const special = [...call.fromA, ...call.fromB].find(
    ({ packet }) => packet.kind === 'request' && !usualMethods.includes(packet.method),
  );
  if (special !== undefined && during(flow, special)) {
    const who = spokenName(call.header, special.from);
    const { text } = messageText(special.packet, false);
    return violated(`${capital(who)} needed ${text} for Continue.`, special);
  }
  if (mix !== null && hasArrived(ackOfA)) {
    return satisfied('The flow completed with INVITE, UPDATE and their answers.', answer, ackOfA);
  }
  const { brokenOff } = flow;
  const why = brokenOff === null ? 'The flow has not been completed' : capital(brokenOff.says);
  return notExercised(`${why}.`, brokenOff);
}

/** The extensions that a message requires and its receiver has not used before by itself. */
function newlyRequired({ packet, sent }: SipPassage, own: readonly SipPassage[]): string[] {
  const required = headerTokens(packet, 'Require');
  if (required.length === 0) return [];
  const before = own.filter((one) => one.sent.record < sent.record);
  return required.filter(
    (tag) => !before.some((one) => headerTokens(one.packet, 'Require').includes(tag)),
  );
}

/** From Client-B's answer to the mixing. */
function during(flow: ContinueFlow, passage: SipPassage): boolean {
  const from = flow.answer?.sent.record;
  const to = flow.mix?.sent.record;
  const { record } = passage.sent;
  return from !== undefined && record >= from && (to === undefined || record <= to);
}
