import { visible } from '../sim-core/authoring.ts';
import { diffRuns, replayBundle } from '../sim-core/experimenting.ts';
import type { Run } from '../sim-core/index.ts';
import { readBundleFile } from './bundle-files.ts';
import type { DiffFlags } from './commands/diff.ts';
import { diffAsHtml } from './diff-as-html.ts';
import { diffAsText } from './diff-as-text.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import { changesOf, runFile } from './run-files.ts';
import type { Terminal } from './terminal.ts';

/** Raised when a reader of the old shape could not read the new one. */
const diffSchemaVersion = 1;

/** Ends as `diff` does elsewhere: 0 where the two are the same run, 1 where they differ. */
export async function diffFiles(
  nameA: string,
  nameB: string | undefined,
  flags: DiffFlags,
  terminal: Terminal,
): Promise<Ending> {
  const changes = changesOf(flags, false);
  const { settings, faults, choices } = changes;
  const changed = changes.seed !== null || settings.length + faults.length + choices.length > 0;
  if (nameB === undefined && !changed) {
    throw new Refusal(
      'refused',
      'error: give a second run, or --set, --fault, --choice or --seed to change it',
    );
  }
  const unchanged = { seed: null, settings: [], faults: [], choices: [], strict: false };
  const a = await runOf(nameA, nameB === undefined ? unchanged : changes, terminal);
  const b = await runOf(nameB ?? nameA, changes, terminal);
  const difference = diffRuns(a, b);
  const whole = { schemaVersion: diffSchemaVersion, a: nameA, b: nameB ?? nameA, ...difference };
  const content =
    flags.to === 'json'
      ? `${JSON.stringify(whole)}\n`
      : flags.to === 'html'
        ? diffAsHtml(a, b, difference)
        : `${diffAsText(difference).join('\n')}\n`;
  if (flags.output === undefined || flags.output === '-') terminal.out(content);
  else await writeWhole(flags.output, content);
  return difference.same ? 'passed' : 'failed';
}

async function runOf(
  name: string,
  changes: Parameters<typeof runFile>[1],
  terminal: Terminal,
): Promise<Run> {
  if (!name.endsWith('.cmrrun')) return (await runFile(name, changes, terminal)).run;
  const bundle = await readBundleFile(name);
  const replay = replayBundle(bundle, bundle.manifest.engine);
  if (replay.kind === 'same') return replay.run;
  const says = replay.kind === 'diverged' ? replay.says : 'its scenario cannot be read any more';
  throw new Refusal('diverged', `${visible(name)}: ${says}`);
}
