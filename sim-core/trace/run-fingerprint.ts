import { hashNumber, hashText } from '../base/hash.ts';
import { fingerprint } from '../base/plain.ts';
import type { Observer, TraceRecord } from '../kernel/trace-record.ts';

/** The letters of Crockford's base 32: none of them is easily taken for another. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** 64 bits over every record of a run in order: equal runs, equal 13 letters. */
export interface RunFingerprint {
  readonly observe: Observer;
  /** The fingerprint of what was observed so far. */
  print(): string;
}

export function runFingerprint(): RunFingerprint {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  return {
    observe(record) {
      const hash = fingerprintOf(record);
      low = hashNumber(hash, low);
      high = hashNumber(low ^ record.at, high ^ hash);
    },
    print: () => base32(high) + base32(low).slice(1),
  };
}

const hashesOfKinds: Readonly<Record<TraceRecord['kind'], number>> = {
  sent: hashText('sent'),
  dropped: hashText('dropped'),
  received: hashText('received'),
  'timer started': hashText('timer started'),
  'timer stopped': hashText('timer stopped'),
  'timer fired': hashText('timer fired'),
  user: hashText('user'),
  note: hashText('note'),
};

/** All that a record says; packets and notes are frozen, or small. */
function fingerprintOf(record: TraceRecord): number {
  let hash = hashesOfKinds[record.kind];
  hash = hashNumber(record.at, hash);
  hash = hashNumber(record.node, hash);
  hash = hashNumber(record.cause, hash);
  switch (record.kind) {
    case 'sent':
      hash = hashNumber(record.arrivesAt, hash);
      hash = hashNumber(record.againAt ?? 0, hash);
      hash = hashNumber(record.to, hash);
      return hashNumber(fingerprint(record.packet, 1), hash);
    case 'dropped':
      hash = hashText(record.why, hash);
      hash = hashNumber(record.wouldArriveAt, hash);
      return hashNumber(fingerprint(record.packet, 1), hash);
    case 'received':
      return hashNumber(record.sent, hash);
    case 'timer started':
      hash = hashNumber(record.firesAt, hash);
      return hashText(record.timer, hash);
    case 'timer stopped':
    case 'timer fired':
      return hashText(record.timer, hash);
    case 'user':
      return hashNumber(fingerprint(record.action, 1), hash);
    case 'note':
      return hashNumber(fingerprint(record.note, 1), hash);
  }
}

/** Seven letters; the first says only 2 bits. */
function base32(word: number): string {
  let text = '';
  for (let shift = 30; shift >= 0; shift -= 5) text += letters[(word >>> shift) & 31];
  return text;
}
