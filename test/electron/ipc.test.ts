import { afterEach, describe, expect, test, vi } from 'vitest';

import type { AskingEvent } from '../../electron/electron-parts.ts';
import type { ChosenFiles } from '../../electron/files.ts';
import { HostProblem } from '../../electron/host-problem.ts';
import { answerThePage } from '../../electron/ipc.ts';
import type { Shelf } from '../../electron/shelf.ts';
import { fakeElectron, thePage } from './fake-electron.ts';

const opened = { handle: 'h', name: 'n', text: 't' };

/** Answers every question, and remembers what was asked. */
function listening(answers: Partial<ChosenFiles<string>> = {}) {
  const electron = fakeElectron();
  const asked: unknown[][] = [];
  const files: ChosenFiles<string> = {
    openScenario: (...args) => (asked.push(args), Promise.resolve(null)),
    openPlace: (...args) => (asked.push(args), Promise.resolve(opened)),
    saveScenario: (...args) => (asked.push(args), Promise.resolve('saved')),
    saveScenarioAs: (...args) => (asked.push(args), Promise.resolve(null)),
    exportFile: (...args) => (asked.push(args), Promise.resolve('saved')),
    ...answers,
  };
  const shelf: Shelf = {
    keepDraft: (...args) => (asked.push(args), Promise.resolve('kept')),
    dropDraft: (...args) => (asked.push(args), Promise.resolve('dropped')),
    drafts: () => Promise.resolve([]),
    remember: () => Promise.resolve(),
    recent: () => Promise.resolve([]),
    placeOf: (id) => Promise.resolve(`/place/${id}`),
  };
  answerThePage(electron.ipcMain, {
    files,
    shelf,
    windowOf: () => 'the window',
    print: () => Promise.resolve(new Uint8Array([1])),
    heeded: () => void asked.push(['heeded']),
    version: '1.2.3',
  });
  return { electron, asked };
}

afterEach(() => vi.restoreAllMocks());

describe('the channels', () => {
  test('are these and no others', () => {
    expect(listening().electron.channels.sort()).toEqual([
      'app.version',
      'draft.drop',
      'draft.keep',
      'draft.list',
      'export.print',
      'export.save',
      'host.heed',
      'scenario.open',
      'scenario.openRecent',
      'scenario.recent',
      'scenario.save',
      'scenario.saveAs',
    ]);
  });

  test.each([
    ['scenario.open', [null], ['the window'], null],
    ['scenario.open', [], ['the window'], null],
    ['scenario.openRecent', [{ id: '3' }], ['/place/3'], opened],
    ['draft.keep', [{ id: 'a-1', text: 't' }], ['a-1', 't'], 'kept'],
    ['draft.drop', [{ id: 'a-1' }], ['a-1'], 'dropped'],
    ['host.heed', [null], ['heeded'], 'told'],
    [
      'export.print',
      [{ suggestedName: 'n.pdf' }],
      ['the window', 'n.pdf', new Uint8Array([1])],
      'saved',
    ],
    ['scenario.save', [{ handle: 'h', text: 't' }], ['h', 't'], 'saved'],
    ['scenario.saveAs', [{ suggestedName: 'n', text: 't' }], ['the window', 'n', 't'], null],
    [
      'export.save',
      [{ suggestedName: 'n.svg', contents: new Uint8Array([1]) }],
      ['the window', 'n.svg', new Uint8Array([1])],
      'saved',
    ],
  ])('%s is passed on', async (channel, args, passedOn, value) => {
    const { electron, asked } = listening();
    expect(await electron.ask(channel, thePage, ...args)).toEqual({ ok: true, value });
    expect(asked).toEqual([passedOn]);
  });

  test('the version is told', async () => {
    const { electron } = listening();
    const answer = await electron.ask('app.version', thePage, null);
    expect(answer).toEqual({ ok: true, value: '1.2.3' });
  });
});

