import { visible } from '../sim-core/authoring.ts';
import { milliseconds, printDuration, wavOf, type TraceNode } from '../sim-core/index.ts';
import type { EarFlags, RunFlags } from './commands/define.ts';
import { Refusal } from './refusal.ts';
import type { Report } from './run-files.ts';

/** Longer than this is no call to listen to, and would not fit into the memory of a small host. */
const longestSound = milliseconds(3_600_000);

/**
 * What a terminal of the run hears, as a WAV file: to the last thing heard, or to where `--until`
 * ends the run. Throws a refusal where no terminal has that name.
 */
export function soundFile(report: Report, { ear, until }: EarFlags & RunFlags): Uint8Array {
  const { run, file, scenario } = report;
  const listeners = run.header.nodes.filter(({ role }) => role === 'cmr-client');
  const listener = listenerOf(listeners, ear);
  if (listener === null) {
    const names = listeners.map(({ name }) => name).join(', ');
    const asked = ear === undefined ? 'whose ear?' : `${visible(ear)} is no terminal of it`;
    throw new Refusal('refused', `${visible(file)}: --ear: ${asked}; it is one of ${names}`);
  }
  const end = until === undefined ? null : scenario.until;
  const length = end ?? run.endedAt;
  if (length > longestSound) {
    const says = `sound of ${printDuration(length)} is more than ${printDuration(longestSound)}`;
    throw new Refusal('refused', `${visible(file)}: ${says}; end the run earlier with --until`);
  }
  return wavOf(run, listener.id, end);
}

/** The one named; the caller where none is. */
function listenerOf(listeners: readonly TraceNode[], ear: string | undefined): TraceNode | null {
  const found = listeners.find(({ name, party }) =>
    ear === undefined ? party === 'A' : name === ear,
  );
  return found ?? null;
}
