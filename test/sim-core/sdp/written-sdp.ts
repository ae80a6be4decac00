import { expect } from 'vitest';

import { parseSdp } from '../../../sim-core/sdp/parse-sdp.ts';
import type { SessionDescription } from '../../../sim-core/sdp/session-description.ts';

/** The description that lines of a template literal say; their indent does not count. */
export function sdp(...text: readonly string[]): SessionDescription {
  const lines = text
    .join('\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return parsed(`${lines.join('\r\n')}\r\n`);
}

/** The description of a text that has no problems. */
export function parsed(text: string): SessionDescription {
  const reading = parseSdp(text);
  if ('problems' in reading) expect.fail(JSON.stringify(reading.problems));
  return reading.description;
}

/** Whether a value is frozen all the way down. */
export function isFrozenDeep(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozenDeep);
}

/** What a VoLTE terminal that starts a video call offers; modelled on a capture. */
export const terminalA = sdp(`
  v=0
  o=- 1101 1000 IN IP4 192.0.2.2
  s=QC VOIP
  c=IN IP4 192.0.2.2
  b=AS:442
  b=RS:1200
  b=RR:4000
  t=0 0
  m=audio 50056 RTP/AVP 104 102 96 97
  b=AS:41
  b=RS:600
  b=RR:2000
  a=rtpmap:104 AMR-WB/16000/1
  a=fmtp:104 mode-change-capability=2;max-red=0
  a=rtpmap:102 AMR/8000/1
  a=fmtp:102 mode-change-capability=2;max-red=0
  a=rtpmap:96 telephone-event/16000
  a=fmtp:96 0-15
  a=rtpmap:97 telephone-event/8000
  a=fmtp:97 0-15
  a=sendrecv
  a=maxptime:240
  a=ptime:20
  m=video 50060 RTP/AVP 114 113
  b=AS:401
  a=rtpmap:114 H264/90000
  a=fmtp:114 profile-level-id=42C00C;packetization-mode=1
  a=rtpmap:113 H264/90000
  a=fmtp:113 profile-level-id=42C00C;packetization-mode=0
  a=rtcp-fb:* nack
`);

/** What another maker's terminal would offer: audio only, AMR in both layouts of its payload. */
export const terminalB = sdp(`
  v=0
  o=SAMSUNG-IMS-UE 336137736 0 IN IP4 192.0.2.4
  s=SS VOIP
  c=IN IP4 192.0.2.4
  t=0 0
  m=audio 1234 RTP/AVP 116 107 118 96 111 110
  b=AS:41
  b=RS:512
  b=RR:1537
  a=curr:qos local none
  a=curr:qos remote none
  a=des:qos mandatory local sendrecv
  a=des:qos optional remote sendrecv
  a=rtpmap:116 AMR-WB/16000/1
  a=fmtp:116 mode-change-capability=2;max-red=0
  a=rtpmap:107 AMR-WB/16000/1
  a=fmtp:107 octet-align=1;mode-change-capability=2;max-red=0
  a=rtpmap:118 AMR/8000/1
  a=fmtp:118 mode-change-capability=2;max-red=0
  a=rtpmap:96 AMR/8000/1
  a=fmtp:96 octet-align=1;mode-change-capability=2;max-red=0
  a=rtpmap:111 telephone-event/16000
  a=fmtp:111 0-15
  a=rtpmap:110 telephone-event/8000
  a=fmtp:110 0-15
  a=ptime:20
  a=maxptime:240
  a=sendrecv
`);