describe('questions of another shape are refused', () => {
  const cyclic: Record<string, unknown> = { handle: 'h', text: 't' };
  cyclic['more'] = cyclic;
  test.each([
    ['scenario.openRecent', [{ id: '/etc/passwd' }]],
    ['scenario.openRecent', [{ id: '-1' }]],
    ['draft.keep', [{ id: '../a', text: 't' }]],
    ['draft.keep', [{ id: '', text: 't' }]],
    ['draft.keep', [{ id: 'a', text: 't', more: 1 }]],
    ['draft.drop', [{ id: 'a/b' }]],
    ['host.heed', [() => 1]],
    ['export.print', [{ suggestedName: 3 }]],
    ['scenario.open', [{}]],
    ['scenario.open', ['/etc/passwd']],
    ['scenario.open', [null, null]],
    ['scenario.save', []],
    ['scenario.save', [null]],
    ['scenario.save', ['h', 't']],
    ['scenario.save', [['h', 't']]],
    ['scenario.save', [{ handle: 'h' }]],
    ['scenario.save', [{ handle: 'h', text: 1 }]],
    ['scenario.save', [{ handle: { toString: 'h' }, text: 't' }]],
    ['scenario.save', [{ handle: 'h', text: 't', path: '/etc/passwd' }]],
    ['scenario.save', [cyclic]],
    ['scenario.save', [Object.create({ handle: 'h', text: 't' })]],
    ['scenario.save', [JSON.parse('{"handle":"h","text":"t","__proto__":{}}')]],
    ['scenario.save', [{ handle: 'h'.repeat(1001), text: 't' }]],
    ['scenario.save', [{ handle: 'h', text: 'x'.repeat(20_000_001) }]],
    ['scenario.saveAs', [{ suggestedName: 'n'.repeat(1001), text: 't' }]],
    ['scenario.saveAs', [{ handle: 'h', text: 't' }]],
    ['export.save', [{ suggestedName: 'n.svg', contents: 'text' }]],
    ['export.save', [{ suggestedName: 'n.svg', contents: [1, 2] }]],
    ['export.save', [{ suggestedName: 'n.svg', contents: new ArrayBuffer(1) }]],
    ['app.version', [{ detail: true }]],
  ])('%s %#', async (channel, args: unknown[]) => {
    const { electron, asked } = listening();
    const answer = await electron.ask(channel, thePage, ...args);
    expect(answer).toEqual({ ok: false, says: `${channel} was refused` });
    expect(asked).toEqual([]);
  });
});

describe('askers other than the page are refused', () => {
  test.each<[string, AskingEvent]>([
    ['a frame that has gone', { senderFrame: null }],
    ['a frame within', { senderFrame: { url: 'app://ringscope/index.html', parent: {} } }],
    ['a page elsewhere', { senderFrame: { url: 'https://example.org/', parent: null } }],
    ['a look-alike', { senderFrame: { url: 'app://ringscope.example.org/', parent: null } }],
    ['a file', { senderFrame: { url: 'file:///app://ringscope/', parent: null } }],
    ['nowhere', { senderFrame: { url: 'about:blank', parent: null } }],
  ])('%s', async (_who, event) => {
    const { electron, asked } = listening();
    for (const channel of electron.channels) {
      expect(await electron.ask(channel, event, null)).toEqual({
        ok: false,
        says: `${channel} was refused`,
      });
    }
    expect(asked).toEqual([]);
  });
});

describe('failures', () => {
  test('a problem is told as it stands', async () => {
    const { electron } = listening({
      openScenario: () => Promise.reject(new HostProblem('x.yaml could not be opened')),
    });
    expect(await electron.ask('scenario.open', thePage, null)).toEqual({
      ok: false,
      says: 'x.yaml could not be opened',
    });
  });

  test('a mistake of ours is logged here, and tells the page neither path nor stack', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const mistake = new TypeError('cannot read /secret/path');
    const { electron } = listening({ openScenario: () => Promise.reject(mistake) });
    const answer = await electron.ask('scenario.open', thePage, null);
    expect(answer).toEqual({
      ok: false,
      says: 'scenario.open failed, which is a mistake in Ringscope itself',
    });
    expect(log).toHaveBeenCalledWith(mistake);
  });
});
