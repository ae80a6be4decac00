import type { Micros } from '../base/micros.ts';
import { zeroMicros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { HearsInterval } from '../trace/hears.ts';
import { throughMuLaw } from './mu-law.ts';
import type { Sounds } from './sounds.ts';
import type { Waveform } from './waveform.ts';

/** What one party hears, as samples of any stretch of the run. */
export interface Ear {
  /** Samples in a second. */
  readonly rate: number;
  /** When the last thing heard falls silent; 0 where nothing is ever heard. */
  readonly endsAt: Micros;
  /**
   * 16-bit samples, as G.711 leaves them, of the instants from the first to before the second.
   * Stretches that follow on each other give samples that do, and none twice.
   */
  samples(from: Micros, to: Micros): Int16Array;
}

/** One source in one stretch; places count samples from the beginning of the run. */
interface Piece {
  readonly waveform: Waveform;
  readonly gain: number;
  readonly from: number;
  readonly to: number;
  /** Where the source's own count began. */
  readonly origin: number;
}

const microsInSecond = 1_000_000;
const loudest = 32_767;

/** Takes the intervals of everybody, in the order in which they began. */
export function earOf(hears: readonly HearsInterval[], node: NodeId, sounds: Sounds): Ear {
  const { rate } = sounds;
  const own = hears.filter((each) => each.node === node && each.medium === 'audio');
  const pieces = piecesOf(own, sounds);
  const endsAt = own.reduce<Micros>((last, { toMicros }) => {
    return toMicros > last ? toMicros : last;
  }, zeroMicros);
  return {
    rate,
    endsAt,
    samples(from, to) {
      const first = sampleAt(from, rate);
      const mixture = new Float64Array(Math.max(0, sampleAt(to, rate) - first));
      for (const piece of pieces) mix(piece, mixture, first);
      return Int16Array.from(mixture, heard);
    },
  };
}

/** The first sample that is not before that instant. */
function sampleAt(at: Micros, rate: number): number {
  return Math.ceil((at * rate) / microsInSecond);
}

function piecesOf(own: readonly HearsInterval[], sounds: Sounds): Piece[] {
  const { rate } = sounds;
  const firstHeard = new Map<string, number>();
  const goesOn = new Map<string, { readonly from: number; readonly to: number }>();
  return own.flatMap(({ sources, fromMicros, toMicros }) => {
    const [from, to] = [sampleAt(fromMicros, rate), sampleAt(toMicros, rate)];
    return sources.map(({ source, gainPercent }): Piece => {
      const { waveform, origin } = sounds.soundOf(source);
      if (!firstHeard.has(source)) firstHeard.set(source, from);
      const before = goesOn.get(source);
      const began = before?.to === from ? before.from : from;
      goesOn.set(source, { from: began, to });
      const origins = { run: 0, 'first heard': firstHeard.get(source) ?? from, 'each time': began };
      return { waveform, gain: gainPercent / 100, from, to, origin: origins[origin] };
    });
  });
}

/** Adds what of a piece falls into the mixture, whose place 0 is the sample `first`. */
function mix({ waveform, gain, from, to, origin }: Piece, mixture: Float64Array, first: number) {
  const end = Math.min(to, first + mixture.length);
  for (let sample = Math.max(from, first); sample < end; sample += 1) {
    const place = sample - first;
    mixture[place] = (mixture[place] ?? 0) + gain * waveform(sample - origin);
  }
}

function heard(sum: number): number {
  return throughMuLaw(Math.max(-loudest, Math.min(loudest, Math.round(sum))));
}
