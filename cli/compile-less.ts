import { setFlagsFromString } from 'node:v8';

/**
 * Has the engine of Node 20 optimise later. A sweep is some thousand runs of much code: as usual
 * that engine takes nearly as long to optimise it as the runs take, on the very cores that are to
 * run them; later ones do better by themselves, and know no such setting.
 *
 * Only what the running thread itself goes by may be set once it runs: how much is inlined is read
 * by the compiler's own threads, which end the process where it changes under their hands.
 */
export function compileLess(): void {
  const setting = settingFor(process.versions.v8);
  if (setting !== null) setFlagsFromString(setting);
}

/** An engine that is told what it does not know complains to the user. */
export function settingFor(engine: string): string | null {
  return engine.startsWith('11.3.') ? '--interrupt-budget=700000' : null;
}
