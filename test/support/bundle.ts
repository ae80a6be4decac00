import { build } from 'vite';

import { buildConstants } from '../../scripts/build-constants.mjs';

/** One ES module with everything in it, as text, for engines other than the one that tests. */
export async function bundled(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: buildConstants,
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'bundle' },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    return output.output[0].code;
  }
  throw new Error(`${entry} gave no bundle`);
}
