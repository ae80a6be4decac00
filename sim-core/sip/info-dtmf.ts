import { headerValue, type OtherBody, type SipRequest } from './message.ts';
import type { Saying } from './agent.ts';

/** The INFO package for keys of a telephone, and its body (RFC 6086; 3GPP TS 24.182). */
export const infoDtmf = 'infoDtmf';

const bodyType = 'application/dtmf-relay';

/** How long the key was held, in ms. */
const held = 160;

/** What an INFO says that names the package and the key. */
export function sayingDigit(named: string, digit: string): Saying {
  const text = `Signal=${digit}\r\nDuration=${held}\r\n`;
  const body: OtherBody = { type: bodyType, disposition: 'Info-Package', text };
  return { headers: [['Info-Package', named]], bodies: [], contact: null, otherBodies: [body] };
}

/** The package an INFO names, lower case; null where it names none. */
export function packageOf(info: SipRequest): string | null {
  const [named] = headerValue(info, 'Info-Package')?.split(';') ?? [];
  return named?.trim().toLowerCase() ?? null;
}

/** The key an INFO tells of, or null. */
export function digitIn({ otherBodies }: SipRequest): string | null {
  const body = otherBodies?.find(
    ({ type }) => type.split(';')[0]?.trim().toLowerCase() === bodyType,
  );
  return /^Signal\s*=\s*([0-9A-D*#])\s*$/im.exec(body?.text ?? '')?.[1]?.toUpperCase() ?? null;
}
