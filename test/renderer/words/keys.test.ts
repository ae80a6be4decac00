import { describe, expect, test } from 'vitest';

import {
  actionOf,
  keyHint,
  keysOf,
  keyTable,
  printKeys,
  type Keystroke,
} from '../../../renderer/words/keys.ts';

function stroke(key: string, ...held: readonly ('ctrl' | 'alt' | 'shift' | 'meta')[]): Keystroke {
  return {
    key,
    ctrlKey: held.includes('ctrl'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
    metaKey: held.includes('meta'),
  };
}

describe('the key table', () => {
  test('no key is bound twice', () => {
    const keys = keyTable.flatMap((binding) => binding.keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  test('no action has two lines, and each says what it does', () => {
    const actions = keyTable.map(({ action }) => action);
    expect(actions).toEqual([...new Set(actions)]);
    for (const { says, keys } of keyTable) {
      expect(says).not.toBe('');
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  test('every key of the table is what a keyboard says', () => {
    for (const { action, keys } of keyTable) {
      for (const name of keys) {
        const parts = name === '+' ? ['+'] : name.split('+');
        const key = parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? '');
        const held = parts.slice(0, -1).map((part) => part.toLowerCase() as 'ctrl' | 'shift');
        expect(actionOf(stroke(key, ...held), false)).toBe(action);
      }
    }
  });
});

describe('keystrokes', () => {
  test.each([
    [stroke('t'), 'T'],
    [stroke('T'), 'T'],
    [stroke('ArrowLeft', 'shift'), 'Shift+ArrowLeft'],
    [stroke('ArrowRight', 'ctrl'), 'Ctrl+ArrowRight'],
    [stroke('c', 'meta', 'shift'), 'Ctrl+Shift+C'],
    [stroke('?', 'shift'), '?'],
    [stroke('+', 'shift'), '+'],
    [stroke(' '), 'Space'],
  ])('%o is %s', (given, name) => {
    expect(keysOf(given)).toBe(name);
  });

  test('single letters and arrows are off while somebody types', () => {
    expect(actionOf(stroke('t'), true)).toBeNull();
    expect(actionOf(stroke('ArrowLeft'), true)).toBeNull();
    expect(actionOf(stroke(' '), true)).toBeNull();
    expect(actionOf(stroke('?', 'shift'), true)).toBeNull();
    expect(actionOf(stroke('Escape'), true)).toBe('leave');
    expect(actionOf(stroke('o', 'ctrl'), true)).toBe('open a file');
    expect(actionOf(stroke('F6'), true)).toBe('next region');
  });

  test('a key nobody bound does nothing', () => {
    expect(actionOf(stroke('j'), false)).toBeNull();
    expect(actionOf(stroke('t', 'ctrl'), false)).toBeNull();
  });
});

describe('keys in print', () => {
  test.each([
    ['Shift+ArrowLeft', 'Shift ←'],
    ['Ctrl+Shift+C', 'Ctrl Shift C'],
    ['+', '+'],
    ['-', '−'],
    ['Escape', 'Esc'],
  ])('%s is printed %s', (name, printed) => {
    expect(printKeys(name)).toBe(printed);
  });

  test('a hint is the first key of its action', () => {
    expect(keyHint('zoom in')).toBe('+');
    expect(keyHint('next event')).toBe('→');
  });
});
