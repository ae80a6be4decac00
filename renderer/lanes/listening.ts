import { earOf, micros, soundsOf, type Ear, type NodeId } from '../../sim-core/reading.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { Trace, TraceStore } from '../store/trace-store.ts';

/** Sound is rendered in pieces of so much model time, and so much ahead of the playhead, µs. */
const pieceMicros = 100_000;
const aheadMicros = 300_000;
/** Sound and playhead part by at most so much before the sound begins anew, µs of life. */
const apartMost = 150_000;
/** A sound that begins now is late; it begins this much later instead, s. */
const startAfter = 0.03;

/** What the window needs of WebAudio. */
export type AudioDoor = () => AudioContext;

/** Where sound and playhead were together. */
interface Anchor {
  readonly micros: number;
  readonly time: number;
}

/**
 * Plays what a party hears while the clock runs, in step with the playhead: whoever scrubs, pauses
 * or changes the speed is followed. Rendering 20 ms takes hundredths of one; no worker is needed.
 */
export function listenAlong(
  store: Store<RendererState>,
  traces: TraceStore,
  openAudio: AudioDoor,
): void {
  let context: AudioContext | null = null;
  let anchor: (Anchor & { readonly speed: number; readonly node: NodeId }) | null = null;
  let rendered = 0;
  const playing = new Set<AudioBufferSourceNode>();
  const earFor = rememberEar();

  function silence(): void {
    for (const source of playing) source.stop();
    playing.clear();
    anchor = null;
  }

  function play(sound: AudioContext, ear: Ear, from: number, at: Anchor, speed: number): void {
    const samples = ear.samples(micros(from), micros(from + pieceMicros));
    if (samples.length === 0) return;
    const buffer = sound.createBuffer(1, samples.length, ear.rate);
    buffer.copyToChannel(
      Float32Array.from(samples, (sample) => sample / 32_768),
      0,
    );
    const source = sound.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = speed;
    source.connect(sound.destination);
    source.addEventListener('ended', () => playing.delete(source));
    source.start(at.time + (from - at.micros) / 1e6 / speed);
    playing.add(source);
  }

  function follow(): void {
    const { listening, playing: isRunning, playhead, speed } = store.state;
    if (listening === null || !isRunning) {
      if (anchor !== null) silence();
      return;
    }
    context ??= openAudio();
    if (context.state === 'suspended') void context.resume();
    const ear = earFor(traces.trace, listening);
    if (ear === null) return;
    const since = anchor === null ? 0 : (context.currentTime - anchor.time) * 1e6 * anchor.speed;
    const apart = anchor === null ? Infinity : Math.abs(anchor.micros + since - playhead) / speed;
    if (anchor?.speed !== speed || anchor.node !== listening || apart > apartMost) {
      silence();
      anchor = {
        micros: playhead,
        time: context.currentTime + startAfter,
        speed,
        node: listening,
      };
      rendered = playhead;
    }
    for (; rendered < playhead + aheadMicros * Math.max(1, speed); rendered += pieceMicros) {
      play(context, ear, rendered, anchor, speed);
    }
  }

  store.subscribe(follow);
}

/** The ear of a party in a run, made when either changes. */
function rememberEar(): (trace: Trace, node: NodeId) => Ear | null {
  let known: { readonly version: number; readonly node: NodeId; readonly ear: Ear } | null = null;
  return ({ version, header, end }, node) => {
    if (header === null || end === null) return null;
    if (known?.version !== version || known.node !== node) {
      known = { version, node, ear: earOf(end.hears, node, soundsOf(header)) };
    }
    return known.ear;
  };
}
