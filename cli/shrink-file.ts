import { nearest, visible } from '../sim-core/authoring.ts';
import {
  complaintsOfFailing,
  shrink,
  type Complaint,
  type Failing,
} from '../sim-core/experimenting.ts';
import type { ShrinkFlags } from './commands/shrink.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import { changesOf, readFor } from './run-files.ts';
import { readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Shrinks the run of a scenario file or a bundle, and says what is left. */
export async function shrinkFile(
  name: string,
  flags: ShrinkFlags,
  terminal: Terminal,
): Promise<Ending> {
  const failing = await failingOf(name, flags, terminal);
  const complaint = complaintOf(failing, flags.clause ?? null);
  const shrunk = shrink(failing, complaint);
  if (shrunk === null) throw new Error('a run failed once and then did not');
  if (flags.output === undefined || flags.output === '-') terminal.out(shrunk.text);
  else await writeWhole(flags.output, shrunk.text);
  const lines = (text: string): number => text.trimEnd().split('\n').length;
  const what =
    complaint.kind === 'violated' ? `${complaint.clause} is` : `"${complaint.says}" is not`;
  const how = complaint.kind === 'violated' ? 'still violated' : 'met';
  const chance = shrunk.certain ? 'nothing is left to chance' : 'it still needs its seed';
  terminal.err(
    `${what} ${how} in ${lines(shrunk.text)} of ${lines(failing.text)} lines; ${chance}; ` +
      `${shrunk.tried} scenarios tried\n`,
  );
  return 'passed';
}

/** The run to shrink: a bundle's, or a scenario's with what the command line changes. */
async function failingOf(name: string, flags: ShrinkFlags, terminal: Terminal): Promise<Failing> {
  const engine = __RINGSCOPE_VERSION__;
  const changes = changesOf(flags, false);
  const file = await readScenarioFile(name, terminal);
  const { text } = readFor(file, changes);
  return { text, name: file.name, faults: changes.faults, seed: changes.seed, engine };
}

/** What has to stay wrong; a refusal where nothing is, or not that. */
function complaintOf(failing: Failing, clause: string | null): Complaint {
  const { failures, slights } = complaintsOfFailing(failing);
  const name = visible(failing.name);
  if (clause === null) {
    const [gravest] = failures;
    if (gravest !== undefined) return gravest;
    throw new Refusal('refused', `${name}: nothing fails in this run`);
  }
  const violated = [...failures, ...slights].flatMap((one) => (one.kind === 'violated' ? one : []));
  const found = violated.find((one) => one.clause === clause);
  if (found !== undefined) return found;
  const ids = violated.map((one) => one.clause);
  const near = nearest(clause, ids);
  const hint = near === null ? '' : `; did you mean ${near}?`;
  const known = ids.length === 0 ? 'violates no clause' : `violates ${ids.join(', ')}`;
  throw new Refusal('refused', `${name}: the run ${known}, not ${visible(clause)}${hint}`);
}
