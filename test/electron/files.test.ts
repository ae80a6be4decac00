import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { chmodSync, lstatSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import type { FileSystem } from '../../electron/atomic-write.ts';
import { createChosenFiles, fileNameFrom } from '../../electron/files.ts';
import { HostProblem } from '../../electron/host-problem.ts';
import { fakeElectron, FakeWindow } from './fake-electron.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-files-'));
const file = path.join(folder, 'demo.cmr.yaml');
const window = new FakeWindow({});

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(file, 'old: ü\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function chosen(place = file, fileSystem: FileSystem = files) {
  const electron = fakeElectron();
  electron.openAnswer = { canceled: false, filePaths: [place] };
  electron.saveAnswer = { canceled: false, filePath: place };
  return { electron, ...createChosenFiles(electron.dialog, fileSystem, async () => {}) };
}

async function opened(place = file, fileSystem: FileSystem = files) {
  const { openScenario, ...rest } = chosen(place, fileSystem);
  const scenario = await openScenario(window);
  if (scenario === null) throw new Error('nothing was opened');
  return { scenario, ...rest };
}

/** A file system that fails once something has been asked of it. */
function failing(operation: keyof FileSystem, code: string): FileSystem {
  const fail = () => Promise.reject(Object.assign(new Error(`${code}: /secret/path`), { code }));
  return { ...files, [operation]: fail };
}

describe('opening', () => {
  test('gives the text and the name, and no path', async () => {
    const { scenario } = await opened();
    expect(scenario).toEqual({
      handle: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'demo.cmr.yaml',
      text: 'old: ü\n',
    });
  });

  test('gives nothing when the person changes their mind', async () => {
    const { electron, openScenario } = chosen();
    electron.openAnswer = { canceled: true, filePaths: [] };
    expect(await openScenario(window)).toBeNull();
  });

  test.each([
    ['a folder', () => folder, 'is no file'],
    ['nothing', () => path.join(folder, 'gone.yaml'), 'gone.yaml could not be opened: it is not'],
    ['a device', () => '/dev/zero', 'zero is no file'],
    ['bytes', () => written('bytes.yaml', Buffer.from([0xff, 0xfe, 0x00])), 'no UTF-8 text'],
    ['20 MB', () => written('large.yaml', Buffer.alloc(20_000_001, 'x')), 'larger than the 20 MB'],
  ])('refuses %s', async (_what, place, says) => {
    const failure: unknown = await opened(place()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HostProblem);
    expect(String(failure)).toContain(says);
    expect(String(failure)).not.toContain(folder);
  });
});

function written(name: string, contents: Uint8Array): string {
  const place = path.join(folder, name);
  writeFileSync(place, contents);
  return place;
}

