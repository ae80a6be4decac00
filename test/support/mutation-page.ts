import { defectTable } from '../../sim-core/base/defects.ts';
import { hashText } from '../../sim-core/base/hash.ts';
import {
  isOfTheTexts,
  mutationScore,
  mutationSummary,
  type ClauseFate,
} from '../../sim-core/requirements/mutation-report.ts';
import { isHealthy, mutantsOf, type MutantResult } from '../../sim-core/requirements/mutation.ts';
import { markdownTable } from '../../sim-core/requirements/print-report.ts';
import { whyUnkilled } from '../../sim-core/requirements/unkilled-clauses.ts';
import type { Shipped } from './shipped-runs.ts';

/** More scenarios than this are not tried with one defect: the page wants examples. */
const triesMost = 30;

/** Mutants of the shipped scenarios: every defect in some scenarios of every kind. */
export function shippedMutants(all: readonly Shipped[]): MutantResult[] {
  const tries = new Map<string, number>();
  // Files of one folder are alike; an order without meaning mixes them.
  const mixed = all
    .filter(({ scenario }) => isHealthy(scenario))
    .toSorted((a, b) => hashText(a.path) - hashText(b.path));
  return mixed.flatMap(({ path, scenario }) =>
    mutantsOf(path, scenario, 'pages', ({ defect }) => {
      const before = tries.get(defect) ?? 0;
      tries.set(defect, before + 1);
      return before < triesMost;
    }),
  );
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
    `Each of the ${defectTable.length} defects of \`sim-core/base/defects.ts\` is tried in up to ${triesMost} shipped scenarios whose nodes come`,
    'across it. A clause is killed where a defect violates it that was not violated before. `ringscope trace --mutate`',
    'tries every scenario; `npm run pages` writes this page, and a test runs every example again.',
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
