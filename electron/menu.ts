import type { MenuItemConstructorOptions } from 'electron';

/**
 * The menu as Electron's own roles give it: each works in every language of the system, and none
 * talks to the page.
 * @param developerTools whether reloading and Chromium's developer tools are offered: a reload
 *   loses unsaved work
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  developerTools: boolean,
): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const forDevelopers: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: '&View', submenu: developerTools ? [...view, ...forDevelopers] : view },
    { role: 'windowMenu' },
  ];
}
