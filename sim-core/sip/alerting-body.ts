import type { OtherBody, SipMessage } from './message.ts';

/** A ring told by a body, whose disposition is alert and which only says where it is (RFC 4483). */

const type = 'message/external-body';

export function alertingBody(url: string): OtherBody {
  return {
    type: `${type};access-type="URL";url="${url}"`,
    disposition: 'alert',
    text: 'Content-Type: audio/*\r\n\r\n',
  };
}

/** The URL that such a body of the message says, or null. */
export function ringInBody({ otherBodies }: SipMessage): string | null {
  for (const body of otherBodies ?? []) {
    const disposition = body.disposition?.split(';')[0]?.trim().toLowerCase();
    if (disposition !== 'alert' || !body.type.toLowerCase().startsWith(type)) continue;
    const [, url] = /;\s*url="([^"]*)"/i.exec(body.type) ?? [];
    if (url !== undefined) return url;
  }
  return null;
}
