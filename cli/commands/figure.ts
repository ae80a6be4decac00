import { Option } from 'commander';

import { define, withOneRunOptions, type CommandSetting, type OneRunFlags } from './define.ts';

const figureFormats = ['ascii', 'markdown', 'svg', 'docx', 'json'] as const;

export interface FigureFlags extends OneRunFlags {
  readonly to: (typeof figureFormats)[number];
  readonly output?: string;
}

/** `ringscope figure`: a run as the figure and the steps of a standard. */
export function figureCommand({ terminal, end }: CommandSetting) {
  const command = define(
    'figure',
    'Draw a run as a standard does: a figure of the normative hops and its numbered steps.',
    'ringscope figure scenarios/continue/as-in-the-figure.cmr.yaml',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal'],
  ).argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input');
  return withOneRunOptions(command)
    .addOption(
      new Option(
        '--to <format>',
        'ascii: 72 columns; markdown and docx: the table of steps; svg: the figure; json: all',
      )
        .choices(figureFormats)
        .default('ascii'),
    )
    .option('-o, --output <file>', 'write there; - is standard output, as without it')
    .action(async (file: string, flags: FigureFlags) => {
      const { drawFigure } = await import('../draw-figure.ts');
      end(await drawFigure(file, flags, terminal));
    });
}
