import type { RecordNumber } from '../../sim-core/reading.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { recordOfArrow, type LadderScene } from '../ladder/ladder-scene.ts';
import { announce, selectRecord } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { arrowName } from '../words/message-sentence.ts';
import { reveal } from './revealing.ts';

/** What moves the selection along the messages. */
export interface Selecting {
  select(record: RecordNumber): void;
  /** Selects the arrow that stands behind a record: its own, or that of its nearest cause. */
  selectShown(record: RecordNumber): void;
  beside(to: 'next' | 'previous'): void;
  /** Selects the message that was sent last by now, where nothing is selected. */
  something(): void;
  cause(): void;
  effect(): void;
}

export function makeSelecting(
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
): Selecting {
  function select(record: RecordNumber): void {
    store.edit(selectRecord(record));
    const { header, records } = traces.trace;
    const { messageOf, arrowOf } = traces.view(arrowsOf);
    const message = messageOf.get(arrowOf.get(record) ?? '');
    const at = message?.sentAt ?? records[record - 1]?.at;
    if (at !== undefined) reveal(store, scene, at);
    if (message !== undefined && header !== null) {
      store.edit(announce(arrowName(message, header)));
    }
  }

  function selectedArrow(): RecordNumber | null {
    const { selected } = store.state;
    return selected === null ? null : shownFor(traces, selected);
  }

  function selectIf(record: RecordNumber | null | undefined): void {
    if (record !== null && record !== undefined) select(record);
  }

  return {
    select,
    selectShown: (record) => select(shownFor(traces, record) ?? record),
    beside: (to) => selectIf(messageBeside(scene, selectedArrow(), to)),
    something() {
      if (store.state.selected !== null) return;
      const { input } = scene.arranged();
      const sent = input.messages.filter(
        ({ kind, sentMicros }) => kind !== 'reply' && sentMicros <= store.state.playhead,
      );
      const last = sent.at(-1) ?? input.messages[0];
      if (last !== undefined) select(recordOfArrow(last.id));
    },
    cause() {
      const selected = selectedArrow();
      const cause = selected === null ? undefined : traces.trace.records[selected - 1]?.cause;
      if (cause !== undefined && cause !== 0) selectIf(shownFor(traces, cause));
    },
    effect() {
      const selected = selectedArrow();
      if (selected !== null) selectIf(firstEffect(traces, selected));
    },
  };
}

/** The record whose arrow stands for this one: itself, or its nearest cause with an arrow. */
export function shownFor(traces: TraceStore, record: RecordNumber): RecordNumber | null {
  const { arrowOf } = traces.view(arrowsOf);
  let at = record;
  for (;;) {
    const arrow = arrowOf.get(at);
    if (arrow !== undefined) return recordOfArrow(arrow);
    const cause = traces.trace.records[at - 1]?.cause;
    // Causes come before what they cause, so this ends.
    if (cause === undefined || cause === 0 || cause >= at) return null;
    at = cause;
  }
}

/**
 * The message that is drawn before or after one, in the order of sending; from none, the first or
 * the last.
 */
function messageBeside(
  scene: LadderScene,
  selected: RecordNumber | null,
  to: 'next' | 'previous',
): RecordNumber | undefined {
  const { input, foldOf, arrowOf } = scene.arranged();
  const shown = selected === null ? undefined : arrowOf(selected);
  const order = input.messages
    .filter(({ id, kind }) => kind !== 'reply' && (!foldOf.has(id) || id === shown))
    .map(({ id }) => recordOfArrow(id));
  const at = shown === undefined ? -1 : order.indexOf(recordOfArrow(shown));
  if (at < 0) return to === 'next' ? order[0] : order.at(-1);
  return order[at + (to === 'next' ? 1 : -1)];
}

/** The first arrow that follows from an arrow. */
function firstEffect(traces: TraceStore, arrow: RecordNumber): RecordNumber | null {
  for (const { id } of traces.view(arrowsOf).arrows) {
    const record = recordOfArrow(id);
    const cause = traces.trace.records[record - 1]?.cause;
    if (record <= arrow || cause === undefined || cause === 0) continue;
    if (shownFor(traces, cause) === arrow) return record;
  }
  return null;
}
