import { lanesAsText, textLadder } from '../sim-core/reading.ts';
import type { ExportFlags } from './commands/export.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { jsonReporter } from './reporters/json.ts';
import { asciiOnly } from './reporters/page.ts';
import { ndjsonReporter } from './reporters/ndjson.ts';
import type { Sink } from './reporters/reporter.ts';
import { changesOf, runFile, type Report } from './run-files.ts';
import { widthFor, type Terminal } from './terminal.ts';

/** Runs one scenario and writes what was asked for. How the run was judged does not matter here. */
export async function exportRun(
  file: string,
  flags: ExportFlags,
  terminal: Terminal,
): Promise<Ending> {
  const report = await runFile(file, changesOf(flags, false), terminal);
  const text = exported(report, flags, widthFor(terminal, flags.width));
  if (flags.output === undefined) terminal.out(text);
  else await writeWhole(flags.output, text);
  return 'passed';
}

function exported(report: Report, flags: ExportFlags, width: number): string {
  const texts: string[] = [];
  const sink: Sink = { write: (text) => void texts.push(text), close: async () => {} };
  switch (flags.to) {
    case 'json':
    case 'ndjson': {
      const reporter = flags.to === 'json' ? jsonReporter(sink) : ndjsonReporter(sink);
      reporter.report(report);
      reporter.end({ notRun: 0, interrupted: false });
      break;
    }
    case 'ascii':
      sink.write(`${asciiOnly(ladderPage(report, width).join('\n'))}\n`);
      break;
  }
  return texts.join('');
}

/** What a golden file holds: inputs that identify the run, its ladder, and who hears what. */
function ladderPage({ run }: Report, width: number): string[] {
  const { header } = run;
  const page = { width, colour: false, ascii: true };
  const ladder = { ...page, steps: false, timers: 'with effect' } as const;
  return [
    header.title,
    `seed ${header.seed}, profile ${header.profile}, fp ${run.fingerprint}`,
    '',
    ...textLadder(header, run.records, ladder),
    '',
    ...lanesAsText(header, run.hears, { ...page, until: run.endedAt }),
  ];
}
