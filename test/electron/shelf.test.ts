import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { createShelf } from '../../electron/shelf.ts';

const work = mkdtempSync(path.join(tmpdir(), 'ringscope-shelf-'));
afterAll(() => rmSync(work, { recursive: true }));

function shelf() {
  const folder = mkdtempSync(path.join(work, 's-'));
  return { folder, ...createShelf(files, folder) };
}

describe('drafts', () => {
  test('are kept by name, replaced, found by another start, and dropped', async () => {
    const { folder, keepDraft, dropDraft, drafts } = shelf();
    expect(await drafts()).toEqual([]);
    await keepDraft('a-1', 'first');
    await keepDraft('a-1', 'second');
    await keepDraft('b-2', 'other');
    expect(await createShelf(files, folder).drafts()).toEqual([
      { id: 'a-1', text: 'second' },
      { id: 'b-2', text: 'other' },
    ]);
    await dropDraft('a-1');
    await dropDraft('a-1');
    expect(await drafts()).toEqual([{ id: 'b-2', text: 'other' }]);
    expect(readdirSync(path.join(folder, 'drafts'))).toEqual(['b-2.draft.json']);
  });

  test('are no more than twenty, and one that is there can still be renewed', async () => {
    const { keepDraft, drafts } = shelf();
    for (let count = 0; count < 20; count += 1) await keepDraft(`d-${count}`, 'text');
    await expect(keepDraft('d-20', 'text')).rejects.toThrow('20 drafts are kept already');
    await keepDraft('d-3', 'newer');
    expect(await drafts()).toHaveLength(20);
  });

  test('say why where the disk refuses', async () => {
    const folder = mkdtempSync(path.join(work, 's-'));
    const refusing = {
      ...files,
      open: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOSPC' })),
    };
    await expect(createShelf(refusing, folder).keepDraft('a', 't')).rejects.toThrow(
      'The draft could not be kept: the disk is full',
    );
  });
});

describe('recent files', () => {
  test('are the last eight, the newest first, known to the page by number and name', async () => {
    const { remember, recent, placeOf } = shelf();
    for (let count = 0; count < 10; count += 1) await remember(`/calls/call-${count}.cmr.yaml`);
    await remember('/calls/call-5.cmr.yaml');
    const list = await recent();
    expect(list).toHaveLength(8);
    expect(list[0]).toEqual({ id: '0', name: 'call-5.cmr.yaml' });
    expect(await placeOf('1')).toBe('/calls/call-9.cmr.yaml');
    await expect(placeOf('8')).rejects.toThrow('no longer remembered');
  });

  test('are empty where the list was damaged', async () => {
    const { folder, recent, remember } = shelf();
    writeFileSync(path.join(folder, 'recent-files.json'), '["/a", {');
    expect(await recent()).toEqual([]);
    await remember('/b.cmr.yaml');
    expect(await recent()).toEqual([{ id: '0', name: 'b.cmr.yaml' }]);
  });
});
