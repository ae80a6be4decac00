import type { Medium, RecordNumber } from '../../kernel/trace-record.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import { isOn } from '../../sdp/media-lines.ts';
import { bodyOf } from '../../sip/message.ts';
import {
  commandsOf,
  lastAnswerOfB,
  replyTo,
  type CallPicture,
  type CommandPassage,
} from './call-picture.ts';
import { hasArrived, type Passage } from './call-watch.ts';
import { notBefore } from './continue-duties.ts';
import type { ContinueFlow } from './continue-state.ts';
import { undoneInFlow } from './interruption.ts';
import { after, instant, notExercised, satisfied, violated, type Judgement } from './judgement.ts';

/**
 * CON-SRV-09: ring and regular media mixed for Client-A, regular media merely forwarded to
 * Client-B, from Client-A's ACK on.
 */
export function judgeMixing(flow: ContinueFlow): Judgement {
  const { call, ackOfA, mix } = flow;
  const astray = ringTowardsB(flow);
  if (astray !== null) {
    const says = `The ring was sent to Client-B as well, at ${instant(astray.sent)}.`;
    return violated(says, mix, astray);
  }
  if (mix === null) {
    if (!hasArrived(ackOfA)) return notBefore(flow, "Client-A's ACK has not arrived.");
    return undoneInFlow(call, ackOfA.received, "No mix command followed Client-A's ACK", ackOfA);
  }
  const left = `The mix command left at ${instant(mix.sent)}`;
  const cells = problemOfCells(flow, mix);
  if (cells !== null) return violated(`${left} and ${cells}.`, mix);
  if (!hasArrived(ackOfA) || mix.sent.record < ackOfA.received.record) {
    const reading = call.header.switches['SW-MIX-START'] ?? 'on-ack';
    const because = reading === 'on-ack' ? '' : `, as SW-MIX-START=${reading} has it`;
    return violated(`${left}, before Client-A's ACK had arrived${because}.`, ackOfA, mix);
  }
  if (replyTo(call, mix)?.packet.reply.kind === 'refused') {
    return notExercised(`${left}, and the Resource Server refused to mix (GAP-26).`);
  }
  const unmixed = problemOfStreams(flow, mix);
  if (unmixed !== null) return violated(`${left}, but ${unmixed.says}.`, mix, unmixed.shown);
  const gap = after(ackOfA.received, mix.sent, "the arrival of Client-A's ACK");
  return satisfied(`${left}, ${gap}.`, ackOfA, mix);
}

interface Names {
  readonly a: string;
  readonly b: string;
  readonly ring: string;
}

/** What the cells, streams and perceptions call the two clients and the ring. */
function namesOf(flow: ContinueFlow): Names {
  const { parties } = flow.call.watch;
  const reserve = commandsOf(flow.call, 'reserve')[0]?.packet.command;
  return {
    a: parties.A?.name ?? '',
    b: parties.B?.name ?? '',
    ring: reserve?.kind === 'reserve' ? reserve.resource : '',
  };
}

/** What is wrong with the cells, as the end of a sentence that begins with the command. */
function problemOfCells(flow: ContinueFlow, mix: CommandPassage): string | null {
  const { command } = mix.packet;
  if (command.kind !== 'mix') return null;
  const { a, b, ring } = namesOf(flow);
  const heard = command.cells.filter((cell) => cell.gainPercent > 0);
  const has = (input: string, output: string, medium?: Medium) =>
    heard.some(
      (cell) =>
        cell.input === input &&
        cell.output === output &&
        (medium === undefined || cell.medium === medium),
    );
  const stray = heard.find((cell) => cell.output === b && cell.input !== a);
  if (stray !== undefined) return `has ${stray.input} heard by Client-B`;
  if (!has(ring, a)) return 'leaves the ring out of what Client-A hears';
  for (const medium of regularMedia(flow, mix)) {
    if (!has(b, a, medium)) return `leaves Client-B's ${medium} out of what Client-A hears`;
    if (!has(a, b, medium)) return `does not forward Client-A's ${medium} to Client-B`;
  }
  return null;
}

/** Media both clients have accepted, as far as their answers are known. */
function regularMedia(flow: ContinueFlow, mix: CommandPassage): Medium[] {
  const ofB = lastAnswerOfB(flow.call, mix.sent.record);
  const ofA = flow.updated === null ? null : bodyOf(flow.updated.packet, 'session');
  const active = (medium: Medium) =>
    [ofA, ofB].every((one) => one?.media.some((line) => line.media === medium && isOn(line)));
  return (['audio', 'video'] as const).filter(active);
}

