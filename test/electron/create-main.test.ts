import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test, vi } from 'vitest';

import { keyTable } from '../../renderer/words/keys.ts';
import { createMain } from '../../electron/create-main.ts';
import type { Surroundings } from '../../electron/create-main.ts';
import { FakeContents, fakeElectron, navigationTo, thePage } from './fake-electron.ts';
import type { FakeElectron, FakeOptions, FakeWindow } from './fake-electron.ts';

const surroundings: Surroundings = {
  pageFolder: '/nowhere/dist/renderer',
  preload: '/nowhere/dist/electron/preload.cjs',
  platform: 'linux',
  version: '1.2.3',
  files,
  now: () => 0,
  args: [],
  folder: '/nowhere',
};

async function started(
  options: FakeOptions = {},
  more: Partial<Surroundings> = {},
): Promise<FakeElectron> {
  const electron = fakeElectron(options);
  await createMain(electron, { ...surroundings, ...more });
  return electron;
}

function onlyWindow(electron: FakeElectron): FakeWindow {
  expect(electron.windows).toHaveLength(1);
  const [window] = electron.windows;
  if (window === undefined) throw new Error('there is no window');
  return window;
}

describe('the window', () => {
  test('is confined in every way Electron offers', async () => {
    const { options } = onlyWindow(await started());
    expect(options.webPreferences).toEqual({
      preload: '/nowhere/dist/electron/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      enableWebSQL: false,
      enableDeprecatedPaste: false,
      safeDialogs: true,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      autoplayPolicy: 'user-gesture-required',
      devTools: false,
    });
  });

  test('shows the page, and itself once the page is ready', async () => {
    const window = onlyWindow(await started());
    expect(window.loaded).toEqual(['app://ringscope/index.html']);
    expect(window.options.show).toBe(false);
    expect(window.calls).toEqual([]);
    window.emit('ready-to-show');
    expect(window.calls).toEqual(['show']);
  });

  test('has developer tools only where it is not packaged', async () => {
    const electron = await started({ isPackaged: false });
    expect(onlyWindow(electron).options.webPreferences?.devTools).toBe(true);
    const roles = JSON.stringify(electron.menus);
    expect(roles).toContain('toggleDevTools');
    expect(JSON.stringify((await started()).menus)).not.toMatch(/toggleDevTools|reload/i);
  });

  test('has the application menu on macOS only', async () => {
    const roles = async (platform: NodeJS.Platform) =>
      (await started({}, { platform })).menus[0]?.map((item) => item.role ?? item.label) ?? [];
    expect(await roles('darwin')).toEqual(['appMenu', ...(await roles('linux'))]);
    expect(await roles('linux')).toEqual([
      '&File',
      'editMenu',
      ...new Set(keyTable.map(({ group }) => group).filter((group) => group !== 'File')),
      '&View',
      'windowMenu',
    ]);
  });

  test('has every key of the table in its menus, and says to the page what was chosen', async () => {
    const electron = await started();
    await electron.ask('host.heed', thePage, null);
    const items = (electron.menus[0] ?? []).flatMap(({ submenu }) =>
      Array.isArray(submenu) ? submenu.filter(({ click }) => click !== undefined) : [],
    );
    expect(items).toHaveLength(keyTable.length);
    for (const item of items) {
      expect(item.registerAccelerator).toBe(false);
      item.click?.(undefined as never, undefined, undefined as never);
    }
    const told = onlyWindow(electron).webContents.sent.map(([, event]) => event);
    expect(new Set(told.map((event) => (event as { action: string }).action))).toEqual(
      new Set(keyTable.map(({ action }) => action)),
    );
  });

  test('takes no key away from a text field on macOS', async () => {
    const electron = await started({}, { platform: 'darwin' });
    const accelerators = (electron.menus[0] ?? []).flatMap(({ submenu }) =>
      Array.isArray(submenu) ? submenu.flatMap(({ accelerator }) => accelerator ?? []) : [],
    );
    expect(accelerators.length).toBeGreaterThan(2);
    for (const one of accelerators) expect(String(one)).toMatch(/^CommandOrControl\+/);
  });
});

