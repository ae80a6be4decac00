import { defectTable, findDefect, type DefectName } from '../../sim-core/base/defects.ts';
import { hashText } from '../../sim-core/base/hash.ts';
import {
  isOfTheTexts,
  mutationScore,
  mutationSummary,
  type ClauseFate,
} from '../../sim-core/requirements/mutation-report.ts';
import { mutantsIn, type MutantResult } from '../../sim-core/requirements/mutation.ts';
import { markdownTable } from '../../sim-core/requirements/print-report.ts';
import { whyUnkilled } from '../../sim-core/requirements/unkilled-clauses.ts';
import type { Shipped } from './shipped-runs.ts';

/**
 * Mutants of the shipped scenarios: every defect until a clause notices it, and until every clause
 * that it is there to break is broken by something.
 */
export function shippedMutants(all: readonly Shipped[]): MutantResult[] {
  const results = new Map<string, MutantResult[]>();
  const killed = new Set<string>();
  const isWanted = (defect: DefectName): boolean => {
    const breaks = findDefect(defect)?.breaks ?? [];
    const own = results.get(defect) ?? [];
    const isNoticed = own.some(({ newlyViolated }) => newlyViolated.length > 0);
    return !isNoticed || breaks.some((id) => !killed.has(id));
  };
  for (const { path, scenario } of all.toSorted((a, b) => rankOf(a.path) - rankOf(b.path))) {
    const made = new Set(scenario.nodes.flatMap(({ defects }) => defects));
    const wanted = ({ defect }: { readonly defect: DefectName }): boolean =>
      made.has(defect) || isWanted(defect);
    for (const one of mutantsIn(path, scenario, 'pages', wanted)) {
      results.set(one.defect, [...(results.get(one.defect) ?? []), one]);
      for (const id of one.newlyViolated) killed.add(id);
    }
  }
  return [...results.values()].flat();
}

/**
 * First the calls that were made to show a defect, and those with losses, which timers need. Files
 * of one folder are alike; an order without meaning mixes the others.
 */
function rankOf(path: string): number {
  if (path.startsWith('negative/')) return 0;
  return path.startsWith('loss/') ? 1 : 2 + hashText(path);
}

/** docs/mutations.md: what would be noticed if a behaviour were broken. */
export function mutationPage(results: readonly MutantResult[]): string {
  const { defects, clauses } = mutationSummary(results);
  const killed = clauses.filter(({ killedBy }) => killedBy !== null);
  const left = clauses.filter(({ killedBy }) => killedBy === null);
  const idle = defects.filter(
    ({ noticed, noticedOtherwise }) => noticed.length + noticedOtherwise.length === 0,
  );
  return [
    '# What would be noticed',
    '',
    `Each of the ${defectTable.length} defects of \`sim-core/base/defects.ts\` is tried in shipped scenarios whose nodes come across it,`,
    'until some clause notices it and every clause that it is there to break is broken. A clause is killed where a defect',
    'violates it that was not violated before. `ringscope trace --mutate` tries every scenario; `npm run pages` writes this',
    'page, and a test runs every example again.',
    '',
    `- ${scoreWords(clauses.filter(isOfTheTexts))} of the source texts`,
    `- ${scoreWords(clauses.filter((one) => !isOfTheTexts(one)))} of SIP, SDP and RTP`,
    `- ${defects.length - idle.length} of ${defects.length} defects are noticed by some clause`,
    '',
    '## Clauses, and what breaks them',
    '',
    ...markdownTable({
      title: '',
      columns: ['Clause', 'What', 'Defect', 'Noticed in'],
      rows: killed.map(({ clause, killedBy }) => [
        clause.id,
        clause.title,
        `\`${killedBy?.defect ?? ''}\``,
        `\`${killedBy?.path ?? ''}\``,
      ]),
    }),
    '',
    '## Clauses nobody would miss',
    '',
    ...markdownTable({
      title: '',
      columns: ['Clause', 'What', 'Why'],
      rows: left.map(({ clause }) => [clause.id, clause.title, whyUnkilled(clause.id)]),
    }),
    '',
    '## Defects that no clause notices',
    '',
    ...(idle.length === 0 ? ['None.'] : idle.map(({ defect, says }) => `- \`${defect}\`: ${says}`)),
    '',
  ].join('\n');
}

function scoreWords(fates: readonly ClauseFate[]): string {
  const killed = fates.filter(({ killedBy }) => killedBy !== null).length;
  return `${killed} of ${fates.length} testable MUST clauses (${mutationScore(fates)} %)`;
}
