import { oracle } from '../oracle.ts';
import { answers, statusOf, type CallPicture } from './call-picture.ts';
import { hasArrived, type SipPassage } from './call-watch.ts';
import { judgeDownload, judgePlaying } from './http-clients.ts';
import { undone } from './interruption.ts';
import { instant, notExercised, satisfied, violated, type Judgement } from './judgement.ts';
import { isHttpMode, urlsIn } from './named-ring.ts';

const judges = {
  'DEL-HTTP-SRV-01': judgeProvisional,
  'DEL-HTTP-SRV-02': judgeInvite,
  'DEL-HTTP-CLI-01': (call: CallPicture) => judgeDownload(call, 'Client-A'),
  'DEL-HTTP-CLI-02': (call: CallPicture) => judgePlaying(call, 'Client-A'),
  'DEL-HTTP-CLI-03': (call: CallPicture) => judgeDownload(call, 'Client-B'),
  'DEL-HTTP-CLI-04': (call: CallPicture) => judgePlaying(call, 'Client-B'),
} as const satisfies Readonly<Record<string, (call: CallPicture) => Judgement>>;

/** HTTP Mode: where the CMR Server puts the URL of the resource, and what clients do with it. */
export const cmrHttpDelivery = /* @__PURE__ */ oracle('HTTP Mode delivery', judges);

/** DEL-HTTP-SRV-01: exactly one URL in the 1xx, the same in each, and in no 100 or final one. */
function judgeProvisional(call: CallPicture): Judgement {
  if (!isHttpMode(call)) return notExercised('The CMR Server follows no HTTP Mode in this call.');
  if (!call.header.services.includes('cmrbt')) {
    return notExercised('No ring-back tone is to be delivered.');
  }
  const responses = call.toA.filter((one) => answers(one, call.inviteA));
  for (const one of responses) {
    const status = statusOf(one);
    if (status > 100 && status < 200) continue;
    if (urlsIn(call, one).length > 0) return violated(`The ${status} names a resource.`, one);
  }
  const carrying = responses.filter((one) => urlsIn(call, one).length > 0);
  const [first] = carrying;
  const came = call.fromB.find((one) => one.received !== null && isDue(call, one));
  if (first === undefined) {
    if (!hasArrived(came)) return notExercised('No provisional response came from Client-B.');
    return undone(call, came.received, 'No provisional response named a resource', came);
  }
  const [url, second] = urlsIn(call, first);
  if (second !== undefined) return violated(`The ${statusOf(first)} names two resources.`, first);
  const other = carrying.find((one) => urlsIn(call, one)[0] !== url);
  if (other !== undefined) {
    return violated(`The ${statusOf(other)} names another resource (GAP-21).`, first, other);
  }
  const cause = call.fromB.find(
    (one) => one.received !== null && statusOf(one) === statusOf(first),
  );
  if (!hasArrived(cause) || cause.received.record > first.sent.record) {
    return violated(`No ${statusOf(first)} of Client-B came before it.`, first);
  }
  return satisfied(`The ${statusOf(first)} of ${instant(first.sent)} names ${url}.`, cause, first);
}

/** GAP-21: which provisional responses are to carry the URL. */
function isDue(call: CallPicture, one: SipPassage): boolean {
  const status = statusOf(one);
  if (status <= 100 || status >= 200) return false;
  return call.header.switches['SW-HTTP-1XX'] === '180' ? status === 180 || status === 183 : true;
}

/** DEL-HTTP-SRV-02: exactly one URL in the INVITE, which Client-A's did not have. */
function judgeInvite(call: CallPicture): Judgement {
  if (!isHttpMode(call)) return notExercised('The CMR Server follows no HTTP Mode in this call.');
  if (!call.header.services.includes('cmrt')) {
    return notExercised('No ring tone is to be delivered.');
  }
  const { inviteA, inviteB } = call;
  if (inviteB === null) return notExercised('No INVITE went on to Client-B.');
  const urls = urlsIn(call, inviteB);
  const own = inviteA === null ? [] : urlsIn(call, inviteA);
  const fresh = urls.filter((url) => !own.includes(url));
  if (fresh.length === 1) {
    return satisfied(`The INVITE to Client-B names ${fresh[0]}.`, inviteA, inviteB);
  }
  const found = fresh.length === 0 ? 'names no resource' : `names ${fresh.length} resources`;
  return violated(`The INVITE to Client-B ${found}.`, inviteB);
}
