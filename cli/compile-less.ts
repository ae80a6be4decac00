import { setFlagsFromString } from 'node:v8';

/**
 * Has the engine optimise later. A sweep is some thousand runs of much code: as usual the engine
 * takes nearly as long to optimise it as the runs take, on the very cores that are to run them.
 * Only what the running thread itself goes by may be set once it runs: how much is inlined is read
 * by the compiler's own threads, which end the process where it changes under their hands.
 */
export function compileLess(): void {
  setFlagsFromString('--interrupt-budget=150000');
}
