import { visible } from '../sim-core/authoring.ts';
import { keepBundle } from './bundle-files.ts';
import type { ReporterChoice, RunCommandFlags } from './commands/run.ts';
import { gravest, type Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { progressLine } from './progress-line.ts';
import { Refusal } from './refusal.ts';
import { defaultReporter } from './reporters/default.ts';
import { dotReporter } from './reporters/dot.ts';
import { githubReporter } from './reporters/github.ts';
import { htmlReporter } from './reporters/html.ts';
import { jsonReporter } from './reporters/json.ts';
import { junitReporter } from './reporters/junit.ts';
import { ndjsonReporter } from './reporters/ndjson.ts';
import type { Reporter, Sink } from './reporters/reporter.ts';
import { tapReporter } from './reporters/tap.ts';
import { closingLine } from './reporters/run-page.ts';
import { changesOf, runFile } from './run-files.ts';
import { findScenarioFiles } from './scenario-files.ts';
import { soundFile } from './sound-file.ts';
import { wantsColour, widthFor, type Terminal } from './terminal.ts';

/** Runs every file, tells every reporter, and says how the whole ended. */
export async function runScenarios(
  given: readonly string[],
  flags: RunCommandFlags,
  terminal: Terminal,
): Promise<Ending> {
  const choices = chosenReporters(flags);
  const files = await findScenarioFiles(given);
  if (flags.audio !== undefined && files.length > 1) {
    const says = `--audio: a sound file holds one run, and these are ${files.length} scenarios`;
    throw new Refusal('refused', says);
  }
  const outlets = choices.map((choice) => outlet(choice, files.length > 1, flags, terminal));
  const changes = changesOf(flags, flags.strict === true);
  const machineOnly = !choices.some(({ name, file }) => name === 'default' && file === null);
  const endings: Ending[] = [];
  let notRun = 0;
  const progress = progressLine(terminal, files.length);
  for (const [done, file] of files.entries()) {
    try {
      progress.show(done, file);
      const report = await runFile(file, changes, terminal);
      progress.clear();
      endings.push(report.judgement.ending);
      if (report.judgement.ending === 'failed' && flags.bundles !== undefined) {
        const bundle = await keepBundle(flags.bundles, report);
        terminal.err(`${visible(file)}: kept as ${visible(bundle)}\n`);
      }
      for (const { reporter } of outlets) reporter.report(report);
      if (flags.audio !== undefined) await writeWhole(flags.audio, soundFile(report, flags));
      if (machineOnly && flags.quiet !== true) {
        const style = { width: 100, colour: false, ascii: flags.ascii === true };
        terminal.err(`${closingLine(report, style)}\n`);
      }
    } catch (error) {
      progress.clear();
      if (!(error instanceof Refusal)) throw error;
      terminal.err(`${error.message}\n`);
      endings.push(error.ending);
      notRun += 1;
      if (error.ending === 'interrupted') break;
    }
  }
  const interrupted = endings.includes('interrupted');
  for (const { reporter, sink } of outlets) {
    reporter.end({ notRun, interrupted });
    await sink.close();
  }
  return gravest(endings);
}

/** For machines and other tools; the default reporter is for people, and knows their terminal. */
const reporters: Readonly<
  Record<Exclude<ReporterChoice['name'], 'default'>, (sink: Sink) => Reporter>
> = {
  dot: dotReporter,
  json: jsonReporter,
  ndjson: ndjsonReporter,
  junit: junitReporter,
  tap: tapReporter,
  github: githubReporter,
  html: htmlReporter,
};

/** Those named; the default where none is. Only one of them can have standard output. */
function chosenReporters(flags: RunCommandFlags): readonly ReporterChoice[] {
  const json: ReporterChoice[] = flags.json === true ? [{ name: 'json', file: null }] : [];
  const named = [...(flags.reporter ?? []), ...json];
  const choices: readonly ReporterChoice[] =
    named.length > 0 ? named : [{ name: 'default', file: null }];
  const places = choices.map(({ file }) => file ?? '');
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice === undefined) return choices;
  const what = twice === '' ? 'standard output' : twice;
  const way = 'give one a file of its own, as in --reporter json=run.json';
  throw new Refusal('refused', `error: two reporters write to ${what}; ${way}`);
}

function outlet(
  { name, file }: ReporterChoice,
  several: boolean,
  flags: RunCommandFlags,
  terminal: Terminal,
): { readonly reporter: Reporter; readonly sink: Sink } {
  const sink = file === null ? outSink(terminal) : fileSink(file);
  if (name !== 'default') return { reporter: reporters[name](sink), sink };
  const style = {
    width: widthFor(terminal, flags.width),
    colour: file === null && flags.ascii !== true && wantsColour(terminal, flags.color),
    ascii: flags.ascii === true,
    verbose: flags.verbose === true,
    verdicts: flags.verdicts,
    quiet: flags.quiet === true,
    pages: !several || flags.verbose === true,
    several,
  };
  return { reporter: defaultReporter(sink, style), sink };
}

function outSink(terminal: Terminal): Sink {
  return { write: (text) => terminal.out(text), close: async () => {} };
}

function fileSink(file: string): Sink {
  const texts: string[] = [];
  return {
    write: (text) => void texts.push(text),
    close: () => writeWhole(file, texts.join('')),
  };
}
