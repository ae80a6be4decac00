import { setFlagsFromString } from 'node:v8';

/**
 * Has the engine optimise later, and inline less. A sweep is some thousand runs of much code:
 * as usual the engine takes nearly as long to optimise it as the runs take, on the very cores
 * that are to run them. What it then runs is hardly slower.
 */
export function compileLess(): void {
  setFlagsFromString('--interrupt-budget=150000');
  setFlagsFromString('--max-inlined-bytecode-size=60');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}
