/**
 * A place beside a value for what is worked out from it once. A table of weak references would do,
 * but while it is in use everything worked out outlives the value, which a collector pays for.
 */
export type WorkedOut = Map<unknown, unknown>;

/** The same function, which works once for each value and gives what it found from then on. */
export function once<Value extends { readonly workedOut: WorkedOut }, Result>(
  work: (value: Value) => Result,
): (value: Value) => Result {
  return (value) => {
    const { workedOut } = value;
    // What stands under `work` is what `work` gave.
    if (workedOut.has(work)) return workedOut.get(work) as Result;
    const result = work(value);
    workedOut.set(work, result);
    return result;
  };
}
