import { Visitor } from 'vite';
import type { ESTree } from 'vite';
import { describe, expect, test } from 'vitest';

import { lineOf, parseSource, readSources } from '../architecture/source-files.ts';
import type { SourceFile } from '../architecture/source-files.ts';

/** Where each of the sharp tools may be used, and nowhere else. */
const allowedPlaces: Readonly<Record<string, readonly string[]>> = {
  'new BrowserWindow': ['electron/create-main.ts'],
  '.loadURL': ['electron/create-main.ts'],
  '.loadFile': [],
  '.handle': ['electron/create-main.ts', 'electron/ipc.ts'],
  '.openExternal': [],
  '.openPath': [],
  '.exposeInMainWorld': ['electron/preload.ts'],
  '.executeJavaScript': [],
  '.insertAdjacentHTML': [],
  '.innerHTML': [],
  '.outerHTML': [],
  '.setHTMLUnsafe': [],
  '.createContextualFragment': [],
  '.parseFromString': [],
  '.nativeImage': [],
  dangerouslySetInnerHTML: [],
  eval: [],
  Function: [],
};

/** The tools that only the Electron host could misuse: elsewhere the words mean something else. */
const onlyInHost = new Set(['.handle', 'new BrowserWindow', '.loadURL', '.loadFile']);

/** @returns a sentence for each sharp tool used where it may not be */
function misuses(file: SourceFile): string[] {
  const found: { name: string; offset: number }[] = [];
  const note = (name: string, { start }: ESTree.Span): void => {
    found.push({ name, offset: start });
  };
  new Visitor({
    NewExpression(node) {
      const name = lastName(node.callee);
      if (name === 'BrowserWindow') note('new BrowserWindow', node);
      if (name === 'Function') note('Function', node);
    },
    CallExpression(node) {
      const name = lastName(node.callee);
      if (name === 'eval' || name === 'Function') note(name, node);
    },
    MemberExpression(node) {
      const { property } = node;
      if (property.type === 'Identifier') note(`.${property.name}`, node);
      if (property.type === 'Literal') note(`.${String(property.value)}`, node);
    },
    JSXAttribute(node) {
      if (node.name.type === 'JSXIdentifier') note(node.name.name, node);
    },
  }).visit(file.program);
  const isHost = file.place.startsWith('electron/');
  return found
    .filter(({ name }) => isHost || !onlyInHost.has(name))
    .filter(({ name }) => Object.hasOwn(allowedPlaces, name))
    .filter(({ name }) => allowedPlaces[name]?.includes(file.place) !== true)
    .map(({ name, offset }) => `${file.place}:${lineOf(file.text, offset)}: ${name}`);
}

function lastName(callee: ESTree.Expression): string | null {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return null;
  return callee.property.name;
}

describe('the sources', () => {
  const files = readSources().filter(({ place }) => /^(?:electron|renderer)\//.test(place));

  test('use the sharp tools only where they are guarded', () => {
    expect(files.flatMap((file) => misuses(file))).toEqual([]);
  });

  test('load one address, which is a constant', () => {
    const [main] = files.filter(({ place }) => place === 'electron/create-main.ts');
    const loads = [...(main?.text.matchAll(/\.loadURL\(([^)]*)\)/g) ?? [])];
    expect(loads.map(([, argument]) => argument)).toEqual(['pageAddress', 'pageAddress']);
  });

  test('import electron at run time only where it is handed on', () => {
    const importing = files.filter(({ imports }) =>
      imports.some(({ specifier, isTypeOnly }) => specifier === 'electron' && !isTypeOnly),
    );
    expect(importing.map(({ place }) => place)).toEqual([
      'electron/main.ts',
      'electron/preload.ts',
    ]);
  });
});

describe('the audit itself, on planted misuses', () => {
  test.each([
    ['electron/menu.ts', `new electron.BrowserWindow({});`],
    ['electron/menu.ts', `ipcMain.handle('x', f);`],
    ['electron/menu.ts', `shell.openExternal(url);`],
    ['electron/menu.ts', `window.loadURL(url);`],
    ['electron/files.ts', `contextBridge.exposeInMainWorld('x', {});`],
    ['renderer/panels/a.tsx', `element.innerHTML = text;`],
    ['renderer/panels/a.tsx', `element['innerHTML'] = text;`],
    ['renderer/panels/a.tsx', `export const X = () => <p dangerouslySetInnerHTML={y} />;`],
    ['renderer/panels/a.tsx', `new DOMParser().parseFromString(text, 'text/html');`],
    ['renderer/panels/a.tsx', `eval(text);`],
    ['renderer/panels/a.tsx', `new Function(text);`],
  ])('%s: %s', (place, text) => {
    expect(misuses(parseSource(place, text))).toHaveLength(1);
  });
});
