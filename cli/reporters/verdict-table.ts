import {
  findClause,
  wrapText,
  type ClauseVerdict,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import { adviceSign, toned, verdictSigns, type PageStyle } from './page.ts';

/** Which verdicts are told one by one: of the rules only what was found wrong, or every one. */
export type VerdictsShown = 'found' | 'all';

/** Families of clauses, in the order of a call; what fits none comes last. */
const families = [
  { begins: 'DEL-GW', title: 'DEL-GW  delivery in Gateway Mode' },
  { begins: 'DEL', title: 'DEL  delivery' },
  { begins: 'CON', title: 'CON  Continue' },
  { begins: 'FLOW', title: 'FLOW  steps of the Continue flow' },
  { begins: '', title: 'Others' },
] as const;

/**
 * Every verdict on the texts' own clauses: sign, clause, short name, evidence, and below them
 * what was seen. Of the rules of SIP, which are many, those that were broken or stay open.
 */
export function verdictTable(
  verdicts: readonly ClauseVerdict[],
  style: PageStyle,
  shown: VerdictsShown,
): string[] {
  const clauses = verdicts.filter((verdict) => !isRule(verdict));
  const rules = verdicts.filter(isRule);
  const told = shown === 'all' ? rules : rules.filter(isFound);
  const lines = [headline(clauses, style)];
  const ids = Math.max(0, ...[...clauses, ...told].map(({ clause }) => clause.length));
  const left = new Set(clauses);
  for (const { begins, title } of families) {
    const own = [...left].filter(({ clause }) => clause.startsWith(begins));
    for (const verdict of own) left.delete(verdict);
    if (own.length === 0) continue;
    lines.push('', toned(title, 'strong', style.colour));
    for (const verdict of own) lines.push(...verdictRows(verdict, ids, style));
  }
  if (rules.length === 0) return lines;
  lines.push('', `${toned('Rules of SIP, SDP and RTP', 'strong', style.colour)}  ${tally(rules)}`);
  for (const verdict of told) lines.push(...verdictRows(verdict, ids, style));
  return lines;
}

function isRule({ clause }: ClauseVerdict): boolean {
  return clause.startsWith('R-');
}

function isFound({ verdict }: ClauseVerdict): boolean {
  return verdict === 'violated' || verdict === 'inconclusive';
}

/** `96 satisfied, 0 violated, 2 against advice, 101 not exercised`. */
function tally(rules: readonly ClauseVerdict[]): string {
  const count = (wanted: ClauseVerdict['verdict'], level?: ClauseVerdict['level']): number =>
    rules.filter((one) => one.verdict === wanted && (level === undefined || one.level === level))
      .length;
  const advised = count('violated', 'warning');
  const open = count('inconclusive');
  return [
    `${count('satisfied')} satisfied`,
    `${count('violated', 'error')} violated`,
    ...(advised > 0 ? [`${advised} against advice`] : []),
    ...(open > 0 ? [`${open} inconclusive`] : []),
    `${count('not exercised')} not exercised`,
  ].join(', ');
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
  const sign = signOf(verdict);
  const shown = toned(style.ascii ? sign.ascii : sign.unicode, sign.tone, style.colour);
  const title = findClause(verdict.clause)?.title ?? '';
  const evidence = printEvidence(verdict.evidence);
  const first = `  ${shown} ${verdict.clause.padEnd(ids)}  ${title}`;
  const indent = ' '.repeat(ids + 6);
  const body = evidence === '' ? verdict.says : `${evidence}  ${verdict.says}`;
  const rows = wrapText(body, style.width - indent.length);
  return [first, ...rows.map((row) => indent + toned(row, 'faint', style.colour))];
}

/** What is broken weighs by its strength. */
function signOf({ verdict, level }: ClauseVerdict) {
  return verdict === 'violated' && level !== 'error' ? adviceSign : verdictSigns[verdict];
}

/** More records than this are counted, not listed. */
const evidenceMost = 8;

/** `#12 #15 #19`: numbers of records, as the ladder shows them before every row. */
export function printEvidence(evidence: readonly RecordNumber[]): string {
  const shown = evidence.slice(0, evidenceMost).map((number) => `#${number}`);
  const more = evidence.length - shown.length;
  return more > 0 ? `${shown.join(' ')} and ${more} more` : shown.join(' ');
}
