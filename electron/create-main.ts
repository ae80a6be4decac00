import type { FileSystem } from './atomic-write.ts';
import { pageAddress, pageScheme, servePage } from './app-protocol.ts';
import type { HostEvent } from '../renderer/host/host-bridge.ts';
import { confineContents, confineSession, refuseCertificate } from './denials.ts';
import type { ElectronParts, WindowPart } from './electron-parts.ts';
import { hostEvents } from './channels.ts';
import { fileArgument, hasKnownEnding } from './file-argument.ts';
import { createChosenFiles, type ChosenFiles } from './files.ts';
import { HostProblem } from './host-problem.ts';
import type { KeyAction } from '../renderer/words/keys.ts';
import { answerThePage } from './ipc.ts';
import { applicationMenu } from './menu.ts';
import { createShelf } from './shelf.ts';
import { windowOptions } from './window-options.ts';

/** What the main process finds on this machine. */
export interface Surroundings {
  /** The built page, absolute. */
  readonly pageFolder: string;
  /** The built preload script, absolute. */
  readonly preload: string;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  /** What the start was given beside the program, and where it was made. */
  readonly args: readonly string[];
  readonly folder: string;
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
  const { app, protocol, session, dialog } = electron;
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
  const page = tellingThePage(() => window);
  const asked: string[] = [];
  let opens: (file: string) => void = (file) => void asked.push(file);
  app.on('second-instance', (_event, args, folder) => {
    bringToFront(window);
    const file = fileArgument(args.slice(1), folder);
    if (file !== null) opens(file);
  });
  // macOS says so of a file that was opened with the application, before it is ready too.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (hasKnownEnding(file)) opens(file);
  });
  app.on('window-all-closed', () => {
    window = null;
    if (surroundings.platform !== 'darwin') app.quit();
  });

  await app.whenReady();
  confineSession(session.defaultSession, developerTools);
  protocol.handle('app', servePage(surroundings.pageFolder));
  const files = serveThePage(electron, surroundings, () => openWindowIn(window), page);
  opens = (file) => void openFromOutside(files, file, (event) => page.tell(event));
  const first = fileArgument(surroundings.args, surroundings.folder);
  for (const file of first === null ? asked : [...asked, first]) opens(file);

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

/** Answers what the page asks, and gives it its menu. */
function serveThePage<Window extends WindowPart, Menu>(
  { app, dialog, ipcMain, Menu: menus }: ElectronParts<Window, Menu>,
  surroundings: Surroundings,
  windowOf: () => Window,
  page: WayToThePage,
): ChosenFiles<Window> {
  const shelf = createShelf(surroundings.files, app.getPath('userData'));
  const files: ChosenFiles<Window> = createChosenFiles(dialog, surroundings.files, (place) =>
    shelf.remember(place),
  );
  answerThePage(ipcMain, {
    files,
    shelf,
    windowOf,
    print: ({ webContents }) =>
      webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }),
    heeded: () => page.heeded(),
    version: surroundings.version,
  });
  const choose = (action: KeyAction): void => page.tell({ kind: 'menu', action });
  const template = applicationMenu(surroundings.platform, !app.isPackaged, choose);
  menus.setApplicationMenu(menus.buildFromTemplate(template));
  return files;
}

/** What happens before the page listens waits until it does. */
interface WayToThePage {
  tell(event: HostEvent): void;
  heeded(): void;
}

function tellingThePage(windowOf: () => WindowPart | null): WayToThePage {
  const waiting: HostEvent[] = [];
  let listens = false;
  return {
    tell(event) {
      const window = windowOf();
      if (listens && window !== null) window.webContents.send(hostEvents, event);
      else waiting.push(event);
    },
    heeded() {
      listens = true;
      for (const event of waiting.splice(0)) windowOf()?.webContents.send(hostEvents, event);
    },
  };
}

/** Reads a file that was named outside the window, and tells the page what came of it. */
async function openFromOutside<Window>(
  files: ChosenFiles<Window>,
  file: string,
  tell: (event: HostEvent) => void,
): Promise<void> {
  try {
    tell({ kind: 'open', file: await files.openPlace(file) });
  } catch (error) {
    if (error instanceof HostProblem) tell({ kind: 'problem', says: error.message });
    else console.error(error);
  }
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
