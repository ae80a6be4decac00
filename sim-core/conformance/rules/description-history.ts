import { isOn } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';
import { codecOf, isDynamic, placeOf, sameBelowOrigin } from './comparing-descriptions.ts';
import { breaks, holds, type Findings } from './findings.ts';
import { negotiationsOf, type BodySeen, type Negotiation } from './negotiation.ts';
import type { Observation } from './observation.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named } from './words.ts';

/** RFC 3264 §8: what one end may send after what it sent before, in one dialog and disposition. */
export const descriptionHistory: readonly Rule[] = [
  rule(
    'R-OA-13',
    (seen, found) => judgeSteps(seen, found, problemOfCount, ['offer']),
    (count) => `${counted(count, 'new offer')} with every m= line of the description before.`,
    'Nobody offered a second time in a dialog.',
  ),
  rule(
    'R-OA-14',
    (seen, found) => judgeSteps(seen, found, problemOfOrigin, ['offer', 'answer']),
    (count) => `${counted(count, 'description')} under the o= line of the one before.`,
    'Nobody sent a second description in a dialog.',
  ),
  rule(
    'R-OA-15',
    (seen, found) => judgeSteps(seen, found, problemOfPlaces, ['offer']),
    (count) => `${counted(count, 'new offer')} with its new streams below or in a free place.`,
    'Nobody offered a second time in a dialog.',
  ),
  rule(
    'R-OA-16',
    judgePayloadTypes,
    (count) => `${counted(count, 'description')} that keep what their payload types mean.`,
    'Nobody sent a second description in a dialog.',
  ),
];

/** What is wrong with a description after the one before it, as the end of a sentence, or null. */
type Problem = (before: SessionDescription, next: SessionDescription) => string | null;

/** What an end sent as offers and answers, in the order in which it decided on them. */
function sentIn({ bodies }: Negotiation): BodySeen[] {
  return bodies.filter(
    ({ event, role }) => event.way === 'sent' && (role === 'offer' || role === 'answer'),
  );
}

function judgeSteps(
  seen: Observation,
  found: Findings,
  problemOf: Problem,
  roles: readonly string[],
): void {
  for (const negotiation of negotiationsOf(seen)) {
    const sent = sentIn(negotiation);
    for (let index = 1; index < sent.length; index += 1) {
      const [before, next] = [sent[index - 1], sent[index]];
      if (before === undefined || next === undefined || !roles.includes(next.role)) continue;
      const problem = problemOf(before.description, next.description);
      if (problem === null) holds(found, before.event, next.event);
      else
        breaks(found, `${Named(seen, next.event.message)} ${problem}.`, before.event, next.event);
    }
  }
}

function problemOfCount(before: SessionDescription, next: SessionDescription): string | null {
  if (next.media.length < before.media.length) {
    return `has ${counted(next.media.length, 'm= line')} after ${before.media.length}`;
  }
  // RFC 3264 §8.3.3 lets a line that stays become another medium nowhere but in a free place.
  for (const [index, was] of before.media.entries()) {
    const is = next.media[index];
    if (is === undefined || !isOn(was) || is.media === was.media) continue;
    return `has ${is.media} as its ${placeOf(index, undefined).slice(4)} after ${was.media}`;
  }
  return null;
}

function problemOfOrigin(before: SessionDescription, next: SessionDescription): string | null {
  const [was, is] = [before.origin, next.origin];
  if (
    was.userName !== is.userName ||
    was.sessionId !== is.sessionId ||
    was.address !== is.address
  ) {
    return `has another o= line (${is.userName} ${is.sessionId}) than the description before`;
  }
  if (is.version === was.version) {
    return sameBelowOrigin(before, next)
      ? null
      : `changes the session under version ${was.version} of o=`;
  }
  return is.version === was.version + 1
    ? null
    : `has version ${is.version} of o= after ${was.version}`;
}

function problemOfPlaces(before: SessionDescription, next: SessionDescription): string | null {
  for (const [index, was] of before.media.entries()) {
    const is = next.media[index];
    if (is === undefined || !isOn(was) || is.media === was.media) continue;
    return `has ${is.media} in ${placeOf(index, was)}, which is taken`;
  }
  return null;
}

/** RFC 3264 §8.3.2, per stream: a line that was switched off begins a new one. */
function judgePayloadTypes(seen: Observation, found: Findings): void {
  for (const negotiation of negotiationsOf(seen)) {
    const maps: Map<string, string>[] = [];
    let first = true;
    for (const body of sentIn(negotiation)) {
      const problem = noteMeanings(maps, body.description);
      const { message } = body.event;
      if (problem !== null) breaks(found, `${Named(seen, message)} ${problem}.`, message);
      else if (!first) holds(found, message);
      first = false;
    }
  }
}

/** Adds what the payload types mean to what they meant; gives the first contradiction. */
function noteMeanings(maps: Map<string, string>[], description: SessionDescription): string | null {
  let problem: string | null = null;
  for (const [index, line] of description.media.entries()) {
    const known = maps[index] ?? new Map<string, string>();
    maps[index] = known;
    if (!isOn(line)) {
      known.clear();
      continue;
    }
    problem ??= contradiction(known, line, index);
  }
  return problem;
}

function contradiction(
  known: Map<string, string>,
  line: MediaDescription,
  index: number,
): string | null {
  let problem: string | null = null;
  for (const format of line.formats) {
    const codec = isDynamic(format) ? codecOf(line, format) : null;
    if (codec === null) continue;
    const was = known.get(format);
    if (was !== undefined && was !== codec) {
      problem ??=
        `says ${codec} with payload type ${format} ` +
        `of ${placeOf(index, line)}, which was ${was}`;
    }
    known.set(format, codec);
  }
  return problem;
}
