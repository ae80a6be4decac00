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
  files,
  now: () => performance.now(),
}).catch((error: unknown) => {
  console.error(error);
  electron.app.exit(1);
});
