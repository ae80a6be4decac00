import type { WarningCode } from '../base/diagnostics.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';
import { bodyOf } from '../sip/message.ts';
import { commandsOf, statusOf, type CallPicture } from './oracles/call-picture.ts';
import { hasArrived, type SipPassage } from './oracles/call-watch.ts';
import { ms } from './oracles/judgement.ts';
import type { Warning } from './warnings.ts';

/** What went as configured, and not as somebody may have meant it. */
export function remarksOf(call: CallPicture): Warning[] {
  return [
    ringBeforeAlerting(call),
    answerWithheld(call),
    noRingTone(call),
    noContinue(call),
    unavailable(call),
  ].filter((one) => one !== null);
}

function told(
  code: WarningCode,
  says: string,
  ...shown: readonly { readonly record: RecordNumber }[]
): Warning {
  return { code, evidence: shown.map((one) => one.record).sort((a, b) => a - b), says };
}

/** I-RING-BEFORE-180: literally a ring waits for its own answer alone (SW-PLAY-GATE, GAP-41). */
function ringBeforeAlerting(call: CallPicture): Warning | null {
  const [play] = commandsOf(call, 'play');
  const alerted = call.fromB.find((one) => statusOf(one) === 180 && hasArrived(one));
  if (play === undefined || alerted === undefined || !hasArrived(alerted)) return null;
  if (play.sent.record > alerted.received.record) return null;
  const [ordered, rang] = [ms(play.sent.at), ms(alerted.received.at)];
  const says = `The ring was ordered at ${ordered}, before Client-B's 180 of ${rang}.`;
  return told('I-RING-BEFORE-180', says, play.sent, alerted.received);
}

/** I-ANSWER-WITHHELD: Client-A has the Resource Server's answer, and no place for another. */
function answerWithheld(call: CallPicture): Warning | null {
  if (call.watch.mode !== 'gateway' || commandsOf(call, 'play').length === 0) return null;
  const progress = call.fromB.find(
    (one) => statusOf(one) === 183 && hasArrived(one) && bodyOf(one.packet, 'session') !== null,
  );
  if (!hasArrived(progress)) return null;
  const says =
    `The answer in Client-B's 183 of ${ms(progress.received.at)} is not for Client-A, ` +
    `which hears the ring: an announcement would not be heard.`;
  return told('I-ANSWER-WITHHELD', says, progress.received);
}

/** I-NO-CMRT-IN-GW: both texts speak of ring tones, and Gateway Mode brings none (GAP-24). */
function noRingTone(call: CallPicture): Warning | null {
  const { header, watch, inviteB } = call;
  if (watch.mode !== 'gateway' || !header.services.includes('cmrt')) return null;
  if (header.switches['SW-GW-CMRT'] !== 'off' || inviteB === null) return null;
  const says = 'A ring tone is subscribed, and Gateway Mode has none: Client-B rings as usual.';
  return told('I-NO-CMRT-IN-GW', says, inviteB.sent);
}

/** I-NO-CONT-IN-HTTP: a terminal that plays by itself stops by itself (CON-GEN-04). */
function noContinue({ watch, decision }: CallPicture): Warning | null {
  if (watch.mode !== 'http' || decision === null) return null;
  const says = 'The ring was to go on after the answer, which HTTP Mode does not know.';
  return told('I-NO-CONT-IN-HTTP', says, decision);
}

/** I-503-AS-500: what one server cannot take is no business of whoever is further away. */
function unavailable({ finalA, finalB }: CallPicture): Warning | null {
  if (statusOf(finalB) !== 503 || statusOf(finalA) !== 500) return null;
  const both = [finalB, finalA].filter((one): one is SipPassage => one !== null);
  const says = "Client-B's 503 went on to Client-A as 500, as RFC 3261 §16.7 asks of proxies.";
  return told('I-503-AS-500', says, ...both.map((one) => one.sent));
}
