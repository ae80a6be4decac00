import { expect, test } from 'vitest';

import { browserShelf } from '../../../renderer/host/browser-shelf.ts';

/** As much of a browser's storage as is used; it may be full, or not to be had. */
function storage(room = Infinity): Storage {
  const kept: Record<string, string> = {};
  const functions = {
    getItem: (key: string) => kept[key] ?? null,
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept[key] = value;
    },
    removeItem: (key: string) => void delete kept[key],
  };
  return new Proxy(kept, {
    get: (target, key) => Reflect.get(functions, key) ?? target[String(key)],
  }) as unknown as Storage;
}

test('the last five files are remembered, the newest first, each once', () => {
  const kept = storage();
  const shelf = browserShelf(() => kept);
  for (let count = 0; count < 7; count += 1) shelf.remember(`call-${count}`, `text ${count}`);
  shelf.remember('call-4', 'newer');
  expect(shelf.recent().map(({ name }) => name)).toEqual([
    'call-4',
    'call-6',
    'call-5',
    'call-3',
    'call-2',
  ]);
  expect(browserShelf(() => kept).recent()[0]).toEqual({ name: 'call-4', text: 'newer' });
});

test('drafts are kept by name and dropped', () => {
  const kept = storage();
  const shelf = browserShelf(() => kept);
  shelf.keepDraft('a', 'one');
  shelf.keepDraft('b', 'two');
  shelf.keepDraft('a', 'three');
  shelf.dropDraft('b');
  expect(browserShelf(() => kept).drafts()).toEqual([{ id: 'a', text: 'three' }]);
});

test('a browser that keeps nothing is no reason to fail, but for a draft', () => {
  const refusing = browserShelf(() => {
    throw new DOMException('no', 'SecurityError');
  });
  expect(refusing.recent()).toEqual([]);
  expect(refusing.drafts()).toEqual([]);
  expect(() => refusing.remember('a', 'b')).not.toThrow();
  expect(() => refusing.dropDraft('a')).not.toThrow();
  expect(() => refusing.keepDraft('a', 'b')).toThrow('keeps no drafts');
  const full = storage(10);
  expect(() => browserShelf(() => full).keepDraft('a', 'x'.repeat(20))).toThrow('keeps no drafts');
});

test('what somebody else wrote there is left out', () => {
  const kept = storage();
  kept.setItem('ringscope.recent', '[{"name": 3}, null, {"name": "a", "text": "b"}');
  expect(browserShelf(() => kept).recent()).toEqual([]);
  kept.setItem('ringscope.recent', '[{"name": 3}, null, {"name": "a", "text": "b"}]');
  expect(browserShelf(() => kept).recent()).toEqual([{ name: 'a', text: 'b' }]);
});
