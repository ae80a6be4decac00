import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { connectAuthoring, type AuthoringPort } from '../../../renderer/authoring/client.ts';
import type { FromAuthoring, ToAuthoring } from '../../../renderer/authoring/protocol.ts';
import { pack, unpack } from '../../../renderer/authoring/worker/bundles.ts';
import { checkText, setInText, templates } from '../../../renderer/authoring/worker/texts.ts';
import { draftId, draftIn } from '../../../renderer/actions/drafts.ts';

function port() {
  const asked: ToAuthoring[] = [];
  const listeners = new Map<string, (event: never) => void>();
  const made: AuthoringPort = {
    postMessage: (message) => void asked.push(message),
    addEventListener: (kind: string, listener: (event: never) => void) =>
      void listeners.set(kind, listener),
  };
  const answer = (data: FromAuthoring): void => listeners.get('message')?.({ data } as never);
  const die = (message: string): void => listeners.get('error')?.({ message } as never);
  return { made, asked, answer, die };
}

test('answers find whoever asked, in any order, and refusals are errors', async () => {
  const { made, asked, answer } = port();
  const authoring = connectAuthoring(() => made);
  const format = authoring.ask('format', { text: 'a' });
  const set = authoring.ask('set', { text: 'a', path: 'b', value: 'c' });
  expect(asked.map(({ deed }) => deed)).toEqual(['format', 'set']);
  answer({ id: 2, refused: 'no such path' });
  answer({ id: 1, answer: 'formatted' });
  expect(await format).toBe('formatted');
  await expect(set).rejects.toThrow('no such path');
});

test('a worker that dies leaves nobody waiting, and the next question starts another', async () => {
  const first = port();
  const second = port();
  const ports = [first.made, second.made];
  const authoring = connectAuthoring(() => ports.shift() ?? second.made);
  const lost = authoring.ask('templates', null);
  first.die('it crashed');
  await expect(lost).rejects.toThrow('it crashed');
  const again = authoring.ask('templates', null);
  second.answer({ id: 2, answer: [] });
  expect(await again).toEqual([]);
});

test('every template runs as it is', () => {
  const all = templates();
  expect(all.length).toBeGreaterThan(1);
  for (const { text, fileName } of all) expect(checkText(fileName, text)).toEqual([]);
});

test('a bundle holds the run with its changes, and opens as the same', () => {
  const [template] = templates();
  const { fileName: name = '', text = '' } = template ?? {};
  const settings = [{ path: 'links.a.latency', value: '55ms' }];
  const faults = ['drop the 1st 200 of client-b'];
  const opened = unpack(pack({ name, text, seed: 7, settings, faults, choices: [] }));
  expect(opened).toMatchObject({ name, seed: 7, faults, choices: [], differs: null });
  expect(opened.text).toContain('latency: 55ms');
  expect(() => unpack(new Uint8Array([1, 2, 3]))).toThrow('no run bundle');
  expect(() => setInText(text, 'links.q.latency', '1ms')).toThrow('no path');
});

test('a bundle whose run chose otherwise than its seed says which choices those are', () => {
  const name = 'one-datagram-in-ten-lost.cmr.yaml';
  const text = readFileSync(`scenarios/loss/ls-21-${name}`, 'utf8');
  const made = { name, text, seed: null, settings: [], faults: [] };
  const opened = unpack(pack({ ...made, choices: ['3=yes'] }));
  expect(opened).toMatchObject({ choices: ['3=yes'], differs: null });
  expect(unpack(pack({ ...made, choices: [] }))).toMatchObject({ choices: [], differs: null });
});

test('drafts have names for files, and only whole drafts are taken up', () => {
  expect(draftId('continue/as-in-the-figure')).toMatch(/^[a-z0-9-]{1,60}$/);
  expect(draftId('opened/Ä b.cmr.yaml')).toMatch(/^[a-z0-9-]{1,60}$/);
  expect(draftId('opened/a')).not.toBe(draftId('opened/b'));
  const draft = { key: 'k', fileName: 'f', folder: 'o', text: 'new', saved: 'old' };
  expect(draftIn({ id: 'x', text: JSON.stringify(draft) })).toEqual(draft);
  expect(draftIn({ id: 'x', text: JSON.stringify(draft).slice(0, -3) })).toBeNull();
  expect(draftIn({ id: 'x', text: JSON.stringify({ ...draft, saved: 'new' }) })).toBeNull();
  expect(draftIn({ id: 'x', text: '{"key": 1}' })).toBeNull();
});
