import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What SPIN found of the Promela model. */
export interface SpinSearch {
  readonly distinct: number;
  readonly generated: number;
  /** CPU time of the search alone: neither its making nor its compiling. */
  readonly seconds: number;
}

/** Whether Debian's packages spin and gcc, or others of the kind, are there. */
export function hasSpin(): boolean {
  const [spin, gcc] = [spawnSync('spin', ['-V']), spawnSync('gcc', ['--version'])];
  return spin.status === 0 && gcc.status === 0;
}

/**
 * Every state of test/bench/alternating-bit.pml, by the exact search without any reduction. Null
 * where there is no SPIN.
 */
export async function searchBySpin(messages: number, losses: number): Promise<SpinSearch | null> {
  if (!hasSpin()) return null;
  const folder = await mkdtemp(path.join(tmpdir(), 'ringscope-spin-'));
  try {
    const model = path.resolve('test/bench/alternating-bit.pml');
    const sizes = [`-DMESSAGES=${messages}`, `-DLOSSES=${losses}`];
    await run('spin', [...sizes, '-a', model], { cwd: folder });
    await run('gcc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], {
      cwd: folder,
    });
    // The shell's own word for CPU time, user and system.
    const timed = 'TIMEFORMAT="cpu %U %S"; time ./pan -w22 -m1000000';
    const { stdout, stderr } = await run('bash', ['-c', timed], { cwd: folder });
    const number = (pattern: RegExp, text: string): number => Number(pattern.exec(text)?.[1]);
    if (number(/errors: (\d+)/, stdout) !== 0) throw new Error(stdout);
    return {
      distinct: number(/(\d+) states, stored/, stdout),
      generated: number(/(\d+) transitions \(= stored\+matched\)/, stdout),
      seconds: number(/cpu ([\d.]+)/, stderr) + number(/cpu [\d.]+ ([\d.]+)/, stderr),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