describe('the application', () => {
  test('turns the sandbox on and registers its scheme before it is ready', async () => {
    const { app, schemes } = await started();
    expect(app.calls).toEqual(['enableSandbox', 'requestSingleInstanceLock', 'whenReady']);
    expect(schemes).toEqual([
      {
        scheme: 'app',
        privileges: {
          standard: true,
          secure: true,
          supportFetchAPI: true,
          stream: true,
          codeCache: true,
          bypassCSP: false,
          corsEnabled: false,
          allowServiceWorkers: false,
        },
      },
    ]);
  });

  test('leaves when it is started a second time', async () => {
    const { app, windows } = await started({ isFirst: false });
    expect(app.calls).toEqual(['enableSandbox', 'requestSingleInstanceLock', 'quit']);
    expect(windows).toEqual([]);
  });

  test('comes to the front when it is started again, and opens nothing unasked', async () => {
    const electron = await started();
    const window = onlyWindow(electron);
    window.minimized = true;
    electron.app.emit('second-instance', {}, ['ringscope', '/etc/passwd'], '/');
    expect(window.calls).toEqual(['restore', 'focus']);
    expect(electron.windows).toHaveLength(1);
    expect(window.loaded).toHaveLength(1);
  });

  test('ends with its last window, but on macOS waits to be asked for another', async () => {
    const elsewhere = await started();
    elsewhere.app.emit('window-all-closed');
    expect(elsewhere.app.calls).toContain('quit');

    const mac = await started({}, { platform: 'darwin' });
    mac.app.emit('activate');
    expect(mac.windows).toHaveLength(1);
    mac.app.emit('window-all-closed');
    expect(mac.app.calls).not.toContain('quit');
    mac.app.emit('activate');
    expect(mac.windows).toHaveLength(2);
  });

  test('refuses a server without a trusted certificate', async () => {
    const { app } = await started();
    const event = navigationTo('https://example.org');
    const decisions: boolean[] = [];
    app.emit('certificate-error', event, {}, event.url, 'net::ERR', {}, (trusted: boolean) =>
      decisions.push(trusted),
    );
    expect(event.isPrevented).toBe(true);
    expect(decisions).toEqual([false]);
  });

  test('loads the page again when its process dies, but not for ever', async () => {
    let now = 0;
    const electron = await started({}, { now: () => now });
    const window = onlyWindow(electron);
    now = 60_000;
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.loaded).toHaveLength(2);
    now = 61_000;
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(window.loaded).toHaveLength(2);
    expect(electron.errors).toHaveLength(1);
    now = 200_000;
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window.loaded).toHaveLength(2);
  });
});

describe('what the page gets', () => {
  test('its files, from the folder it was built into', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-main-'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
    const { fetchPage } = await started({}, { pageFolder: folder });
    const request = new Request('http://ignored.invalid/');
    Object.defineProperty(request, 'url', { value: 'app://ringscope/index.html' });
    const response = await fetchPage(request);
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    rmSync(folder, { recursive: true });
  });

  test('answers, with a dialog over its own window', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-main-'));
    const file = path.join(folder, 'demo.cmr.yaml');
    writeFileSync(file, 'name: demo\n');
    const electron = await started();
    electron.openAnswer = { canceled: false, filePaths: [file] };
    expect(await electron.ask('app.version', thePage, null)).toEqual({ ok: true, value: '1.2.3' });
    expect(await electron.ask('scenario.open', thePage, null)).toMatchObject({
      ok: true,
      value: { name: 'demo.cmr.yaml', text: 'name: demo\n' },
    });
    expect(electron.dialogsOver).toEqual(electron.windows);
    rmSync(folder, { recursive: true });
  });
});

describe('files from outside', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-outside-'));
  writeFileSync(path.join(folder, 'call.cmr.yaml'), 'title: call\n');
  writeFileSync(path.join(folder, 'run.cmrrun'), Buffer.from([0x50, 0x4b]));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the page was told, once it listens. */
  async function told(electron: FakeElectron, count: number): Promise<unknown[]> {
    await electron.ask('host.heed', thePage, null);
    const { sent } = onlyWindow(electron).webContents;
    await vi.waitFor(() => expect(sent).toHaveLength(count));
    return sent.map(([channel, event]) => (expect(channel).toBe('host.event'), event));
  }

  test('a start with a file opens it, when the page listens', async () => {
    const more = { args: ['--flag', 'call.cmr.yaml'], folder };
    const electron = await started({ userData: folder }, more);
    expect(await told(electron, 1)).toMatchObject([
      { kind: 'open', file: { name: 'call.cmr.yaml', text: 'title: call\n' } },
    ]);
    expect(await electron.ask('scenario.recent', thePage, null)).toEqual({
      ok: true,
      value: [{ id: '0', name: 'call.cmr.yaml' }],
    });
    expect(await electron.ask('scenario.openRecent', thePage, { id: '0' })).toMatchObject({
      ok: true,
      value: { name: 'call.cmr.yaml' },
    });
  });

  test('a second start, and macOS, open theirs; a bundle comes as bytes', async () => {
    const electron = await started({ userData: folder });
    electron.app.emit('second-instance', {}, ['ringscope', 'run.cmrrun'], folder);
    const event = navigationTo('');
    electron.app.emit('open-file', event, path.join(folder, 'call.cmr.yaml'));
    expect(event.isPrevented).toBe(true);
    const names = (await told(electron, 2)).map(
      (one) => (one as { file: { name: string; bundle?: Uint8Array } }).file,
    );
    expect(names.map(({ name }) => name).sort()).toEqual(['call.cmr.yaml', 'run.cmrrun']);
    const { bundle } = names.find(({ name }) => name === 'run.cmrrun') ?? {};
    expect([...(bundle ?? [])]).toEqual([0x50, 0x4b]);
  });

  test('what cannot be read is said, and what is no scenario is not touched', async () => {
    const electron = await started({ userData: folder });
    electron.app.emit('second-instance', {}, ['ringscope', '/etc/passwd'], folder);
    electron.app.emit('second-instance', {}, ['ringscope', 'gone.cmr.yaml'], folder);
    expect(await told(electron, 1)).toEqual([
      { kind: 'problem', says: 'gone.cmr.yaml could not be opened: it is not there' },
    ]);
  });
});

