import { defectTable } from '../base/defects.ts';
import { clauses } from '../conformance/catalogue.ts';
import type { Clause } from '../conformance/clause.ts';
import { isSection, judgeOfClause } from './clause-links.ts';
import { whyUnkilled } from './unkilled-clauses.ts';
import type { MutantResult } from './mutation.ts';
import type { RequirementReport } from './report.ts';

/** What became of one defect over all scenarios. */
export interface DefectSummary {
  readonly defect: string;
  readonly breaks: readonly string[];
  readonly says: string;
  /** Runs in which the node came to where the defect would show. */
  readonly asked: number;
  /** …in which a record was another one. */
  readonly differs: number;
  /** Scenarios in which a clause it is there to break was violated; and in which any other was. */
  readonly noticed: readonly string[];
  readonly noticedOtherwise: readonly string[];
}

/** What became of one clause. */
export interface ClauseFate {
  readonly clause: Clause;
  /** The defect and the scenario that first showed it broken; null: nobody would miss it. */
  readonly killedBy: { readonly defect: string; readonly path: string } | null;
  /** Scenarios in which some defect broke it. */
  readonly scenarios: number;
}

export interface MutationSummary {
  readonly defects: readonly DefectSummary[];
  readonly clauses: readonly ClauseFate[];
}

/** The MUST clauses that a judge can hold against a trace, sections of RFCs apart. */
export function testableClauses(): Clause[] {
  return clauses.filter(
    (one) => one.strength === 'MUST' && !isSection(one) && judgeOfClause(one) !== null,
  );
}

export function mutationSummary(results: readonly MutantResult[]): MutationSummary {
  const defects = defectTable.map(({ name, breaks, says }): DefectSummary => {
    const own = results.filter(({ defect }) => defect === name);
    const noticed = own.filter(({ newlyViolated: [first] }) => isOneOf(breaks, first));
    const otherwise = own.filter(
      ({ newlyViolated: [first] }) => first !== undefined && !isOneOf(breaks, first),
    );
    return {
      defect: name,
      breaks,
      says,
      asked: own.length,
      differs: own.filter(({ differs }) => differs).length,
      noticed: pathsOf(noticed),
      noticedOtherwise: pathsOf(otherwise),
    };
  });
  const killers = killersOf(results);
  const fates = testableClauses().map((clause): ClauseFate => {
    const own = killers.get(clause.id) ?? [];
    const [first] = own;
    const killedBy = first === undefined ? null : { defect: first.defect, path: first.path };
    return { clause, killedBy, scenarios: pathsOf(own).length };
  });
  return { defects, clauses: fates };
}

/** By clause what broke it; the defects that are there to break it come first. */
function killersOf(results: readonly MutantResult[]): Map<string, MutantResult[]> {
  const breaks = new Map<string, readonly string[]>(
    defectTable.map((row) => [row.name, row.breaks]),
  );
  const killers = new Map<string, { meant: MutantResult[]; others: MutantResult[] }>();
  for (const result of results) {
    for (const clause of result.newlyViolated) {
      const own = killers.get(clause) ?? { meant: [], others: [] };
      killers.set(clause, own);
      const meant = breaks.get(result.defect)?.includes(clause) === true;
      (meant ? own.meant : own.others).push(result);
    }
  }
  return new Map([...killers].map(([id, { meant, others }]) => [id, [...meant, ...others]]));
}

function isOneOf(breaks: readonly string[], clause: string | undefined): boolean {
  return clause !== undefined && breaks.includes(clause);
}

function pathsOf(results: readonly MutantResult[]): string[] {
  return [...new Set(results.map(({ path }) => path))];
}

/** Killed of all, in whole percent, rounded down; 100 where there is nothing to kill. */
export function mutationScore(fates: readonly ClauseFate[]): number {
  const killed = fates.filter(({ killedBy }) => killedBy !== null).length;
  return fates.length === 0 ? 100 : Math.floor((100 * killed) / fates.length);
}

export function isOfTheTexts({ clause }: ClauseFate): boolean {
  return !clause.id.startsWith('R-');
}

/** `--mutate`: which defect which scenario notices, and which clause nobody would miss. */
export function mutationReport(summary: MutationSummary): RequirementReport {
  const { defects, clauses: fates } = summary;
  const texts = fates.filter(isOfTheTexts);
  const rules = fates.filter((one) => !isOfTheTexts(one));
  const survivors = fates.filter(({ killedBy }) => killedBy === null);
  return {
    name: 'mutation',
    title: 'What would be noticed',
    notes: [
      `${scoreLine(texts)} of the source texts, ${scoreLine(rules)} of SIP, SDP and RTP.`,
      `${defects.length} defects; ` +
        `${defects.filter(isUnnoticed).length} of them are noticed in no scenario.`,
    ],
    tables: [
      {
        title: 'Defects',
        columns: ['Defect', 'Breaks', 'Met in', 'Differs in', 'Noticed in', 'For example'],
        rows: defects.map((one) => [
          one.defect,
          one.breaks.join(', '),
          String(one.asked),
          String(one.differs),
          String(one.noticed.length + one.noticedOtherwise.length),
          one.noticed[0] ?? one.noticedOtherwise[0] ?? '',
        ]),
      },
      {
        title: 'Clauses, and what breaks them',
        columns: ['Clause', 'What', 'Defect', 'Scenarios', 'For example'],
        rows: fates
          .filter(({ killedBy }) => killedBy !== null)
          .map(({ clause, killedBy, scenarios }) => [
            clause.id,
            clause.title,
            killedBy?.defect ?? '',
            String(scenarios),
            killedBy?.path ?? '',
          ]),
      },
      {
        title: 'Clauses nobody would miss',
        columns: ['Clause', 'What', 'Why'],
        rows: survivors.map(({ clause }) => [clause.id, clause.title, whyUnkilled(clause.id)]),
      },
    ],
    data: {
      score: { texts: mutationScore(texts), rules: mutationScore(rules) },
      defects,
      clauses: fates.map(({ clause, killedBy, scenarios }) => ({
        id: clause.id,
        killedBy,
        scenarios,
        why: killedBy === null ? whyUnkilled(clause.id) : null,
      })),
    },
  };
}

function scoreLine(fates: readonly ClauseFate[]): string {
  const killed = fates.filter(({ killedBy }) => killedBy !== null).length;
  return `${killed} of ${fates.length} testable MUST clauses (${mutationScore(fates)} %)`;
}

function isUnnoticed({ noticed, noticedOtherwise }: DefectSummary): boolean {
  return noticed.length + noticedOtherwise.length === 0;
}
