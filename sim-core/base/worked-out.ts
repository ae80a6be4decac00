import { howFar, look, sights, type Sight } from './looking.ts';

/**
 * A place beside a value for what is worked out from it once. A table of weak references would do,
 * but while it is in use everything worked out outlives the value, which a collector pays for.
 */
export type WorkedOut = Map<unknown, { readonly result: unknown; readonly far: Sight }>;

/**
 * The same function, which works once for each value and gives what it found from then on. Whoever
 * takes what was found has looked as far as the work did.
 */
export function once<Value extends { readonly workedOut: WorkedOut }, Result>(
  work: (value: Value) => Result,
): (value: Value) => Result {
  return (value) => {
    const { workedOut } = value;
    let known = workedOut.get(work);
    if (known === undefined) {
      let result: Result | null = null;
      const far = howFar(() => {
        result = work(value);
      });
      known = { result, far };
      workedOut.set(work, known);
    }
    look(known.far);
    // What stands under `work` is what `work` gave.
    return known.result as Result;
  };
}

/** Forgets what was found by looking at times: they have changed. */
export function forgetFar(workedOut: WorkedOut): void {
  for (const [work, { far }] of workedOut) if (far === sights.all) workedOut.delete(work);
}
