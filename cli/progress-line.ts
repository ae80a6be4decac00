import { visible } from '../sim-core/authoring.ts';
import type { Terminal } from './terminal.ts';

/** How far a long command has come, in one line that whatever else is said replaces. */
export interface ProgressLine {
  /** So many of all are done, and this is the next. */
  show(done: number, name: string): void;
  /** Before anything else is written, and at the end. */
  clear(): void;
}

/** Carriage return, and erase to the end of the line (ECMA-48 EL). */
const wipe = '\r\u001b[K';

/** Of several things only, and only where somebody sits in front of standard error. */
export function progressLine(terminal: Terminal, all: number): ProgressLine {
  const { errIsTerminal, errColumns, environment } = terminal;
  if (all < 2 || !errIsTerminal || environment['TERM'] === 'dumb') {
    return { show: () => {}, clear: () => {} };
  }
  // A line that wraps could not be wiped.
  const room = (errColumns ?? 80) - 1;
  let shown = false;
  return {
    show(done, name) {
      terminal.err(`${wipe}${`${done} of ${all}  ${visible(name)}`.slice(0, room)}`);
      shown = true;
    },
    clear() {
      if (shown) terminal.err(wipe);
      shown = false;
    },
  };
}
