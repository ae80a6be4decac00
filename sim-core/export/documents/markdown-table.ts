import { micros, printMilliseconds } from '../../base/micros.ts';
import { visible } from '../../base/text-problems.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { Run } from '../../run/run.ts';
import type { MessageView } from '../../trace/message-view.ts';
import {
  documentRows,
  fateWords,
  footerOf,
  lifelinesOf,
  silenceText,
  type Chosen,
  type DocumentRow,
} from './document-rows.ts';

const columns = ['#', 'Sent', 'Took', 'From', 'To', 'Message', 'SDP', 'Step', 'Notes'] as const;

/**
 * The messages of a run as a Markdown table, times in ms. Text of the run is text in every
 * renderer: markup characters are written as entities or with a backslash.
 */
export function markdownTable(run: Run, chosen: Chosen = null): string {
  const titles = new Map(lifelinesOf(run).map(({ id, title }) => [id, title]));
  const rows = documentRows(run, chosen).map((row) => cellsOf(row, titles));
  const table = [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const title = markdownText(visible(run.header.title));
  return [`## ${title}`, '', ...table, '', `${markdownText(footerOf(run))}`, ''].join('\n');
}

function cellsOf(row: DocumentRow, titles: ReadonlyMap<NodeId, string>): string[] {
  const name = (id: NodeId): string => markdownText(titles.get(id) ?? '');
  switch (row.kind) {
    case 'message':
      return messageCells(row.view, name);
    case 'act':
      return ['', printMilliseconds(row.at), '', name(row.node), '', text(row.says), '', '', ''];
    case 'silence':
      return ['', '', '', '', '', `*${silenceText(row.lasts)} without a message*`, '', '', ''];
  }
}

function messageCells(view: MessageView, name: (id: NodeId) => string): string[] {
  const marks = view.marks.map(({ side, number, disposition }) => {
    return `${disposition === 'early-session' ? 'e' : ''}${side}${number}`;
  });
  const resent = view.resent === 0 ? [] : [`resent ${view.resent}`];
  const fate = fateWords(view);
  const notes = [...resent, ...(fate === '' ? [] : [fate]), ...view.facts];
  return [
    String(view.record),
    printMilliseconds(view.sentAt),
    view.lost ? '' : printMilliseconds(micros(view.arrivesAt - view.sentAt)),
    name(view.from),
    name(view.to),
    text(view.text),
    marks.join(' '),
    view.step === null ? '' : String(view.step),
    text(notes.join(', ')),
  ];
}

function text(words: string): string {
  return markdownText(visible(words));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text on one line that no Markdown renderer takes for markup. */
export function markdownText(words: string): string {
  return words
    .replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
    .replace(/[\\`*_[\]|~#!]/g, String.raw`\$&`);
}
