import { afterEach, describe, expect, test } from 'vitest';

import {
  asDelivered,
  choiceIn,
  isSingle,
  isUsable,
  tableWith,
  takenBy,
} from '../../../renderer/words/key-choice.ts';
import { actionOf, adoptKeys, keyHint, keyTable } from '../../../renderer/words/keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

afterEach(() => adoptKeys(keyTable));

describe('keys that a person chose', () => {
  test('hold for keystrokes and hints, and free the old ones', () => {
    adoptKeys(tableWith({ single: true, remapped: { 'change the axis': 'K' } }));
    expect(actionOf({ key: 'k', ...plain }, false)).toBe('change the axis');
    expect(actionOf({ key: 't', ...plain }, false)).toBeNull();
    expect(keyHint('change the axis')).toBe('K');
  });

  test('without single characters leave all the others', () => {
    const table = tableWith({ single: false, remapped: {} });
    adoptKeys(table);
    expect(table.flatMap(({ keys }) => keys).filter(isSingle)).toEqual([]);
    expect(actionOf({ key: 't', ...plain }, false)).toBeNull();
    expect(actionOf({ key: 'ArrowRight', ...plain }, false)).toBe('next event');
    expect(keyHint('change the axis')).toBe('');
  });

  test('are not those of another action, nor those that move the focus', () => {
    expect(takenBy(asDelivered, 'table', 'T')?.action).toBe('change the axis');
    expect(takenBy(asDelivered, 'table', 'G')).toBeNull();
    expect(['Tab', 'Escape', 'Shift+Shift', 'Enter'].filter(isUsable)).toEqual([]);
  });

  test('are read as they were kept, without what makes no sense', () => {
    const kept = { single: false, remapped: { table: 'K', 'no such thing': 'J', keys: 'Tab' } };
    expect(choiceIn(JSON.stringify(kept))).toEqual({ single: false, remapped: { table: 'K' } });
    for (const text of [null, '', '{', 'null', '3', '{"remapped": [1]}']) {
      expect(choiceIn(text)).toEqual(asDelivered);
    }
  });
});
