import type { FileSystem } from './atomic-write.ts';
import { pageAddress, pageScheme, servePage } from './app-protocol.ts';
import { confineContents, confineSession, refuseCertificate } from './denials.ts';
import type { ElectronParts, WindowPart } from './electron-parts.ts';
import { createChosenFiles } from './files.ts';
import { answerThePage } from './ipc.ts';
import { applicationMenu } from './menu.ts';
import { windowOptions } from './window-options.ts';

/** What the main process finds on this machine. */
export interface Surroundings {
  /** The built page, absolute. */
  readonly pageFolder: string;
  /** The built preload script, absolute. */
  readonly preload: string;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly files: FileSystem;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

/** A page that dies again so soon after it was loaded would die forever. */
const reloadAgainAfterMilliseconds = 10_000;

/**
 * The whole main process: one confined window that shows the built page and may ask for files.
 * @param electron the electron module, or one that tests look into
 * @returns when the window was told to load; rejected where it could not
 */
export async function createMain<Window extends WindowPart, Menu>(
  electron: ElectronParts<Window, Menu>,
  surroundings: Surroundings,
): Promise<void> {
  const { app, protocol, session, ipcMain, dialog } = electron;
  const developerTools = !app.isPackaged;
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([pageScheme]);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  let window: Window | null = null;
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  app.on('certificate-error', refuseCertificate);
  // What the second start was asked to open is not looked at: files come by the dialog only.
  app.on('second-instance', () => bringToFront(window));
  app.on('window-all-closed', () => {
    window = null;
    if (surroundings.platform !== 'darwin') app.quit();
  });

  await app.whenReady();
  confineSession(session.defaultSession, developerTools);
  protocol.handle('app', servePage(surroundings.pageFolder));
  answerThePage(
    ipcMain,
    createChosenFiles(dialog, surroundings.files),
    () => openWindowIn(window),
    surroundings.version,
  );
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(applicationMenu(surroundings.platform, developerTools)),
  );

  const open = async (): Promise<void> => {
    const opened = new electron.BrowserWindow(windowOptions(surroundings.preload, developerTools));
    window = opened;
    opened.on('ready-to-show', () => opened.show());
    reloadWhenGone(opened, surroundings.now, () =>
      dialog.showErrorBox('Ringscope', 'The page stopped twice in a row; please start again.'),
    );
    await opened.loadURL(pageAddress);
  };
  // macOS keeps the application when its last window closes, and asks for one again.
  app.on('activate', () => {
    if (window === null) open().catch((error: unknown) => console.error(error));
  });
  await open();
}

function bringToFront(window: WindowPart | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Only an open window's page can have asked. */
function openWindowIn<Window>(window: Window | null): Window {
  if (window === null) throw new Error('the page asked without a window');
  return window;
}

function reloadWhenGone(window: WindowPart, now: () => number, giveUp: () => void): void {
  let lastLoad = now();
  window.webContents.on('render-process-gone', (_event, gone) => {
    if (gone.reason === 'clean-exit') return;
    const isAgain = now() - lastLoad < reloadAgainAfterMilliseconds;
    lastLoad = now();
    if (isAgain) {
      giveUp();
      return;
    }
    window.loadURL(pageAddress).catch((error: unknown) => console.error(error));
  });
}
