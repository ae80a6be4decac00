import type { BrowserWindowConstructorOptions } from 'electron';

/**
 * The one window's options: Electron's security guide, items 2 to 11, written out although most
 * are the defaults, so that a changed default changes nothing here.
 * @param preload the preload script, absolute
 * @param developerTools whether Chromium's developer tools may be opened
 */
export function windowOptions(
  preload: string,
  developerTools: boolean,
): BrowserWindowConstructorOptions {
  return {
    title: 'Ringscope',
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 500,
    show: false,
    webPreferences: {
      preload,
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
      devTools: developerTools,
    },
  };
}
