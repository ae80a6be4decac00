import sweepWorkerAddress from './sweep-worker.ts?worker&url';
import workerAddress from './worker.ts?worker&url';

const addresses: ReadonlySet<string> = new Set([workerAddress, sweepWorkerAddress]);

/** The worker that runs simulations for the ladder. */
export function startWorker(): Worker {
  return start(workerAddress, 'simulation');
}

/** A worker that runs parts of a sweep. */
export function startSweepWorker(): Worker {
  return start(sweepWorkerAddress, 'sweep');
}

function start(address: string, name: string): Worker {
  // The types of the browser know scripts as text; a trusted address is one in all but type.
  return new Worker(trusted(address) as string, { type: 'module', name });
}

/**
 * The page's policy lets these addresses become scripts, and only by this name; every other is
 * refused here. A policy can be made once.
 */
const policy = window.trustedTypes?.createPolicy('ringscope', {
  createScriptURL(address: string): string {
    if (!addresses.has(address)) throw new Error(`"${address}" is no script of this page`);
    return address;
  },
});

function trusted(address: string): unknown {
  return policy?.createScriptURL(address) ?? address;
}

declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(address: string): string },
      ): { createScriptURL(address: string): unknown };
    };
  }
}
