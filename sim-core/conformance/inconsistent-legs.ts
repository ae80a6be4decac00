import { recordNumber, type RecordNumber } from '../kernel/trace-record.ts';
import { addressOf, directionOf, isOn } from '../sdp/media-lines.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import { answers, isSuccess, lastSaid, type CallPicture } from './oracles/call-picture.ts';
import type { SipPassage } from './oracles/call-watch.ts';
import type { Warning } from './warnings.ts';

/**
 * E-LEGS-INCONSISTENT: at the end of the run Client-B sends by a description of Client-A that
 * Client-A has replaced by another answer (GAP-09).
 */
export function inconsistentLegs(call: CallPicture): Warning[] {
  const { A } = call.watch.parties;
  const confirmed = call.toA.find((one) => answers(one, call.inviteA) && isSuccess(one));
  if (confirmed === undefined || A?.address === undefined) return [];
  const ofA = lastSaid(call.fromA, call.toA, ever);
  const ofB = lastSaid(call.fromB, call.toB, ever);
  const told = lastSaid(call.toB, call.fromB, ever);
  if (ofA === null || ofB === null || told === null) return [];
  const difference = told.media.flatMap((_line, index) => {
    const found = differenceOn(index, { ofA, ofB, told }, A.address ?? '');
    return found === null ? [] : [found];
  })[0];
  if (difference === undefined) return [];
  const shown = [lastWithBody(call.toB), lastWithBody(call.fromA)].map(({ sent }) => sent.record);
  const says = `Client-B sends by what it was told of Client-A, and ${difference}.`;
  return [{ code: 'E-LEGS-INCONSISTENT', evidence: shown.sort((a, b) => a - b), says }];
}

const ever: RecordNumber = recordNumber(Number.MAX_SAFE_INTEGER);

interface Legs {
  readonly ofA: SessionDescription;
  readonly ofB: SessionDescription;
  readonly told: SessionDescription;
}

/** What does not fit on that line, as the end of a sentence; null where all does. */
function differenceOn(index: number, { ofA, ofB, told }: Legs, address: string): string | null {
  const [is, was, used] = [ofA.media[index], told.media[index], ofB.media[index]];
  if (was === undefined || used === undefined || !isOn(was) || !isOn(used)) return null;
  if (addressOf(was, told) !== address) return null; // its media go to the Resource Server
  if (is === undefined || !isOn(is)) return `Client-A has switched the ${was.media} off`;
  if (is.port !== was.port || addressOf(is, ofA) !== address) {
    return `Client-A receives ${was.media} at port ${is.port}, not at ${was.port}`;
  }
  const gone = used.formats.find((format) => !is.formats.includes(format));
  if (gone !== undefined) return `Client-A has let go of format ${gone}, which Client-B may use`;
  const [then, now] = [directionOf(was, told), directionOf(is, ofA)];
  const silent = then === 'sendrecv' && now !== 'sendrecv' && directionOf(used, ofB) === 'sendrecv';
  return silent ? `Client-A's ${was.media} is ${now}` : null;
}

function lastWithBody(passages: readonly SipPassage[]): SipPassage {
  const found = passages.filter(({ packet }) => packet.bodies.length > 0).at(-1);
  return found ?? passages[0]!;
}
