import { hasPreconditions } from '../sdp/preconditions.ts';
import { headerTokens, type BodyPart, type Header, type SipRequest } from './message.ts';

/** R-MSG-11: a response requires an extension only where its request has listed it. */
export function listsPreconditions(request: SipRequest): boolean {
  return ['Require', 'Supported'].some((name) =>
    headerTokens(request, name).includes('precondition'),
  );
}

/** RFC 3312 §11: who sends mandatory preconditions requires that they are understood (R-PRE-03). */
export function requiringPreconditions(
  headers: readonly Header[],
  bodies: readonly BodyPart[],
): readonly Header[] {
  if (!bodies.some(({ description }) => hasPreconditions(description))) return headers;
  const at = headers.findIndex(([name]) => name === 'Require');
  const present = headers[at]?.[1];
  if (present === undefined) return [...headers, ['Require', 'precondition']];
  const listed = present.split(',').some((tag) => tag.trim() === 'precondition');
  return listed ? headers : headers.with(at, ['Require', `${present}, precondition`]);
}
