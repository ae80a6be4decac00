import type { MenuItemConstructorOptions } from 'electron';

import { keyTable, type KeyAction, type KeyBinding } from '../renderer/words/keys.ts';

/**
 * The menu: Electron's own roles, and between them the page's keys, a menu for each group of the
 * key table. The page hears the keys itself; here they are only shown, but for macOS.
 * @param developerTools whether reloading and Chromium's developer tools are offered
 * @param choose tells the page what was chosen
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  developerTools: boolean,
  choose: (action: KeyAction) => void,
): MenuItemConstructorOptions[] {
  const item = (binding: KeyBinding): MenuItemConstructorOptions => ({
    label: sentenceCase(binding.says),
    ...acceleratorOf(binding, platform),
    click: () => choose(binding.action),
  });
  const groups = [...new Set(keyTable.map(({ group }) => group))];
  const itemsOf = (group: string): MenuItemConstructorOptions[] =>
    keyTable.filter((binding) => binding.group === group).map(item);
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
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        ...itemsOf('File'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    ...groups
      .filter((group) => group !== 'File')
      .map((group) => ({ label: group, submenu: itemsOf(group) })),
    { label: '&View', submenu: developerTools ? [...view, ...forDevelopers] : view },
    { role: 'windowMenu' },
  ];
}

function sentenceCase(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const named: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
};

/**
 * A menu of macOS takes every key it names away from the page, text fields included: there only
 * what goes with the command key is named.
 */
function acceleratorOf(
  { keys: [first = ''] }: KeyBinding,
  platform: NodeJS.Platform,
): Pick<MenuItemConstructorOptions, 'accelerator' | 'registerAccelerator'> {
  if (platform === 'darwin' && !first.startsWith('Ctrl+')) return {};
  const parts = first === '+' ? ['+'] : first.split('+');
  const accelerator = parts
    .map((part) => (part === 'Ctrl' ? 'CommandOrControl' : (named[part] ?? part)))
    .join('+');
  return { accelerator, registerAccelerator: false };
}
