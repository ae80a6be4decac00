import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  MenuItemConstructorOptions,
  OpenDialogOptions,
  OpenDialogReturnValue,
  Protocol,
  SaveDialogOptions,
  SaveDialogReturnValue,
  Session,
  WebContents,
} from 'electron';

/** An event whose default can be prevented. */
export interface Preventable {
  preventDefault(): void;
}

/** A navigation about to happen, by whichever of the three names. */
export interface Navigation extends Preventable {
  readonly url: string;
}

export interface AppPart extends Pick<
  App,
  'enableSandbox' | 'getPath' | 'isPackaged' | 'quit' | 'requestSingleInstanceLock' | 'whenReady'
> {
  on(event: 'activate' | 'window-all-closed', listener: () => void): unknown;
  on(
    event: 'second-instance',
    listener: (event: Preventable, args: string[], folder: string) => void,
  ): unknown;
  on(event: 'open-file', listener: (event: Preventable, file: string) => void): unknown;
  on(
    event: 'web-contents-created',
    listener: (event: Preventable, contents: ContentsPart) => void,
  ): unknown;
  on(
    event: 'certificate-error',
    listener: (
      event: Preventable,
      contents: unknown,
      url: string,
      error: string,
      certificate: unknown,
      decide: (trusted: boolean) => void,
    ) => void,
  ): unknown;
}

export interface ContentsPart extends Pick<WebContents, 'setWindowOpenHandler'> {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (navigation: Navigation) => void,
  ): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  on(
    event: 'select-bluetooth-device',
    listener: (event: Preventable, devices: unknown, choose: (device: string) => void) => void,
  ): unknown;
}

export interface SessionPart extends Pick<
  Session,
  | 'setBluetoothPairingHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
> {
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string },
        decide: (decision: { cancel: boolean }) => void,
      ) => void,
    ): void;
  };
  on(
    event: 'will-download' | 'select-hid-device' | 'select-serial-port' | 'select-usb-device',
    listener: (event: Preventable) => void,
  ): unknown;
}

/** The window as far as the main process uses it. */
export interface WindowPart extends Pick<
  BrowserWindow,
  'focus' | 'isMinimized' | 'loadURL' | 'restore' | 'show'
> {
  readonly webContents: Pick<WebContents, 'printToPDF' | 'send'> & {
    on(
      event: 'render-process-gone',
      listener: (event: Preventable, gone: { readonly reason: string }) => void,
    ): unknown;
  };
  on(event: 'ready-to-show', listener: () => void): unknown;
}

/** Who asked over IPC: the frame is null when it has gone away in the meantime. */
export interface AskingEvent {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

export interface IpcPart {
  handle(
    channel: string,
    listener: (event: AskingEvent, ...args: unknown[]) => Promise<unknown>,
  ): void;
}

export interface DialogPart<Window> extends Pick<Dialog, 'showErrorBox'> {
  showOpenDialog(window: Window, options: OpenDialogOptions): Promise<OpenDialogReturnValue>;
  showSaveDialog(window: Window, options: SaveDialogOptions): Promise<SaveDialogReturnValue>;
}

/**
 * The electron module as far as it is used. The real one fits (main.ts proves it to the compiler),
 * and so does the one the tests make, which is why neither can drift from the other.
 */
export interface ElectronParts<Window extends WindowPart, Menu> {
  readonly app: AppPart;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => Window;
  readonly dialog: DialogPart<Window>;
  readonly ipcMain: IpcPart;
  readonly Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu): void;
  };
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
  readonly session: { readonly defaultSession: SessionPart };
}
