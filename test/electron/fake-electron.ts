import { EventEmitter } from 'node:events';

import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  OpenDialogReturnValue,
  SaveDialogReturnValue,
} from 'electron';

import type {
  AskingEvent,
  ElectronParts,
  SessionPart,
  WindowPart,
} from '../../electron/electron-parts.ts';

/** What the window would be told to refuse or allow. */
export interface Prevented {
  readonly url: string;
  isPrevented: boolean;
  preventDefault(): void;
}

export function navigationTo(url: string): Prevented {
  return {
    url,
    isPrevented: false,
    preventDefault() {
      this.isPrevented = true;
    },
  };
}

export class FakeContents extends EventEmitter {
  windowOpenHandler: Parameters<WindowOpener>[0] | null = null;
  /** What the page was told. */
  readonly sent: unknown[][] = [];
  send(...args: unknown[]): void {
    this.sent.push(args);
  }
  printToPDF(): Promise<Buffer> {
    return Promise.resolve(Buffer.from('%PDF-1.4'));
  }
  setWindowOpenHandler(handler: Parameters<WindowOpener>[0]): void {
    this.windowOpenHandler = handler;
  }
}

type WindowOpener = Electron.WebContents['setWindowOpenHandler'];

export class FakeWindow extends EventEmitter implements WindowPart {
  readonly webContents = new FakeContents();
  readonly loaded: string[] = [];
  readonly calls: string[] = [];
  minimized = false;
  readonly options: BrowserWindowConstructorOptions;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.calls.push('restore');
  }
}

/** Keeps what the main process set, so that a test can ask it. */
class FakeSession extends EventEmitter implements SessionPart {
  permissionRequest: Parameters<SessionPart['setPermissionRequestHandler']>[0] = null;
  permissionCheck: Parameters<SessionPart['setPermissionCheckHandler']>[0] = null;
  devicePermission: Parameters<SessionPart['setDevicePermissionHandler']>[0] = null;
  displayMedia: Parameters<SessionPart['setDisplayMediaRequestHandler']>[0] = null;
  bluetooth: Parameters<SessionPart['setBluetoothPairingHandler']>[0] = null;
  spellChecker = true;
  beforeRequest: Parameters<SessionPart['webRequest']['onBeforeRequest']>[0] | null = null;
  readonly webRequest: SessionPart['webRequest'] = {
    onBeforeRequest: (listener) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: typeof this.devicePermission): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: typeof this.displayMedia): void {
    this.displayMedia = handler;
  }
  setBluetoothPairingHandler(handler: typeof this.bluetooth): void {
    this.bluetooth = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }
}

class FakeApp extends EventEmitter {
  readonly calls: string[] = [];
  readonly isPackaged: boolean;
  readonly isFirst: boolean;
  constructor(isPackaged: boolean, isFirst: boolean) {
    super();
    this.isPackaged = isPackaged;
    this.isFirst = isFirst;
  }
  enableSandbox(): void {
    this.calls.push('enableSandbox');
  }
  userData = '/nowhere/user-data';
  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`nobody asks for ${name}`);
    return this.userData;
  }
  quit(): void {
    this.calls.push('quit');
  }
  requestSingleInstanceLock(): boolean {
    this.calls.push('requestSingleInstanceLock');
    return this.isFirst;
  }
  whenReady(): Promise<void> {
    this.calls.push('whenReady');
    return Promise.resolve();
  }
}

/** A stand-in for the electron module, and what it was told. */
export interface FakeElectron extends ElectronParts<FakeWindow, MenuItemConstructorOptions[]> {
  readonly app: FakeApp & ElectronParts<FakeWindow, unknown>['app'];
  readonly session: { readonly defaultSession: FakeSession };
  readonly windows: FakeWindow[];
  readonly schemes: CustomScheme[];
  readonly menus: MenuItemConstructorOptions[][];
  readonly errors: string[];
  /** What the next dialogs are answered with. */
  openAnswer: OpenDialogReturnValue;
  saveAnswer: SaveDialogReturnValue;
  /** What the dialogs suggested as the file's name. */
  readonly suggested: (string | undefined)[];
  ask(channel: string, event: AskingEvent, ...args: unknown[]): Promise<unknown>;
  /** The windows that dialogs were opened over. */
  readonly dialogsOver: FakeWindow[];
  readonly channels: string[];
  fetchPage(request: Request): Promise<Response>;
}

export interface FakeOptions {
  readonly isPackaged?: boolean;
  readonly isFirst?: boolean;
  readonly userData?: string;
}

export function fakeElectron({
  isPackaged = true,
  isFirst = true,
  userData,
}: FakeOptions = {}): FakeElectron {
  const windows: FakeWindow[] = [];
  const listeners = new Map<string, Parameters<FakeElectron['ipcMain']['handle']>[1]>();
  const pageHandlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const fake: FakeElectron = {
    app: new FakeApp(isPackaged, isFirst),
    session: { defaultSession: new FakeSession() },
    windows,
    schemes: [],
    menus: [],
    errors: [],
    openAnswer: { canceled: true, filePaths: [] },
    saveAnswer: { canceled: true, filePath: '' },
    suggested: [],
    dialogsOver: [],
    BrowserWindow: class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
      }
    },
    dialog: {
      showErrorBox: (_title, content) => fake.errors.push(content),
      showOpenDialog: (window) => {
        fake.dialogsOver.push(window);
        return Promise.resolve(fake.openAnswer);
      },
      showSaveDialog: (window, options) => {
        fake.dialogsOver.push(window);
        fake.suggested.push(options.defaultPath);
        return Promise.resolve(fake.saveAnswer);
      },
    },
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    Menu: {
      buildFromTemplate: (template) => template,
      setApplicationMenu: (menu) => void fake.menus.push(menu),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes) => void fake.schemes.push(...schemes),
      handle: (scheme, handler) => void pageHandlers.set(scheme, handler),
    },
    async ask(channel, event, ...args) {
      const listener = listeners.get(channel);
      if (listener === undefined) throw new Error(`nobody listens to ${channel}`);
      return listener(event, ...args);
    },
    get channels() {
      return [...listeners.keys()];
    },
    async fetchPage(request) {
      const handler = pageHandlers.get('app');
      if (handler === undefined) throw new Error('nobody serves app:');
      return handler(request);
    },
  };
  if (userData !== undefined) fake.app.userData = userData;
  return fake;
}

/** The page itself, as the sender of a question. */
export const thePage: AskingEvent = {
  senderFrame: { url: 'app://ringscope/index.html', parent: null },
};
