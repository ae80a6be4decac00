import { describe, expect, test } from 'vitest';

import {
  addScenario,
  arriveAt,
  enterPhase,
  follow,
  letClockRun,
  movePlayhead,
  openScenario,
  run,
  scrubTo,
  selectRecord,
  setSpeed,
  showEvidence,
  showTab,
} from '../../../renderer/store/edits.ts';
import {
  initialState,
  type RendererState,
  type ScenarioEntry,
} from '../../../renderer/store/renderer-state.ts';
import { makeStore, type Store } from '../../../renderer/store/store.ts';
import { makeTraceStore, type Trace } from '../../../renderer/store/trace-store.ts';
import { shapeOf } from '../../../renderer/store/window-shape.ts';
import { micros, type ClauseId, type RecordNumber } from '../../../sim-core/reading.ts';
import { clausesOf, figureRun } from '../trace-of-run.ts';

const entry: ScenarioEntry = {
  key: 'continue/one',
  folder: 'Continue',
  fileName: 'one.cmr.yaml',
  title: 'One',
  text: 'title: One',
  handle: null,
  standing: null,
};

function windowStore(): Store<RendererState> {
  return makeStore(initialState([entry], micros(0), shapeOf(1440, 900)));
}

const record = (number: number): RecordNumber => number as RecordNumber;
const clause = 'FLOW-CON-06' as ClauseId;

describe('a store', () => {
  test('changes by recipes, never in place', () => {
    const store = makeStore({ list: [1], other: { kept: true } });
    const before = store.state;
    store.edit((draft) => {
      draft.list.push(2);
    });
    expect(before.list).toEqual([1]);
    expect(store.state.list).toEqual([1, 2]);
    expect(store.state.other).toBe(before.other);
    expect(Object.isFrozen(store.state.list)).toBe(true);
  });

  test('tells its listeners once for each change, and not of a change to the same', () => {
    const store = makeStore({ count: 1 });
    let told = 0;
    const end = store.subscribe(() => (told += 1));
    store.edit((draft) => {
      draft.count = 1;
    });
    expect(told).toBe(0);
    store.edit((draft) => {
      draft.count = 2;
    });
    expect(told).toBe(1);
    end();
    store.edit((draft) => {
      draft.count = 3;
    });
    expect(told).toBe(1);
  });
});

describe('the edits of the window', () => {
  test('another scenario begins without the place in the last', () => {
    const store = windowStore();
    store.edit(arriveAt(micros(5), record(3)));
    store.edit(showEvidence(clause));
    store.edit(openScenario('continue/one'));
    const { open, selected, clause: lit, playing, run: phase } = store.state;
    expect({ open, selected, lit, playing, phase: phase.kind }).toEqual({
      open: 'continue/one',
      selected: null,
      lit: null,
      playing: false,
      phase: 'computing',
    });
  });

  test('a file of the same name takes the place of the earlier one', () => {
    const store = windowStore();
    store.edit(addScenario({ ...entry, text: 'title: Two' }));
    expect(store.state.scenarios.map(({ text }) => text)).toEqual(['title: Two']);
  });

  test('whoever moves the playhead takes over from the clock', () => {
    const store = windowStore();
    store.edit(run(micros(0)));
    store.edit(letClockRun(micros(10), false));
    expect(store.state.playing).toBe(true);
    store.edit(movePlayhead(micros(20)));
    expect(store.state.playing).toBe(false);
  });

  test('the clock stops at the end', () => {
    const store = windowStore();
    store.edit(run(micros(0)));
    store.edit(letClockRun(micros(99), true));
    expect(store.state).toMatchObject({ playhead: 99, playing: false });
  });

  test('scrubbing is to whole milliseconds', () => {
    const store = windowStore();
    store.edit(scrubTo(1_234_567));
    expect(store.state.playhead).toBe(1_235_000);
  });

  test('a run ends when its scenario cannot go on', () => {
    const store = windowStore();
    store.edit(run(micros(0)));
    store.edit(enterPhase({ kind: 'failed', says: 'because' }));
    expect(store.state.playing).toBe(false);
  });

  test('speeds stay between a thousandth and a hundred', () => {
    const store = windowStore();
    store.edit(setSpeed(1e9));
    expect(store.state.speed).toBe(100);
    store.edit(setSpeed(0));
    expect(store.state.speed).toBe(0.001);
  });

  test('a clause is lit until it is chosen again, or an arrow is', () => {
    const store = windowStore();
    store.edit(selectRecord(record(4)));
    store.edit(showEvidence(clause));
    expect(store.state).toMatchObject({ clause, selected: null, tab: 'requirements' });
    store.edit(showEvidence(clause));
    expect(store.state.clause).toBeNull();
    store.edit(showEvidence(clause));
    store.edit(selectRecord(record(4)));
    expect(store.state).toMatchObject({ clause: null, selected: 4 });
  });

  test('the message tab leaves the evidence', () => {
    const store = windowStore();
    store.edit(showEvidence(clause));
    store.edit(showTab('message'));
    expect(store.state.clause).toBeNull();
  });

  test('nothing is written where nothing changes', () => {
    const store = windowStore();
    store.edit(follow(true));
    const before = store.state;
    store.edit(follow(true));
    expect(store.state).toBe(before);
  });
});

describe('the trace store', () => {
  const { header, records, ...end } = figureRun();
  const clauses = clausesOf(figureRun());

  test('grows in batches, and says so when it is whole', () => {
    const versions: number[] = [];
    const store = makeTraceStore((version) => versions.push(version));
    store.begin(header);
    store.append(records.slice(0, 10));
    store.append(records.slice(10));
    store.complete(end, clauses);
    expect(store.trace.records).toEqual(records);
    expect(store.trace.end?.fingerprint).toBe(end.fingerprint);
    expect(versions).toEqual([1, 2]);
  });

  test('refuses a record out of its place', () => {
    const store = makeTraceStore(() => {});
    store.begin(header);
    expect(() => store.append(records.slice(1))).toThrow('record 2 came where 1 was due');
  });

  test('computes a view once a version', () => {
    const store = makeTraceStore(() => {});
    let computed = 0;
    const count = ({ records: known }: Trace): number => {
      computed += 1;
      return known.length;
    };
    store.begin(header);
    expect([store.view(count), store.view(count), computed]).toEqual([0, 0, 1]);
    store.append(records);
    store.complete(end, clauses);
    expect([store.view(count), computed]).toEqual([records.length, 2]);
  });

  test('a view may be nothing, and is still computed once', () => {
    const store = makeTraceStore(() => {});
    let computed = 0;
    const nothing = (): undefined => {
      computed += 1;
      return undefined;
    };
    store.view(nothing);
    store.view(nothing);
    expect(computed).toBe(1);
  });

  test('a new run does not change what was read of the old one', () => {
    const store = makeTraceStore(() => {});
    store.begin(header);
    store.append(records);
    const before = store.trace;
    store.begin(header);
    store.append(records.slice(0, 1));
    expect(before.records).toHaveLength(records.length);
    store.clear();
    expect(store.trace.header).toBeNull();
  });
});

describe('the shapes of a window', () => {
  test.each([
    [1920, 1080, 'wide', 'regular'],
    [1440, 900, 'regular', 'regular'],
    [1280, 760, 'regular', 'regular'],
    [1279, 759, 'narrow', 'low'],
    [1100, 700, 'narrow', 'low'],
    [999, 619, 'sheet', 'lowest'],
    [699, 900, 'single', 'regular'],
  ])('%i × %i is %s and %s', (width, height, wide, high) => {
    expect(shapeOf(width, height)).toEqual({ width: wide, height: high });
  });
});
