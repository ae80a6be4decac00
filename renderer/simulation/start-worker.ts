import workerAddress from './worker.ts?worker&url';

/**
 * The worker that runs simulations. The page's policy lets one address become a script, and only
 * by this name; every other is refused here.
 */
export function startWorker(): Worker {
  const policy = window.trustedTypes?.createPolicy('ringscope', {
    createScriptURL(address: string): string {
      if (address !== workerAddress) throw new Error(`"${address}" is no script of this page`);
      return address;
    },
  });
  const address = policy?.createScriptURL(workerAddress) ?? workerAddress;
  // The types of the browser know scripts as text; a trusted address is one in all but type.
  return new Worker(address as string, { type: 'module', name: 'simulation' });
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
