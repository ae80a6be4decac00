import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { RequirementReport } from './report.ts';

/** A clause that two packs judge differently in one flow. */
export interface PackChange {
  readonly path: string;
  readonly clause: string;
  readonly before: string;
  readonly after: string;
  readonly says: string;
  /** The records that show it, by the second pack. */
  readonly evidence: readonly number[];
}

/** What one flow comes to under each pack. */
export interface PackedFlow {
  readonly path: string;
  readonly results: readonly [a: FlowResult, b: FlowResult];
  readonly changes: readonly PackChange[];
}

type FlowResult = 'passes' | 'fails';

/** Compares the verdicts on one flow. */
export function compareVerdicts(
  path: string,
  a: readonly ClauseVerdict[],
  b: readonly ClauseVerdict[],
): PackedFlow {
  const inA = new Map(a.map((one) => [one.clause, one]));
  const inB = new Map(b.map((one) => [one.clause, one]));
  const ids = [...new Set([...inA.keys(), ...inB.keys()])];
  const changes = ids.flatMap((clause): PackChange[] => {
    const [one, other] = [inA.get(clause), inB.get(clause)];
    const [before, after] = [wordOf(one), wordOf(other)];
    if (before === after) return [];
    const says = other?.says ?? 'The second pack does not have the clause.';
    return [{ path, clause, before, after, says, evidence: other?.evidence ?? [] }];
  });
  return { path, results: [resultOf(a), resultOf(b)], changes };
}

/** A violation is told with its weight. */
function wordOf(one: ClauseVerdict | undefined): string {
  if (one === undefined) return 'not in the pack';
  return one.verdict === 'violated' ? `violated (${one.level})` : one.verdict;
}

function resultOf(verdicts: readonly ClauseVerdict[]): FlowResult {
  return verdicts.some(({ verdict, level }) => verdict === 'violated' && level === 'error')
    ? 'fails'
    : 'passes';
}

/** `--packs a b`: the flows whose verdict changes, and the clauses that are the reason. */
export function packReport(
  flows: readonly PackedFlow[],
  names: readonly [a: string, b: string],
): RequirementReport {
  const changed = flows.filter(({ changes }) => changes.length > 0);
  const turned = flows.filter(({ results: [a, b] }) => a !== b);
  const columns = ['Flow', 'Clause', names[0], names[1], 'What was seen'];
  return {
    name: 'packs',
    title: `From ${names[0]} to ${names[1]}`,
    notes: [
      `${turned.length} of ${flows.length} flows pass by one of them and fail by the other; ` +
        `in ${changed.length} some clause is judged differently.`,
    ],
    tables: [
      {
        title: 'Flows that turn',
        columns: ['Flow', names[0], names[1], 'Clauses'],
        rows: turned.map(({ path, results, changes }) => [
          path,
          ...results,
          changes.map(({ clause }) => clause).join(', '),
        ]),
      },
      {
        title: 'Clauses judged differently',
        columns,
        rows: changed.flatMap(({ changes }) =>
          changes.map(({ path, clause, before, after, says, evidence }) => [
            path,
            clause,
            before,
            after,
            evidence.length === 0 ? says : `${says} (records ${evidence.slice(0, 8).join(', ')})`,
          ]),
        ),
      },
    ],
    data: { packs: names, flows: changed },
  };
}
