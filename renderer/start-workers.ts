import authoringAddress from './authoring/worker.ts?worker&url';
import sweepAddress from './simulation/sweep-worker.ts?worker&url';
import simulationAddress from './simulation/worker.ts?worker&url';

/** What of this page runs beside it: the only addresses that may become scripts. */
const addresses: readonly string[] = [
  simulationAddress,
  sweepAddress,
  authoringAddress,
  './offline.js',
];

/** The page's policy by its one name; every other address is refused here. */
const policy = window.trustedTypes?.createPolicy('ringscope', {
  createScriptURL(address: string): string {
    if (!addresses.includes(address)) throw new Error(`"${address}" is no script of this page`);
    return address;
  },
});

/** An address of the list as the page's policy lets it become a script. */
export function trustedAddress(address: string): string {
  // The types of the browser know scripts as text; a trusted address is one in all but type.
  return (policy?.createScriptURL(address) ?? address) as string;
}

function start(address: string, name: string): Worker {
  return new Worker(trustedAddress(address), { type: 'module', name });
}

/** Runs scenarios. */
export function startSimulation(): Worker {
  return start(simulationAddress, 'simulation');
}

/** Runs parts of a sweep. */
export function startSweep(): Worker {
  return start(sweepAddress, 'sweep');
}

/** Knows about the text of scenarios; apart, so that a long run keeps nobody from writing. */
export function startAuthoring(): Worker {
  return start(authoringAddress, 'authoring');
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
