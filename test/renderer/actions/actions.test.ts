import { beforeEach, describe, expect, test } from 'vitest';

import { makeSelecting, type Selecting } from '../../../renderer/actions/selecting.ts';
import { makeStepping, type Stepping } from '../../../renderer/actions/stepping.ts';
import { makeZooming, type Zooming } from '../../../renderer/actions/zooming.ts';
import { evidenceOf, clausesShownBy, litArrows } from '../../../renderer/ladder/evidence.ts';
import { arrowsOf, lastInstantOf } from '../../../renderer/ladder/from-trace.ts';
import { makeLadderScene, type LadderScene } from '../../../renderer/ladder/ladder-scene.ts';
import { heightAt } from '../../../renderer/ladder/layout/height-map.ts';
import { arriveAt, resizeLadder, selectRecord } from '../../../renderer/store/edits.ts';
import { initialState, type RendererState } from '../../../renderer/store/renderer-state.ts';
import { makeStore, type Store } from '../../../renderer/store/store.ts';
import type { TraceStore } from '../../../renderer/store/trace-store.ts';
import { shapeOf } from '../../../renderer/store/window-shape.ts';
import { micros, type ClauseId, type RecordNumber } from '../../../sim-core/reading.ts';
import { figureRun, figureTrace, measure } from '../trace-of-run.ts';

let store: Store<RendererState>;
let traces: TraceStore;
let scene: LadderScene;
let stepping: Stepping;
let selecting: Selecting;
let zooming: Zooming;

beforeEach(() => {
  store = makeStore(initialState([], micros(0), shapeOf(1440, 900)));
  traces = figureTrace();
  scene = makeLadderScene(store, traces, measure);
  stepping = makeStepping(store, traces, scene);
  selecting = makeSelecting(store, traces, scene);
  zooming = makeZooming(store, traces, scene);
  store.edit(resizeLadder(815, 561));
  store.edit(arriveAt(micros(0), null));
});

function selectedText(): string | undefined {
  const { messageOf, arrowOf } = traces.view(arrowsOf);
  const { selected } = store.state;
  return selected === null ? undefined : messageOf.get(arrowOf.get(selected) ?? '')?.text;
}

/** The record of the arrow of a step. */
function ofStep(step: number): RecordNumber {
  const found = traces.view(arrowsOf).arrows.find((arrow) => arrow.step === step);
  return Number(found?.id) as RecordNumber;
}

describe('moving in time', () => {
  test('steps go through every instant, there and back, and say what happens', () => {
    stepping.step('next');
    expect(store.state.playhead).toBe(40_000);
    expect(store.state.announcement).toBe(
      'CMR Server receives INVITE from CMR Client-A, 40 milliseconds.',
    );
    stepping.step('next');
    expect(store.state.playhead).toBe(50_000);
    stepping.step('previous');
    stepping.step('previous');
    stepping.step('previous');
    expect(store.state.playhead).toBe(0);
  });

  test('on the lifeline of the selection other lifelines are passed over', () => {
    selecting.select(ofStep(6));
    store.edit(arriveAt(micros(5_400_000), ofStep(6)));
    stepping.stepOnLifeline('next');
    expect(store.state.playhead).toBe(5_480_000);
  });

  test('run starts anew at the end, and stops where it is asked to', () => {
    stepping.goTo('end');
    expect(store.state.playhead).toBe(traces.view(lastInstantOf));
    stepping.runOrPause();
    expect(store.state).toMatchObject({ playing: true, playhead: 0, following: true });
    stepping.runOrPause();
    expect(store.state.playing).toBe(false);
  });
});

