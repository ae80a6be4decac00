import { markdownText } from '../documents/markdown-table.ts';
import type { Figure } from './figure-of-run.ts';

/** The steps as a table: number, message, from, to, and the sentence. */
export function figureAsMarkdown({ title, lanes, steps }: Figure): string {
  const lane = (at: number): string => lanes[at] ?? '';
  const row = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  return [
    `## ${markdownText(title)}`,
    '',
    '| Step | Message | From | To | What happens |',
    '| --- | --- | --- | --- | --- |',
    ...steps.map(({ number, label, from, to, says }) =>
      row([String(number), label, lane(from), lane(to), says]),
    ),
    '',
  ].join('\n');
}
