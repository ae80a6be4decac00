import { clause } from '../../base/clause-id.ts';
import { hashNumber } from '../../base/hash.ts';
import type { Outbox, TimerKey } from '../../kernel/node.ts';
import { keyAt, keyLabel, keyPace, packetsOfKey, type KeyPacket } from '../../media/key-packet.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import { takeSequence } from '../../media/packet-flow.ts';
import { ticksOf } from '../../media/rtp-format.ts';
import { addressOf, encodingOf } from '../../sdp/media-lines.ts';
import type { CmrClientState } from './client-state.ts';

/** A key told by telephone-event (RFC 4733), to everybody the terminal speaks to. */

/** A key that is down, or whose last packets are still to go, in one stream. */
export interface HeldKey {
  readonly stream: MediaPacket;
  readonly payloadType: number;
  readonly digit: string;
  readonly timestamp: number;
  sent: number;
}

const keyTimer = 'own telephone-event';

/** The key goes down in every stream whose other end takes it. */
export function holdKey(client: CmrClientState, digit: string, out: Outbox): void {
  const keys = client.media.sending.flatMap((stream): HeldKey[] => {
    const payloadType = eventTypeOf(client, stream);
    if (payloadType === null) return [];
    const timestamp = (hashNumber(stream.ssrc, 2) + ticksOf(stream, out.now())) >>> 0;
    return [{ stream, payloadType, digit, timestamp, sent: 0 }];
  });
  if (keys.length === 0) {
    const why = `the user would press ${digit}, but nobody takes ${keyLabel}`;
    out.note({ kind: 'ignored', why, clause: clause('R-DTMF-01') });
    return;
  }
  client.keys.push(...keys);
  sendKeys(client, out);
}

/** Sends what is due of a key; says whether the timer was for that. */
export function sendKeysDue(client: CmrClientState, timer: TimerKey, out: Outbox): boolean {
  if (timer !== keyTimer) return false;
  sendKeys(client, out);
  return true;
}

function sendKeys(client: CmrClientState, out: Outbox): void {
  for (const key of client.keys) sendNext(client, key, out);
  const left = client.keys.filter(({ sent }) => sent < packetsOfKey);
  client.keys.splice(0, client.keys.length, ...left);
  if (left.length > 0) out.startTimer(keyTimer, keyPace);
}

function sendNext({ media, config }: CmrClientState, key: HeldKey, out: Outbox): void {
  const { stream, payloadType, digit, timestamp, sent } = key;
  const to = config.addresses[stream.to.address];
  const { lasted, end } = keyAt(sent);
  const packet: KeyPacket = {
    protocol: 'RTP packet',
    label: keyLabel,
    from: stream.from,
    to: stream.to,
    ssrc: stream.ssrc,
    payloadType,
    sequence: takeSequence(media.packets, stream.ssrc, sent),
    timestamp,
    marker: sent === 0,
    digit,
    duration: ticksOf(stream, lasted),
    end,
  };
  key.sent += 1;
  if (to !== undefined) out.send(Object.freeze(packet), to);
}

/** The payload type under which the stream's receiver takes telephone-event at its clock. */
function eventTypeOf({ agent }: CmrClientState, stream: MediaPacket): number | null {
  if (stream.medium !== 'audio') return null;
  for (const { offerAnswer } of agent.dialogs) {
    for (const { remote } of [offerAnswer.session, offerAnswer['early-session']]) {
      const line = remote?.media.find(
        (one) => one.port === stream.to.port && addressOf(one, remote) === stream.to.address,
      );
      const format = line?.formats.find((one) => {
        const encoding = encodingOf(line, one);
        const isEvent = encoding?.name.toLowerCase() === keyLabel;
        return isEvent && encoding?.clockRate === stream.clockRate;
      });
      if (format !== undefined) return Number(format);
    }
  }
  return null;
}
