import { readFileSync } from 'node:fs';

import { citations } from './citations.mjs';

/** @type {{ version: string }} */
const packageFile = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** What every build, and vitest, puts in place of the names declared in build-constants.d.ts. */
export const buildConstants = {
  __RINGSCOPE_VERSION__: JSON.stringify(packageFile.version),
  __RINGSCOPE_CITATIONS__: JSON.stringify(citations()),
};
