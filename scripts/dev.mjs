// node scripts/dev.mjs              the page, replaced piece by piece as its sources change
// node scripts/dev.mjs --electron   the window, started anew after every build
import { spawn } from 'node:child_process';
import path from 'node:path';

import { electronArguments, findElectron } from './find-electron.mjs';
import { root } from './project.mjs';

if (process.argv.includes('--electron')) {
  await watchForElectron();
} else {
  const { createServer } = await import('vite');
  const server = await createServer({ configFile: path.join(root, 'renderer/vite.config.ts') });
  await server.listen();
  server.printUrls();
}

/** Builds on every change; the window shows what ships, so it has no development mode to guard. */
async function watchForElectron() {
  const electron = findElectron(process.env);
  if (electron === null) {
    console.error('The Electron binary is not installed: node node_modules/electron/install.js');
    process.exitCode = 1;
    return;
  }
  const { build } = await import('vite');
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let window;
  const built = new Set();
  const modes = ['main', 'preload', 'production'];
  for (const mode of modes) {
    const config = mode === 'production' ? 'renderer/vite.config.ts' : 'vite.node.config.ts';
    const watcher = await build({
      configFile: path.join(root, config),
      mode,
      logLevel: 'warn',
      build: { watch: {} },
    });
    if (!('on' in watcher)) throw new Error(`vite did not watch for ${mode}`);
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code !== 'END') return;
      built.add(mode);
      if (built.size < modes.length) return;
      window?.kill();
      window = spawn(electron, electronArguments(process.getuid?.()), { stdio: 'inherit' });
    });
  }
}
