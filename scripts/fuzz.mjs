// node scripts/fuzz.mjs [--seconds 30] [--seed 1]: changed inputs for every reader of text.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

import { root } from './project.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
});
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/fuzz', '--disable-console-intercept'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      RINGSCOPE_FUZZ_SECONDS: values.seconds,
      RINGSCOPE_FUZZ_SEED: values.seed,
    },
  },
);
process.exit(status ?? 1);
