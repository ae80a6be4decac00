import { isOn } from '../../sdp/media-lines.ts';
import { bodyOf, headerTokens, type SipMessage } from '../../sip/message.ts';
import { commandsOf, replyTo, statusOf, type CallPicture } from './call-picture.ts';
import { hasArrived, type Happening, type SipPassage } from './call-watch.ts';
import { instant } from './judgement.ts';

/** Whether Gateway Mode delivery is due in this call, and in which response. */
export type Delivery =
  | { readonly kind: 'not due'; readonly says: string }
  /** The predicate of DEL-GW-SRV-01 is false: nothing may be put into any response. */
  | { readonly kind: 'not wanted'; readonly says: string }
  /** This response has to carry the ring; null while it has not left. */
  | { readonly kind: 'due'; readonly response: SipPassage | null; readonly since: Happening };

export function deliveryOf(call: CallPicture): Delivery {
  const invite = call.inviteA;
  if (!hasArrived(invite)) return notDue('No INVITE reached the CMR Server.');
  if (!isGatewayMode(call)) {
    return notDue('The CMR Server follows no Gateway Mode delivery in this call.');
  }
  const lack = lackOf(invite.packet);
  const reading = call.header.switches['SW-GW-NO100REL'];
  if (lack === lackOf100rel && reading === 'unreliable-preview') {
    return notDue('Client-A is shown the ring in a response that nobody acknowledges (GAP-12).');
  }
  if (lack !== null) return { kind: 'not wanted', says: `Client-A's INVITE ${lack}.` };
  const alerting = call.fromB.find(
    (one) => one.received !== null && statusOf(one) > 100 && statusOf(one) < 200,
  );
  if (!hasArrived(alerting)) {
    return notDue('No provisional response came from Client-B (GAP-42).');
  }
  const unreserved = lackOfReservation(call);
  if (unreserved !== null) return notDue(unreserved);
  const response = call.provisionalsA[0] ?? null;
  const given = reservation(call);
  const since = given?.received ?? alerting.received;
  if (response === null && hasArrived(call.finalB)) {
    const at = instant(call.finalB.received);
    return notDue(`Client-B's final response came first, at ${at} (GAP-36).`);
  }
  if (response === null && call.cancel !== null) {
    return notDue('Client-A cancelled before a provisional response left.');
  }
  return { kind: 'due', response, since };
}

function notDue(says: string): Delivery {
  return { kind: 'not due', says };
}

export function isGatewayMode({ watch, header }: CallPicture): boolean {
  return watch.mode === 'gateway' && header.services.includes('cmrbt');
}

const lackOf100rel = 'does not support 100rel (GAP-12)';

/** What an INVITE lacks for Gateway Mode, as the end of a sentence, or null (GAP-12, GAP-35). */
function lackOf(invite: SipMessage): string | null {
  if (!supportsEarlyMedia(invite)) return 'does not say P-Early-Media: supported';
  const tags = [...headerTokens(invite, 'Supported'), ...headerTokens(invite, 'Require')];
  if (!tags.includes('100rel')) return lackOf100rel;
  return bodyOf(invite, 'session') === null ? 'carries no SDP offer (GAP-35)' : null;
}

export function supportsEarlyMedia(invite: SipMessage): boolean {
  return headerTokens(invite, 'P-Early-Media').includes('supported');
}

function reservation(call: CallPicture) {
  return replyTo(call, commandsOf(call, 'reserve')[0] ?? null);
}

/** Why there is no ring to deliver although one was asked for, or null. */
function lackOfReservation(call: CallPicture): string | null {
  const asked = commandsOf(call, 'reserve')[0];
  if (asked === undefined) return null;
  const given = reservation(call);
  const reply = given?.packet.reply;
  if (reply?.kind === 'refused') return `The Resource Server refused the ring: ${reply.why}.`;
  if (reply?.kind === 'reserved' && !reply.description.media.some(isOn)) {
    return 'The Resource Server can serve none of the media offered.';
  }
  const response = call.provisionalsA[0];
  if (response === undefined) return null;
  const late = !hasArrived(given) || given.received.record > response.sent.record;
  if (!late || asked.sent.at >= response.sent.at) return null;
  return 'The Resource Server did not reply in time (GAP-47).';
}
