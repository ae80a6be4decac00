import { visible } from '../../base/text-problems.ts';
import type { Run } from '../../run/run.ts';
import { lanesAsText } from '../../trace/lanes-as-text.ts';
import { ladderRows } from '../../trace/text-ladder.ts';
import { viewMessages } from '../../trace/view-messages.ts';
import type { Chosen } from './document-rows.ts';

/**
 * The ladder and who hears what, in nothing but ASCII: for e-mails and for the text of standards.
 * @param width columns, at least 60
 */
export function asciiLadder(run: Run, width: number, chosen: Chosen = null): string {
  const { header, records } = run;
  const page = { width, colour: false, ascii: true };
  const ladder = { ...page, steps: false, timers: 'with effect' } as const;
  const views = viewMessages(header, records);
  const rows =
    chosen === null
      ? ladderRows(header, views, records, ladder)
      : ladderRows(
          header,
          views.filter(({ record }) => chosen.has(record)),
          [],
          ladder,
        );
  const lines = [
    visible(header.title),
    `seed ${header.seed}, profile ${header.profile}, fp ${run.fingerprint}`,
    '',
    ...rows,
    '',
    ...lanesAsText(header, run.hears, { ...page, until: run.endedAt }),
  ];
  return `${asciiOnly(lines.join('\n'))}\n`;
}

const inAscii: ReadonlyMap<string, string> = new Map([
  ['→', '->'],
  ['–', '-'],
  ['—', '--'],
  ['·', '*'],
  ['×', 'x'],
  ['…', '...'],
  ['’', "'"],
  ['§', 'section '],
  ['≥', '>='],
  ['≤', '<='],
  ['µ', 'u'],
  ['\u00A0', ' '],
  ['\u2009', ' '],
]);

/** Text for terminals and files that take nothing else; what has no likeness becomes `?`. */
export function asciiOnly(text: string): string {
  return text.replace(/[^\n\x20-\x7E]/gu, (character) => inAscii.get(character) ?? '?');
}