/**
 * The first RTP with the ring in it that the Resource Server sent Client-B after its answer, or
 * null: before it the same resource may have been Client-B's ring tone (GAP-46).
 */
function ringTowardsB(flow: ContinueFlow): Passage<MediaPacket> | null {
  const { parties, media } = flow.call.watch;
  const { ring } = namesOf(flow);
  const answered = flow.answer?.received?.record ?? 0;
  const later = media.filter((one) => one.sent.record > answered);
  const found = later.find(
    (one) => one.from === parties.R?.id && one.to === parties.B?.id && carries(one, ring),
  );
  return found ?? null;
}

function carries(stream: Passage<MediaPacket>, source: string): boolean {
  return stream.packet.sources.some((one) => one.source === source && one.gainPercent > 0);
}

/**
 * Whether what goes to Client-A after the command really is a mixture, once anything goes: of the
 * ring and of Client-B, as far as they reach the Resource Server while it mixes.
 */
function problemOfStreams(
  flow: ContinueFlow,
  mix: CommandPassage,
): { readonly says: string; readonly shown: Passage } | null {
  const { parties, media } = flow.call.watch;
  const { a, b, ring } = namesOf(flow);
  const { command } = mix.packet;
  const mixing = mixingTime(flow.call, mix);
  if (mixing === null || command.kind !== 'mix' || !hasArrived(mix)) return null;
  const towardsA = media.filter((one) => one.from === parties.R?.id && one.to === parties.A?.id);
  const after = towardsA.filter((one) => one.sent.record > mix.received.record);
  const last = after.find((one) => one.packet.sources.length > 0);
  if (last === undefined) return null;
  // A stream that already carries what it has to carry goes on without a new packet.
  const before = new Map<string, Passage<MediaPacket>>();
  for (const one of towardsA) {
    if (one.sent.record < mix.received.record) before.set(one.packet.stream, one);
  }
  const flowing = [...before.values(), ...after];
  const wanted = command.cells.filter((cell) => cell.output === a && cell.gainPercent > 0);
  const lacks = (source: string) =>
    wanted.some((cell) => cell.input === source) && !flowing.some((one) => carries(one, source));
  if (plays(flow.call) && lacks(ring)) {
    return { says: 'the Resource Server then sent Client-A nothing of the ring', shown: last };
  }
  if (speaks(flow.call, b, mixing) && lacks(b)) {
    return { says: 'the Resource Server then sent Client-A nothing of Client-B', shown: last };
  }
  return null;
}

/** From the first record to the last but one: while the Resource Server mixes. */
interface MixingTime {
  readonly from: RecordNumber;
  readonly until: number;
}

/** From its reply until what ends it arrives; null where it did not come to mixing. */
function mixingTime(call: CallPicture, mix: CommandPassage): MixingTime | null {
  const reply = replyTo(call, mix);
  if (reply === null) return null;
  const from = reply.sent.record;
  const ends = [...commandsOf(call, 'stop'), ...commandsOf(call, 'release')]
    .filter((one) => one.sent.record > mix.sent.record)
    .map(({ received }) => received?.record ?? Infinity);
  const until = Math.min(...ends, Infinity);
  return until > from ? { from, until } : null;
}

/** Whether the Resource Server did not refuse to play the ring. */
function plays(call: CallPicture): boolean {
  return commandsOf(call, 'play').some(
    (one) => replyTo(call, one)?.packet.reply.kind !== 'refused',
  );
}

/** Whether Client-B's media reach the Resource Server at any time while it mixes. */
function speaks(call: CallPicture, name: string, mixing: MixingTime): boolean {
  const { parties, media } = call.watch;
  const arriving = media
    .filter((one) => one.from === parties.B?.id && one.to === parties.R?.id)
    .filter(hasArrived)
    .sort((x, y) => x.received.record - y.received.record);
  return arriving.some((one, index) => {
    if (!carries(one, name) || one.received.record >= mixing.until) return false;
    const next = arriving
      .slice(index + 1)
      .find(({ packet }) => packet.stream === one.packet.stream);
    return next === undefined || next.received.record > mixing.from;
  });
}
