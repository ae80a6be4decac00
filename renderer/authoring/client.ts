import type { AuthoringDeed, AuthoringDeeds, FromAuthoring, ToAuthoring } from './protocol.ts';

/** Asks about scenario texts; rejected with an Error whose sentence can be shown as it stands. */
export interface Authoring {
  ask<Deed extends AuthoringDeed>(
    deed: Deed,
    asks: AuthoringDeeds[Deed]['asks'],
  ): Promise<AuthoringDeeds[Deed]['answers']>;
}

/** The part of a Worker this needs; a test gives a stand-in. */
export interface AuthoringPort {
  postMessage(message: ToAuthoring): void;
  addEventListener(kind: 'message', listener: (event: { data: FromAuthoring }) => void): void;
  addEventListener(kind: 'error', listener: (event: { message?: string }) => void): void;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (problem: Error) => void;
}

/** @param start starts the worker; called when somebody first asks */
export function connectAuthoring(start: () => AuthoringPort): Authoring {
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  let known: AuthoringPort | null = null;

  function port(): AuthoringPort {
    if (known !== null) return known;
    known = start();
    known.addEventListener('message', ({ data }) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ('refused' in data) asked?.reject(new Error(data.refused));
      else asked?.resolve(data.answer);
    });
    // A worker that dies answers nobody: everybody who waits is told, and the next one starts anew.
    known.addEventListener('error', ({ message }) => {
      for (const { reject } of waiting.values()) {
        reject(new Error(message ?? 'the editor’s worker could not be started'));
      }
      waiting.clear();
      known = null;
    });
    return known;
  }

  return {
    ask(deed, asks) {
      ids += 1;
      const id = ids;
      return new Promise((resolve, reject) => {
        // The worker answers each deed with its own kind of answer (worker.ts).
        waiting.set(id, { resolve: (answer) => resolve(answer as never), reject });
        port().postMessage({ id, deed, asks } as ToAuthoring);
      });
    },
  };
}
