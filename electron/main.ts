import files from 'node:fs/promises';
import path from 'node:path';

import * as electron from 'electron';

import { createMain } from './create-main.ts';

const here = import.meta.dirname;

createMain(electron, {
  pageFolder: path.join(here, '../renderer'),
  preload: path.join(here, 'preload.cjs'),
  platform: process.platform,
  version: __RINGSCOPE_VERSION__,
  // Unpackaged, Electron's own arguments come first: the program and the folder to run.
  args: process.argv.slice(electron.app.isPackaged ? 1 : 2),
  folder: process.cwd(),
  files,
  now: () => performance.now(),
}).catch((error: unknown) => {
  console.error(error);
  electron.app.exit(1);
});
