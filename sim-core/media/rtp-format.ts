import { micros, milliseconds, type Micros } from '../base/micros.ts';
import type { Medium } from '../kernel/trace-record.ts';
import { encodingOf } from '../sdp/media-lines.ts';
import type { MediaDescription } from '../sdp/session-description.ts';
import type { RtpSource } from './media-packet.ts';

/** RFC 3551 §4.2: the default packetisation of sound, and the most a receiver should take. */
const usualPacketTime = milliseconds(20);
const packetTimeMost = milliseconds(200);
/** A picture a packet, 30 in a second (spec §5.5), in µs rounded to the nearest. */
const pictureTime = micros(33_333);
const videoClockRate = 90_000;
const audioClockRate = 8_000;

/** What packets of a line's first format look like to whoever receives at that line. */
export function rtpFormatOf(
  media: MediaDescription,
  medium: Medium,
): Pick<RtpSource, 'payloadType' | 'clockRate' | 'packetTime'> {
  const [first = ''] = media.formats;
  const usualRate = medium === 'video' ? videoClockRate : audioClockRate;
  return {
    payloadType: /^[0-9]{1,3}$/.test(first) && Number(first) < 128 ? Number(first) : null,
    clockRate: encodingOf(media, first)?.clockRate ?? usualRate,
    packetTime: medium === 'video' ? pictureTime : packetTimeOf(media),
  };
}

/** RFC 8866 §6.4: what the receiver would like, in whole or broken milliseconds. */
function packetTimeOf(media: MediaDescription): Micros {
  for (const [type, value] of media.lines) {
    if (type !== 'a' || !value.startsWith('ptime:')) continue;
    const wanted = Math.round(Number(value.slice(6)) * 1_000);
    if (wanted > 0 && wanted <= packetTimeMost) return micros(wanted);
  }
  return usualPacketTime;
}

/** Ticks of the stream's clock in a length of time, to the nearest. */
export function ticksOf({ clockRate }: RtpSource, length: Micros): number {
  return Math.round((length * clockRate) / 1_000_000);
}

/** Octets of payload in a second, by encoding name (RFC 3551 §6, RFC 4867 at its usual rates). */
const payloadRates: ReadonlyMap<string, number> = new Map([
  ['PCMU', 8_000],
  ['PCMA', 8_000],
  ['G722', 8_000],
  ['GSM', 1_650],
  ['G729', 1_000],
  ['AMR', 1_600],
  ['AMR-WB', 1_650],
]);
/** Of other sound, and of a picture. */
const otherSoundRate = 2_000;
const pictureLength = 1_000;

/** Octets of payload in one packet of a stream. */
export function payloadLengthOf(stream: {
  readonly medium: Medium;
  readonly codec: string;
  readonly packetTime: Micros;
}): number {
  if (stream.medium === 'video') return pictureLength;
  const rate = payloadRates.get(stream.codec.toUpperCase()) ?? otherSoundRate;
  return Math.ceil((rate * stream.packetTime) / 1_000_000);
}
