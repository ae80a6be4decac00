import { visible } from '../sim-core/authoring.ts';
import {
  asciiLadder,
  jsonReport,
  markdownTable,
  mermaidDiagram,
  ndjsonLines,
  pcapngOf,
  plantumlDiagram,
} from '../sim-core/exporting.ts';
import { bundleBytes } from './bundle-files.ts';
import type { ExportFlags } from './commands/export.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import { changesOf, runFile, type Report } from './run-files.ts';
import { soundFile } from './sound-file.ts';
import { widthFor, type Terminal } from './terminal.ts';

/** The formats that are no text, in words. */
const bytesOf: Partial<Record<ExportFlags['to'], string>> = {
  pcapng: 'a capture',
  wav: 'a sound file',
  cmrrun: 'a bundle',
};

/** Runs one scenario and writes what was asked for. How the run was judged does not matter here. */
export async function exportRun(
  file: string,
  flags: ExportFlags,
  terminal: Terminal,
): Promise<Ending> {
  const output = flags.output === '-' ? undefined : flags.output;
  const what = bytesOf[flags.to];
  if (what !== undefined && output === undefined && terminal.outIsTerminal) {
    const instead = 'name a file with --output, or send it into a pipe';
    throw new Refusal('refused', `--to ${flags.to}: ${what} is nothing for a terminal; ${instead}`);
  }
  const report = await runFile(file, changesOf(flags, false), terminal);
  const content = contentOf(report, flags, terminal);
  if (output !== undefined) await writeWhole(output, content);
  else if (typeof content === 'string') terminal.out(content);
  else terminal.outBytes(content);
  return 'passed';
}

function contentOf(report: Report, flags: ExportFlags, terminal: Terminal): string | Uint8Array {
  switch (flags.to) {
    case 'pcapng':
      return captured(report, flags, terminal);
    case 'wav':
      return soundFile(report, flags);
    case 'cmrrun':
      return bundleBytes(report);
    default:
      return textOf(report, flags.to, widthFor(terminal, flags.width));
  }
}

/** The capture; says on standard error which messages are not in it. */
function captured({ run, file }: Report, { lost }: ExportFlags, terminal: Terminal): Uint8Array {
  const { bytes, tooLong } = pcapngOf(run, lost);
  for (const { record, length } of tooLong) {
    const why = `its ${length} bytes are more than one UDP datagram takes`;
    terminal.err(`${visible(file)}: record ${record} is not in the capture: ${why}\n`);
  }
  return bytes;
}

type TextFormat = Exclude<ExportFlags['to'], 'pcapng' | 'wav' | 'cmrrun'>;

function textOf({ run, file }: Report, format: TextFormat, width: number): string {
  switch (format) {
    case 'json':
      return jsonReport(run, file);
    case 'ndjson':
      return `${[...ndjsonLines(run, file)].join('\n')}\n`;
    case 'ascii':
      return asciiLadder(run, width);
    case 'markdown':
      return markdownTable(run);
    case 'mermaid':
      return mermaidDiagram(run);
    case 'plantuml':
      return plantumlDiagram(run);
  }
}
