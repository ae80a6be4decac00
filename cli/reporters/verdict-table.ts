import {
  findClause,
  wrapText,
  type ClauseVerdict,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import { toned, verdictSigns, type PageStyle } from './page.ts';

/** Families of clauses, in the order of a call; what fits none comes last. */
const families = [
  { begins: 'DEL-GW', title: 'DEL-GW  delivery in Gateway Mode' },
  { begins: 'DEL', title: 'DEL  delivery' },
  { begins: 'CON', title: 'CON  Continue' },
  { begins: 'FLOW', title: 'FLOW  steps of the Continue flow' },
  { begins: 'R-', title: 'R  rules of SIP' },
  { begins: '', title: 'Others' },
] as const;

/** Every verdict: sign, clause, short name, evidence, and below them what was seen. */
export function verdictTable(verdicts: readonly ClauseVerdict[], style: PageStyle): string[] {
  const lines = [headline(verdicts, style)];
  const ids = Math.max(0, ...verdicts.map(({ clause }) => clause.length));
  const left = new Set(verdicts);
  for (const { begins, title } of families) {
    const own = [...left].filter(({ clause }) => clause.startsWith(begins));
    for (const verdict of own) left.delete(verdict);
    if (own.length === 0) continue;
    lines.push('', toned(title, 'strong', style.colour));
    for (const verdict of own) lines.push(...verdictRows(verdict, ids, style));
  }
  return lines;
}

function headline(verdicts: readonly ClauseVerdict[], { colour }: PageStyle): string {
  const counts = (['satisfied', 'violated', 'not exercised', 'inconclusive'] as const)
    .map((word) => ({ word, count: verdicts.filter(({ verdict }) => verdict === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`);
  const says = counts.length === 0 ? 'no clause was judged' : counts.join(', ');
  return `${toned('Verdicts', 'strong', colour)}  ${says}`;
}

function verdictRows(verdict: ClauseVerdict, ids: number, style: PageStyle): string[] {
  const sign = verdictSigns[verdict.verdict];
  const shown = toned(style.ascii ? sign.ascii : sign.unicode, sign.tone, style.colour);
  const title = findClause(verdict.clause)?.title ?? '';
  const evidence = printEvidence(verdict.evidence);
  const first = `  ${shown} ${verdict.clause.padEnd(ids)}  ${title}`;
  const indent = ' '.repeat(ids + 6);
  const body = evidence === '' ? verdict.says : `${evidence}  ${verdict.says}`;
  const rows = wrapText(body, style.width - indent.length);
  return [first, ...rows.map((row) => indent + toned(row, 'faint', style.colour))];
}

/** More records than this are counted, not listed. */
const evidenceMost = 8;

/** `#12 #15 #19`: numbers of records, as the ladder shows them before every row. */
export function printEvidence(evidence: readonly RecordNumber[]): string {
  const shown = evidence.slice(0, evidenceMost).map((number) => `#${number}`);
  const more = evidence.length - shown.length;
  return more > 0 ? `${shown.join(' ')} and ${more} more` : shown.join(' ');
}
