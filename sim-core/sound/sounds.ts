import { hashText } from '../base/hash.ts';
import type { TraceHeader, TraceNode } from '../trace/trace-header.ts';
import { melody } from './melody.ts';
import { ringbackSound, ringSound } from './tones.ts';
import { voice, type Speaker } from './voice.ts';
import type { Sound } from './waveform.ts';

/** What everything in one run sounds like, at one rate. Sounds are made when first asked for. */
export interface Sounds {
  /** Samples in a second. */
  readonly rate: number;
  /** Takes the name by which a party hears it: a tone, a CMR Resource, a node. */
  soundOf(source: string): Sound;
}

/** Narrow-band telephony: as many samples as G.711 has in a second. */
export const telephoneRate = 8_000;

export function soundsOf(header: TraceHeader, rate: number = telephoneRate): Sounds {
  const made = new Map<string, Sound>();
  return {
    rate,
    soundOf(source) {
      const known = made.get(source);
      if (known !== undefined) return known;
      const sound = makeSound(header, source, rate);
      made.set(source, sound);
      return sound;
    },
  };
}

function makeSound(header: TraceHeader, source: string, rate: number): Sound {
  if (source === 'ringback tone') return { waveform: ringbackSound(rate), origin: 'each time' };
  if (source === 'ring tone') return { waveform: ringSound(rate), origin: 'each time' };
  const node = header.nodes.find(({ name }) => name === source);
  if (node !== undefined) return { waveform: voice(speakerOf(node), rate), origin: 'run' };
  const seed = hashText(source);
  if (source.startsWith('announcement')) {
    const announcer = { seed, pitch: 160, pace: 0.19 };
    return { waveform: voice(announcer, rate), origin: 'first heard' };
  }
  return { waveform: melody(seed, rate), origin: 'first heard' };
}

/** Client-A has a low and slow voice, Client-B a high and quick one; others are drawn by name. */
function speakerOf({ name, party }: TraceNode): Speaker {
  const seed = hashText(name);
  if (party === 'A') return { seed, pitch: 112, pace: 0.23 };
  if (party === 'B') return { seed, pitch: 208, pace: 0.17 };
  return { seed, pitch: 125 + (seed % 60), pace: 0.2 };
}