describe('moving along the messages', () => {
  test('goes in the order of sending, and not to the replies', () => {
    const texts: (string | undefined)[] = [];
    for (let count = 0; count < 8; count += 1) {
      selecting.beside('next');
      texts.push(selectedText());
    }
    expect(texts).toEqual([
      'INVITE',
      '100 Trying',
      'INVITE',
      '100 Trying',
      '180 Ringing',
      'reserve',
      '180 Ringing',
      'play',
    ]);
    selecting.beside('previous');
    expect(selectedText()).toBe('180 Ringing');
  });

  test('cause and effect lead along the flow', () => {
    selecting.select(ofStep(4));
    selecting.effect();
    expect(store.state.selected).toBe(ofStep(5));
    selecting.effect();
    expect(store.state.selected).toBe(ofStep(6));
    selecting.cause();
    selecting.cause();
    expect(store.state.selected).toBe(ofStep(4));
  });

  test('from a note one comes to the arrow it follows from', () => {
    const note = traces.trace.records.find(
      (record) => record.kind === 'note' && record.note.kind === 'decision',
    );
    selecting.selectShown(note!.number);
    expect(store.state.selected).toBe(ofStep(1));
  });
});

describe('looking closer', () => {
  test('zooming keeps what is under the pointer', () => {
    store.edit(selectRecord(ofStep(6)));
    zooming.zoomAbout(3, 300);
    const before = store.state.ladder;
    expect(before.pxPerMs).not.toBeNull();
    const instant = 5_400_000;
    const y = heightAt(scene.layout().heights, instant) - scene.scroll().scrollY;
    zooming.zoomAbout(1.5, y);
    expect(heightAt(scene.layout().heights, instant) - scene.scroll().scrollY).toBeCloseTo(y, 3);
  });

  test('the other axis keeps the selection where it is', () => {
    zooming.zoomAbout(4, 10);
    selecting.select(ofStep(6));
    const screenY = (): number => {
      const arrow = scene.layout().arrows.find(({ id }) => id === String(ofStep(6)));
      return (arrow?.y1 ?? 0) - scene.scroll().scrollY;
    };
    const before = screenY();
    zooming.changeAxis();
    expect(scene.axis()).toBe('rows');
    expect(screenY()).toBeGreaterThan(0);
    expect(screenY()).toBeLessThan(scene.size.height);
    zooming.changeAxis();
    expect(scene.axis()).toBe('time');
    expect(Math.abs(screenY() - before)).toBeLessThan(scene.size.height / 2);
  });

  test('fitting a message shows it large, fitting the call shows all of it', () => {
    selecting.select(ofStep(6));
    zooming.fitSelection();
    const arrow = scene.layout().arrows.find(({ id }) => id === String(ofStep(6)));
    const { scrollY } = scene.scroll();
    expect(arrow!.y1 - scrollY).toBeGreaterThan(0);
    expect(arrow!.y2 - scrollY).toBeLessThan(561);
    expect(arrow!.y2 - arrow!.y1).toBeGreaterThan(100);
    zooming.fitCall();
    expect(scene.layout().height).toBe(561);
    expect(scene.scroll()).toEqual({ scrollX: 0, scrollY: 0 });
  });
});

describe('clauses and arrows light each other', () => {
  test('the clause of a step lights its message, and no arrow without evidence', () => {
    const arrows = traces.view(arrowsOf);
    for (let step = 1; step <= 11; step += 1) {
      const clause = `FLOW-CON-${String(step).padStart(2, '0')}` as ClauseId;
      const evidence = evidenceOf(traces.trace, clause);
      const lit = litArrows(evidence, (record) => arrows.arrowOf.get(record));
      expect(lit).toContain(String(ofStep(step)));
      const shown = evidence.flatMap((record) => arrows.arrowOf.get(record) ?? []);
      expect(new Set(lit)).toEqual(new Set(shown));
    }
  });

  test('an arrow lights exactly the clauses that light it', () => {
    const arrows = traces.view(arrowsOf);
    const { verdicts } = figureRun();
    for (const { id } of arrows.arrows) {
      const shown = clausesShownBy(traces.trace, arrows, Number(id) as RecordNumber);
      const lighting = verdicts
        .map(({ clause }) => clause)
        .filter((clause) =>
          litArrows(evidenceOf(traces.trace, clause), (one) => arrows.arrowOf.get(one)).includes(
            id,
          ),
        );
      expect([...shown]).toEqual(lighting);
    }
  });

  test('nothing is lit without a clause, and no clause without an arrow', () => {
    const arrows = traces.view(arrowsOf);
    expect(evidenceOf(traces.trace, null)).toEqual([]);
    expect(clausesShownBy(traces.trace, arrows, null).size).toBe(0);
  });
});
