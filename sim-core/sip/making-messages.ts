import type { Disposition } from './message.ts';
import type {
  BodyPart,
  Header,
  Method,
  NameAddr,
  OtherBody,
  SipRequest,
  SipResponse,
  Via,
} from './message.ts';
import { listsPreconditions, requiringPreconditions } from './precondition-tag.ts';
import type { SessionDescription } from '../sdp/session-description.ts';

export interface RequestFields {
  readonly method: Method;
  readonly requestUri: string;
  readonly via: readonly Via[];
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly sequence: number;
  readonly contact: string | null;
  readonly headers: readonly Header[];
  readonly bodies: readonly BodyPart[];
  readonly otherBodies?: readonly OtherBody[] | undefined;
  /** 70 where nothing is said (RFC 3261 §8.1.1.6). */
  readonly maxForwards?: number;
}

/** Makes a request as RFC 3261 §8.1.1 asks; who calls it knows the tags (R-MSG-03). */
export function makeRequest(fields: RequestFields): SipRequest {
  const { method, sequence } = fields;
  return freezeMessage({
    kind: 'request',
    protocol: 'SIP',
    label: method,
    method,
    requestUri: fields.requestUri,
    via: fields.via,
    maxForwards: fields.maxForwards ?? 70,
    from: fields.from,
    to: fields.to,
    callId: fields.callId,
    cseq: Object.freeze({ number: sequence, method }),
    contact: fields.contact,
    // R-MSG-12: an ACK requires nothing that its INVITE did not.
    headers:
      method === 'ACK' ? fields.headers : requiringPreconditions(fields.headers, fields.bodies),
    bodies: fields.bodies,
    ...behind(fields.otherBodies),
  });
}

/**
 * Makes a response as RFC 3261 §8.2.6.2 asks: From, Call-ID, CSeq, Via and To are copied, and
 * Record-Route into one that can make a dialog (§12.1.1, R-DLG-05).
 */
export function makeResponse(
  request: SipRequest,
  status: number,
  toTag: string | null,
  contact: string | null,
  headers: readonly Header[],
  bodies: readonly BodyPart[],
  otherBodies?: readonly OtherBody[],
): SipResponse {
  const says =
    status < 300 && listsPreconditions(request) ? requiringPreconditions(headers, bodies) : headers;
  const tagged = request.to.tag === null && toTag !== null;
  return freezeMessage({
    kind: 'response',
    protocol: 'SIP',
    label: String(status),
    status,
    reason: reasonPhrase(status),
    via: request.via,
    from: request.from,
    to: tagged ? Object.freeze({ uri: request.to.uri, tag: toTag }) : request.to,
    callId: request.callId,
    cseq: request.cseq,
    contact,
    headers: makesDialog(request, status) ? withRecordRoute(request, says) : says,
    bodies,
    ...behind(otherBodies),
  });
}

function makesDialog({ method }: SipRequest, status: number): boolean {
  return method === 'INVITE' && status > 100 && status < 300;
}

function withRecordRoute(request: SipRequest, headers: readonly Header[]): readonly Header[] {
  const recorded = request.headers.filter(([name]) => name === 'Record-Route');
  return recorded.length === 0 ? headers : [...recorded, ...headers];
}

/** Most messages carry no other body, and then have no word of it. */
function behind(otherBodies: readonly OtherBody[] | undefined) {
  return otherBodies === undefined || otherBodies.length === 0 ? null : { otherBodies };
}

export function bodyPart(disposition: Disposition, description: SessionDescription): BodyPart {
  return Object.freeze({ disposition, description });
}

/** RFC 3261 §7.2 and §21, and the extensions the CMR flows use. */
export function reasonPhrase(status: number): string {
  return reasonPhrases[status] ?? (status < 200 ? 'Session Progress' : 'Unspecified');
}

/** Whether this simulator has a name for the status code. */
export function isKnown(status: number): boolean {
  return reasonPhrases[status] !== undefined;
}

const reasonPhrases: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  181: 'Call Is Being Forwarded',
  182: 'Queued',
  183: 'Session Progress',
  199: 'Early Dialog Terminated',
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  469: 'Bad Info Package',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  504: 'Server Time-out',
  580: 'Precondition Failure',
  600: 'Busy Everywhere',
  603: 'Decline',
  606: 'Not Acceptable',
};

/** Freezes the message and its own lists; what they hold is frozen already or a plain text. */
function freezeMessage<M extends SipRequest | SipResponse>(message: M): M {
  Object.freeze(message.headers);
  Object.freeze(message.bodies);
  message.otherBodies?.forEach(Object.freeze);
  Object.freeze(message.otherBodies);
  Object.freeze(message.via);
  Object.freeze(message.from);
  Object.freeze(message.to);
  return Object.freeze(message);
}
