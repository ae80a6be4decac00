import { createContext, runInContext } from 'node:vm';

import { beforeAll, describe, expect, test } from 'vitest';

import type { HostBridge } from '../../renderer/host/host-bridge.ts';
import { builtBundle } from './built.ts';

/** What the sandbox of a preload script has, as far as ours could want it. */
function runPreload(text: string, answer: unknown) {
  const required: string[] = [];
  const invoked: unknown[][] = [];
  const exposed: Record<string, HostBridge> = {};
  const listeners = new Map<string, (event: unknown, told: unknown) => void>();
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: HostBridge) => void (exposed[name] = api),
    },
    ipcRenderer: {
      invoke: (...args: unknown[]) => (invoked.push(args), Promise.resolve(answer)),
      on: (channel: string, listener: (event: unknown, told: unknown) => void) => {
        listeners.set(channel, listener);
      },
    },
  };
  const require = (name: string): unknown => {
    required.push(name);
    if (name !== 'electron') throw new Error(`a sandboxed preload script has no ${name}`);
    return electron;
  };
  runInContext(text, createContext({ require, exports: {}, module: { exports: {} } }));
  const { hostBridge } = exposed;
  if (hostBridge === undefined) throw new Error('no hostBridge was exposed');
  return { hostBridge, exposed, required, invoked, electron, listeners };
}

describe('the preload script', () => {
  let text = '';
  beforeAll(async () => {
    text = (await builtBundle('preload')).text;
  });

  test('exposes the host bridge and nothing else', () => {
    const { exposed, hostBridge, required } = runPreload(text, { ok: true, value: null });
    expect(Object.keys(exposed)).toEqual(['hostBridge']);
    expect(Object.keys(hostBridge).sort()).toEqual([
      'drafts',
      'dropDraft',
      'exportFile',
      'heed',
      'keepDraft',
      'openRecent',
      'openScenario',
      'platform',
      'printPage',
      'recentFiles',
      'saveScenario',
      'saveScenarioAs',
      'version',
    ]);
    expect(hostBridge.platform).toBe('electron');
    expect(Object.isFrozen(hostBridge)).toBe(true);
    expect(required).toEqual(['electron']);
  });

  test('asks over the fixed channels only, with plain data', async () => {
    const { hostBridge, invoked } = runPreload(text, { ok: true, value: 'saved' });
    const contents = new Uint8Array([1]);
    await hostBridge.openScenario();
    expect(await hostBridge.saveScenario('h', 't')).toBe('saved');
    await hostBridge.saveScenarioAs('n', 't');
    await hostBridge.exportFile('n.svg', contents);
    await hostBridge.version();
    // The arguments were made in the other context: compared by what they hold.
    expect(JSON.stringify(invoked)).toBe(
      JSON.stringify([
        ['scenario.open', null],
        ['scenario.save', { handle: 'h', text: 't' }],
        ['scenario.saveAs', { suggestedName: 'n', text: 't' }],
        ['export.save', { suggestedName: 'n.svg', contents }],
        ['app.version', null],
      ]),
    );
  });

  test('hears one channel, and hands on what was told without the event it came with', () => {
    const { hostBridge, listeners, invoked } = runPreload(text, { ok: true, value: 'told' });
    const heard: unknown[][] = [];
    hostBridge.heed((...args: unknown[]) => void heard.push(args));
    expect([...listeners.keys()]).toEqual(['host.event']);
    expect(JSON.stringify(invoked)).toBe(JSON.stringify([['host.heed', null]]));
    listeners.get('host.event')?.({ sender: 'ipc' }, { kind: 'menu', action: 'save' });
    expect(heard).toEqual([[{ kind: 'menu', action: 'save' }]]);
  });

  test('makes an error of a refusal, with the sentence to show', async () => {
    const { hostBridge } = runPreload(text, { ok: false, says: 'the disk is full' });
    await expect(hostBridge.saveScenario('h', 't')).rejects.toMatchObject({
      message: 'the disk is full',
    });
  });

  test('gives no way to ipcRenderer', () => {
    const { hostBridge, electron } = runPreload(text, { ok: true, value: null });
    for (const value of Object.values(hostBridge)) {
      expect(value).not.toBe(electron.ipcRenderer.invoke);
      expect(['function', 'string']).toContain(typeof value);
    }
  });

  test('stays small enough to be read in one go', () => {
    expect(text.split('\n').length).toBeLessThan(60);
  });
});
