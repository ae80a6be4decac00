import type { Micros } from '../../base/micros.ts';
import { eventCodeOf, type KeyPacket } from '../../media/key-packet.ts';
import { payloadLengthOf } from '../../media/rtp-format.ts';
import type { RtcpPacket, RtpPacket } from '../../media/rtp-packet.ts';
import { muLawCode } from '../../sound/mu-law.ts';
import type { Sounds } from '../../sound/sounds.ts';

/** What the payloads of a run's RTP packets sound like. */
export interface PayloadSound {
  readonly sounds: Sounds;
  /** When each source was first sent anywhere, by its name. */
  readonly began: Map<string, Micros>;
}

const version2 = 0x80;
const fixedHeaderLength = 12;
/** RFC 3551 §6: what a stream without a payload type of its own is sent as. */
const firstDynamicType = 96;

/** RFC 3550 §5.1. The payload is what PCMU makes of the sound; of other codecs it is zeros. */
export function rtpBytes(packet: RtpPacket, at: Micros, sound: PayloadSound): Uint8Array {
  const { stream, sequence, timestamp, marker } = packet;
  const { csrc, ssrc, payloadType } = stream;
  const headerLength = fixedHeaderLength + 4 * csrc.length;
  const bytes = new Uint8Array(headerLength + payloadLengthOf(stream));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version2 | csrc.length);
  view.setUint8(1, (marker ? 0x80 : 0) | (payloadType ?? firstDynamicType));
  view.setUint16(2, sequence);
  view.setUint32(4, timestamp);
  view.setUint32(8, ssrc);
  csrc.forEach((contributor, place) => {
    view.setUint32(fixedHeaderLength + 4 * place, contributor);
  });
  if (stream.codec.toUpperCase() === 'PCMU') {
    writeSound(packet, at, sound, bytes.subarray(headerLength));
  }
  return bytes;
}

/** RFC 4733 §2.3: what a packet of a key carries. */
export function keyBytes(packet: KeyPacket): Uint8Array {
  const { ssrc, payloadType, sequence, timestamp, marker, digit, duration, end } = packet;
  const bytes = new Uint8Array(fixedHeaderLength + 4);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version2);
  view.setUint8(1, (marker ? 0x80 : 0) | payloadType);
  view.setUint16(2, sequence);
  view.setUint32(4, timestamp);
  view.setUint32(8, ssrc);
  view.setUint8(fixedHeaderLength, eventCodeOf(digit));
  // The volume of a key: 10 below full scale.
  view.setUint8(fixedHeaderLength + 1, (end ? 0x80 : 0) | 10);
  view.setUint16(fixedHeaderLength + 2, duration);
  return bytes;
}

function writeSound(
  { stream }: RtpPacket,
  at: Micros,
  { sounds, began }: PayloadSound,
  payload: Uint8Array,
): void {
  const sampleAt = (instant: number) => Math.round((instant * sounds.rate) / 1_000_000);
  const parts = stream.sources.map(({ source, gainPercent }) => {
    const { waveform, origin } = sounds.soundOf(source);
    const since = began.get(source) ?? at;
    began.set(source, since);
    const first = sampleAt(at) - (origin === 'run' ? 0 : sampleAt(since));
    return { waveform, first, gain: gainPercent / 100 };
  });
  for (let place = 0; place < payload.length; place += 1) {
    let sum = 0;
    for (const { waveform, first, gain } of parts) sum += gain * waveform(first + place);
    payload[place] = muLawCode(Math.max(-32_767, Math.min(32_767, Math.round(sum))));
  }
}

/** RFC 3550 §6.4.1 without report blocks, and §6.5 with the CNAME that a compound needs. */
export function rtcpBytes({ ssrc, at, timestamp, packets, octets, from }: RtcpPacket): Uint8Array {
  const name = Array.from(`ringscope@${from.address}`, (letter) => letter.charCodeAt(0));
  const cname = [1, name.length, ...name];
  // The list of items ends with at least one zero, at a multiple of four.
  const items = [...cname, ...Array<number>(4 - (cname.length % 4)).fill(0)];
  const senderReportLength = 28;
  const bytes = new Uint8Array(senderReportLength + 8 + items.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version2);
  view.setUint8(1, 200);
  view.setUint16(2, senderReportLength / 4 - 1);
  view.setUint32(4, ssrc);
  // NTP counts from 1900; virtual time 0 is the epoch of 1970, as everywhere in the file.
  view.setUint32(8, 2_208_988_800 + Math.floor(at / 1_000_000));
  view.setUint32(12, Math.floor(((at % 1_000_000) * 0x1_0000_0000) / 1_000_000));
  view.setUint32(16, timestamp);
  view.setUint32(20, packets);
  view.setUint32(24, octets);
  view.setUint8(28, version2 | 1);
  view.setUint8(29, 202);
  view.setUint16(30, (4 + items.length) / 4);
  view.setUint32(32, ssrc);
  bytes.set(items, senderReportLength + 8);
  return bytes;
}