describe('what a page could ask for', () => {
  async function confinedContents(): Promise<FakeContents> {
    const electron = await started();
    const contents = new FakeContents();
    electron.app.emit('web-contents-created', {}, contents);
    return contents;
  }

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    '%s: only to the page itself',
    async (name) => {
      const contents = await confinedContents();
      const outcomes = [
        'app://ringscope/index.html',
        'app://ringscope.example.org/',
        'app://ringscope@example.org/',
        'app://other/index.html',
        'https://example.org/',
        'file:///etc/passwd',
        'file://server/share',
        'javascript:alert(1)',
        'data:text/html,x',
        'about:blank',
      ].map((url) => {
        const navigation = navigationTo(url);
        contents.emit(name, navigation);
        return navigation.isPrevented;
      });
      expect(outcomes).toEqual([false, ...Array<boolean>(9).fill(true)]);
    },
  );

  test('no window, no webview, no Bluetooth device', async () => {
    const contents = await confinedContents();
    const handler = contents.windowOpenHandler;
    expect(handler?.({ url: 'app://ringscope/' } as never)).toEqual({ action: 'deny' });
    const webview = navigationTo('');
    contents.emit('will-attach-webview', webview);
    expect(webview.isPrevented).toBe(true);
    const chosen: string[] = [];
    contents.emit('select-bluetooth-device', webview, [], (id: string) => chosen.push(id));
    expect(chosen).toEqual(['']);
  });

  test('no permission, device, screen or pairing', async () => {
    const { defaultSession } = (await started()).session;
    const granted: unknown[] = [];
    const take = (answer: unknown): void => void granted.push(answer);
    const nothing = {} as never;
    defaultSession.permissionRequest?.(nothing, 'media', take, nothing);
    defaultSession.permissionRequest?.(nothing, 'geolocation', take, nothing);
    defaultSession.displayMedia?.(nothing, take);
    defaultSession.bluetooth?.(nothing, take);
    expect(granted).toEqual([false, false, {}, { confirmed: false }]);
    expect(defaultSession.permissionCheck?.(null, 'media', 'app://ringscope', nothing)).toBe(false);
    expect(defaultSession.devicePermission?.(nothing)).toBe(false);
    expect(defaultSession.spellChecker).toBe(false);
  });

  test.each(['will-download', 'select-hid-device', 'select-serial-port', 'select-usb-device'])(
    'no %s',
    async (name) => {
      const event = navigationTo('');
      (await started()).session.defaultSession.emit(name, event);
      expect(event.isPrevented).toBe(true);
    },
  );

  test.each([
    ['app://ringscope/assets/index.js', true],
    ['blob:app://ringscope/7f0e', true],
    ['blob:https://example.org/7f0e', false],
    ['https://example.org/', false],
    ['http://127.0.0.1:8080/', false],
    ['ws://127.0.0.1:8080/', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/inspector.html', false],
  ])('requests: %s → %s', async (url, isAllowed) => {
    const decisions: { cancel: boolean }[] = [];
    const { defaultSession } = (await started()).session;
    defaultSession.beforeRequest?.({ url }, (decision) => decisions.push(decision));
    expect(decisions).toEqual([{ cancel: !isAllowed }]);
  });

  test('developer tools may load themselves where they are offered', async () => {
    const { defaultSession } = (await started({ isPackaged: false })).session;
    const decisions: { cancel: boolean }[] = [];
    defaultSession.beforeRequest?.({ url: 'devtools://devtools/x.html' }, (decision) =>
      decisions.push(decision),
    );
    expect(decisions).toEqual([{ cancel: false }]);
  });
});
