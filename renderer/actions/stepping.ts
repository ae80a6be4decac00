import { micros, type Micros } from '../../sim-core/reading.ts';
import { arrowsOf, eventsOf, instantsOf, lastInstantOf } from '../ladder/from-trace.ts';
import type { LadderScene } from '../ladder/ladder-scene.ts';
import { instantBeside } from '../playback.ts';
import { announce, movePlayhead, pause, run } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { eventSentence } from '../words/event-sentence.ts';
import { reveal } from './revealing.ts';

/** What moves the playhead. */
export interface Stepping {
  runOrPause(): void;
  step(to: 'next' | 'previous'): void;
  /** To the next or previous event of the chosen lifeline, or of the selection's sender. */
  stepOnLifeline(to: 'next' | 'previous'): void;
  goTo(end: 'start' | 'end'): void;
}

export function makeStepping(
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
): Stepping {
  function stepTo(instant: Micros | null): void {
    if (instant === null) return;
    store.edit(movePlayhead(instant));
    reveal(store, scene, instant);
    store.edit(announce(sayInstant(traces, instant)));
  }

  return {
    runOrPause() {
      const { run: phase, playing, playhead } = store.state;
      if (phase.kind !== 'ready') return;
      if (playing) store.edit(pause());
      else store.edit(run(playhead >= traces.view(lastInstantOf) ? micros(0) : playhead));
    },
    step(to) {
      stepTo(instantBeside(traces.view(instantsOf), store.state.playhead, to));
    },
    stepOnLifeline(to) {
      const { lifeline, selected, playhead } = store.state;
      const sender = selected === null ? undefined : traces.trace.records[selected - 1]?.node;
      const node = lifeline ?? sender;
      if (node === undefined) return;
      const own = traces.view(eventsOf).filter((record) => record.node === node);
      const instants = own.map(({ at }) => at);
      stepTo(instantBeside(instants, playhead, to));
    },
    goTo(end) {
      stepTo(end === 'start' ? micros(0) : traces.view(lastInstantOf));
    },
  };
}

/** What happened at an instant, for those who hear the window. */
function sayInstant(traces: TraceStore, instant: Micros): string {
  const { header } = traces.trace;
  if (header === null) return '';
  const sentences = traces
    .view(eventsOf)
    .filter(({ at }) => at === instant)
    .map((record) => eventSentence(record, traces.view(arrowsOf), header));
  return [...new Set(sentences)].join(' ');
}