describe('saving', () => {
  test('replaces the text, again and again', async () => {
    const { scenario, saveScenario } = await opened();
    expect(await saveScenario(scenario.handle, 'new: 1\n')).toBe('saved');
    expect(await saveScenario(scenario.handle, 'new: 2\n')).toBe('saved');
    expect(readFileSync(file, 'utf8')).toBe('new: 2\n');
    expect(readdirSync(folder)).toEqual(['demo.cmr.yaml']);
  });

  test('keeps the file’s permissions', async () => {
    chmodSync(file, 0o600);
    const { scenario, saveScenario } = await opened();
    await saveScenario(scenario.handle, 'new\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('follows a link instead of replacing it', async () => {
    const link = path.join(folder, 'link.yaml');
    symlinkSync(file, link);
    const { scenario, saveScenario } = await opened(link);
    expect(await saveScenario(scenario.handle, 'new\n')).toBe('saved');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new\n');
  });

  test('saves asked for at once happen one after the other', async () => {
    const { scenario, saveScenario } = await opened();
    const texts = Array.from({ length: 20 }, (_, index) => `version: ${index}\n`);
    const outcomes = await Promise.all(texts.map((text) => saveScenario(scenario.handle, text)));
    expect(new Set(outcomes)).toEqual(new Set(['saved']));
    expect(readFileSync(file, 'utf8')).toBe('version: 19\n');
  });

  test.each([
    ['changed', () => writeFileSync(file, 'theirs\n')],
    ['removed', () => rmSync(file)],
    ['made a folder', () => (rmSync(file), mkdirSync(file))],
  ])('leaves a file alone that somebody else has %s', async (_how, change) => {
    const { scenario, saveScenario } = await opened();
    change();
    expect(await saveScenario(scenario.handle, 'ours\n')).toBe('changed on disk');
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) {
      expect(readFileSync(file, 'utf8')).toBe('theirs\n');
    }
  });

  test('a file touched without a change is not a changed one', async () => {
    const { scenario, saveScenario } = await opened();
    utimesSync(file, 1, 1);
    expect(await saveScenario(scenario.handle, 'new\n')).toBe('saved');
  });

  test('knows only handles it gave', async () => {
    const { saveScenario } = chosen();
    await expect(saveScenario(file, 'x')).rejects.toThrow('was not opened in this window');
    await expect(saveScenario('__proto__', 'x')).rejects.toThrow(HostProblem);
  });

  test('refuses a scenario too large to be opened again', async () => {
    const { scenario, saveScenario } = await opened();
    await expect(saveScenario(scenario.handle, 'x'.repeat(20_000_001))).rejects.toThrow('20 MB');
    expect(readFileSync(file, 'utf8')).toBe('old: ü\n');
  });

  test.each([
    ['open', 'EACCES', 'permission is missing'],
    ['open', 'ENOSPC', 'the disk is full'],
    ['open', 'EMFILE', 'too many files are open'],
    ['rename', 'EXDEV', 'it lies on another disk'],
    ['rename', 'EIO', 'the disk reports an error'],
    ['rename', 'EISDIR', 'it is a folder'],
    ['readdir', 'EROFS', 'the disk is read-only'],
    ['stat', 'EACCES', 'permission is missing'],
    ['realpath', 'ELOOP', 'its links lead in a circle'],
    ['rename', 'EUNHEARDOF', 'EUNHEARDOF'],
  ] as const)('%s fails with %s: the old text stays', async (operation, code, says) => {
    const { saveScenarioAs } = chosen(file, failing(operation, code));
    await expect(saveScenarioAs(window, 'demo.yaml', 'new\n')).rejects.toThrow(
      new HostProblem(`demo.cmr.yaml could not be saved: ${says}`),
    );
    expect(readFileSync(file, 'utf8')).toBe('old: ü\n');
    expect(readdirSync(folder)).toEqual(['demo.cmr.yaml']);
  });

  test('the disk fills up while writing: the old text stays, no remains', async () => {
    const full: FileSystem = {
      ...files,
      async open(place, flags, mode) {
        const handle = await files.open(place, flags, mode);
        handle.sync = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
        return handle;
      },
    };
    const { scenario, saveScenario } = await opened(file, full);
    await expect(saveScenario(scenario.handle, 'new\n')).rejects.toThrow('the disk is full');
    expect(readFileSync(file, 'utf8')).toBe('old: ü\n');
    expect(readdirSync(folder)).toEqual(['demo.cmr.yaml']);
  });

  test('after a failure the next save is tried afresh', async () => {
    let isBroken = true;
    const { scenario, saveScenario } = await opened(file, {
      ...files,
      rename: (from, to) =>
        isBroken ? failing('rename', 'EIO').rename(from, to) : files.rename(from, to),
    });
    await expect(saveScenario(scenario.handle, 'new\n')).rejects.toThrow(HostProblem);
    isBroken = false;
    expect(await saveScenario(scenario.handle, 'new\n')).toBe('saved');
  });

  test('removes what a killed process left an hour ago, and only that', async () => {
    const deadProcess = 2 ** 30;
    const names = [
      `.demo.cmr.yaml.${deadProcess}-a.ringscope-tmp`,
      `.demo.cmr.yaml.${process.pid}-b.ringscope-tmp`,
      `.other.yaml.${deadProcess}-c.ringscope-tmp`,
    ];
    for (const name of names) utimesSync(written(name, Buffer.from('part')), 1, 1);
    written(`.demo.cmr.yaml.${deadProcess}-d.ringscope-tmp`, Buffer.from('part'));
    const { scenario, saveScenario } = await opened();
    await saveScenario(scenario.handle, 'new\n');
    expect(readdirSync(folder).sort()).toEqual(
      [
        'demo.cmr.yaml',
        `.demo.cmr.yaml.${deadProcess}-d.ringscope-tmp`,
        `.demo.cmr.yaml.${process.pid}-b.ringscope-tmp`,
        `.other.yaml.${deadProcess}-c.ringscope-tmp`,
      ].sort(),
    );
  });
});

describe('saving elsewhere', () => {
  test('gives a handle to the new file', async () => {
    const place = path.join(folder, 'copy.cmr.yaml');
    const { saveScenarioAs, saveScenario, electron } = chosen(place);
    const saved = await saveScenarioAs(window, '../../etc/copy', 'one\n');
    expect(electron.suggested).toEqual(['-..-etc-copy']);
    expect(saved).toMatchObject({ name: 'copy.cmr.yaml', text: 'one\n' });
    expect(await saveScenario(saved?.handle ?? '', 'two\n')).toBe('saved');
    expect(readFileSync(place, 'utf8')).toBe('two\n');
  });

  test('writes nothing when the person changes their mind', async () => {
    const { saveScenarioAs, electron } = chosen();
    electron.saveAnswer = { canceled: true, filePath: '' };
    expect(await saveScenarioAs(window, 'x.yaml', 'new\n')).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe('old: ü\n');
  });
});

describe('exporting', () => {
  test('writes the bytes as they are', async () => {
    const place = path.join(folder, 'ladder.svg');
    const { exportFile } = chosen(place);
    const bytes = new Uint8Array([0, 255, 10]);
    expect(await exportFile(window, 'ladder.svg', bytes)).toBe('saved');
    expect(new Uint8Array(readFileSync(place))).toEqual(bytes);
  });

  test('writes nothing when the person changes their mind', async () => {
    const { exportFile, electron } = chosen();
    electron.saveAnswer = { canceled: true, filePath: '' };
    expect(await exportFile(window, 'ladder.svg', new Uint8Array())).toBe('cancelled');
  });

  test.each(['run.exe', 'run.sh', 'run.svg.desktop', 'run', '.svg'])('refuses %s', async (name) => {
    const { exportFile, electron } = chosen();
    await expect(exportFile(window, name, new Uint8Array())).rejects.toThrow(HostProblem);
    expect(electron.suggested).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['demo.cmr.yaml', 'demo.cmr.yaml'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\x\\y.svg', 'C--x-y.svg'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\nc\u202e.svg', 'a-b-c-.svg'],
    ['NUL.txt', 'ringscope-NUL.txt'],
    ['com1', 'ringscope-com1'],
    ['', 'ringscope'],
    ['...', 'ringscope'],
    ['x. ', 'x'],
    [`${'long'.repeat(100)}.svg`, `${'long'.repeat(19)}.svg`],
  ])('%j becomes %j', (suggested, name) => {
    expect(fileNameFrom(suggested)).toBe(name);
  });
});
