import type { Terminal } from './terminal.ts';

const toldFirst = 2_000;
const toldEvery = 60_000;

/**
 * Says how much of a long piece of work is done, how fast it goes and how long it will take: after
 * two seconds, after four, after eight, and then once a minute; nothing of a short one.
 */
export function paceTeller(
  total: number,
  what: string,
  terminal: Terminal,
): (finished: number) => void {
  const begun = performance.now();
  let done = 0;
  let due = toldFirst;
  return (finished) => {
    done += finished;
    const passed = performance.now() - begun;
    if (passed < due || done === total) return;
    due = passed + Math.min(passed, toldEvery);
    const rate = done / (passed / 1_000);
    const left = Math.ceil((total - done) / rate);
    terminal.err(`${done} of ${total} ${what}, ${Math.round(rate)} a second, ${left} s left\n`);
  };
}
