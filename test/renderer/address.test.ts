import { describe, expect, test } from 'vitest';

import { readAddress, writeAddress } from '../../renderer/address.ts';
import { noChanges } from '../../renderer/store/changes.ts';
import { micros, type RecordNumber } from '../../sim-core/reading.ts';

describe('the address of a window', () => {
  test('says what is open, where, and what is selected, and is read back', () => {
    const state = {
      open: 'continue/as-in-the-figure',
      seed: 24_301,
      playhead: micros(5_650_000),
      selected: 136 as RecordNumber,
    };
    const fragment = writeAddress(state);
    expect(fragment).toBe('scenario=continue/as-in-the-figure&seed=24301&t=5650000&record=136');
    expect(readAddress(`#${fragment}`)).toEqual({
      scenario: state.open,
      seed: state.seed,
      playhead: state.playhead,
      selected: state.selected,
      changes: noChanges,
    });
  });

  test('carries what the run differs by', () => {
    const state = { open: 'a', seed: null, playhead: micros(0), selected: null };
    const changes = {
      settings: [
        { path: 'links.a.latency', value: '1ms..2ms' },
        { path: 'title', value: 'a = b & c' },
      ],
      faults: ['drop the 1st 200 (INVITE) from client-b to cmr-server', 'drop every ACK'],
      choices: ['17=yes', '3=23ms'],
    };
    expect(readAddress(`#${writeAddress(state, changes)}`).changes).toEqual(changes);
    expect(readAddress('#set=nothing&set==x').changes).toEqual(noChanges);
  });

  test('a name may hold anything', () => {
    const open = 'opened/a & b=#?%ü 😀.cmr.yaml';
    const fragment = writeAddress({ open, seed: null, playhead: micros(0), selected: null });
    expect(readAddress(`#${fragment}`).scenario).toBe(open);
  });

  test('is empty while nothing is open', () => {
    expect(writeAddress({ open: null, seed: 1, playhead: micros(1), selected: null })).toBe('');
    expect(readAddress('')).toEqual({
      scenario: null,
      seed: null,
      playhead: null,
      selected: null,
      changes: noChanges,
    });
  });

  test.each(['t=-1', 't=1.5', 't=1e9', 't=', 't=99999999999999999', 'record=x', 'seed=0x5EED'])(
    'what makes no sense is left out: %s',
    (fragment) => {
      const { playhead, selected, seed } = readAddress(fragment);
      expect({ playhead, selected, seed }).toEqual({ playhead: null, selected: null, seed: null });
    },
  );
});
