import {
  figureAsMarkdown,
  figureAsSvg,
  figureAsText,
  figureOf,
  type Figure,
} from '../sim-core/exporting.ts';
import type { FigureFlags } from './commands/figure.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import { changesOf, runFile } from './run-files.ts';
import type { Terminal } from './terminal.ts';

/** Raised when a reader of the old shape could not read the new one. */
const figureSchemaVersion = 1;

/** Runs one scenario and draws it. How the run was judged does not matter here. */
export async function drawFigure(
  file: string,
  flags: FigureFlags,
  terminal: Terminal,
): Promise<Ending> {
  const output = flags.output === '-' ? undefined : flags.output;
  if (flags.to === 'docx' && output === undefined && terminal.outIsTerminal) {
    const instead = 'name a file with --output, or send it into a pipe';
    throw new Refusal('refused', `--to docx: a document is nothing for a terminal; ${instead}`);
  }
  const { run } = await runFile(file, changesOf(flags, false), terminal);
  const content = await contentOf(figureOf(run), flags.to);
  if (output !== undefined) await writeWhole(output, content);
  else if (typeof content === 'string') terminal.out(content);
  else terminal.outBytes(content);
  return 'passed';
}

async function contentOf(figure: Figure, to: FigureFlags['to']): Promise<string | Uint8Array> {
  switch (to) {
    case 'ascii':
      return figureAsText(figure);
    case 'markdown':
      return figureAsMarkdown(figure);
    case 'svg':
      return figureAsSvg(figure);
    case 'json':
      return `${JSON.stringify({ schemaVersion: figureSchemaVersion, ...figure })}\n`;
    case 'docx':
      return (await import('./figure-as-docx.ts')).figureAsDocx(figure);
  }
}
