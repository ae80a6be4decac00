import type { ClauseId, Verdict } from '../../sim-core/reading.ts';

/** The clauses that one run has judged, by how it judged them. */
export type JudgedClauses = Readonly<Record<Verdict, readonly ClauseId[]>>;

/** Which scenarios of the library judge a clause how, by their keys. */
export type ClauseCoverage = Readonly<Record<Verdict, readonly string[]>>;

/** How the scenarios judge, beside the state: thousands of words that only ever grow. */
export interface LibraryStore {
  /** Takes how a scenario, as it is written, was judged; again where its text has changed. */
  take(key: string, judged: JudgedClauses): void;
  /** Scenarios that have been judged. */
  readonly size: number;
  /** Every clause that any of them judges. */
  coverage(): ReadonlyMap<ClauseId, ClauseCoverage>;
}

/** Takes what is called with a rising version after each change. */
export function makeLibraryStore(changed: (version: number) => void): LibraryStore {
  const runs = new Map<string, JudgedClauses>();
  let known: ReadonlyMap<ClauseId, ClauseCoverage> | null = null;
  let version = 0;
  return {
    take(key, judged) {
      runs.set(key, judged);
      known = null;
      version += 1;
      changed(version);
    },
    get size() {
      return runs.size;
    },
    coverage() {
      known ??= coverageOf(runs);
      return known;
    },
  };
}

const kinds: readonly Verdict[] = ['satisfied', 'violated', 'inconclusive', 'not exercised'];

function coverageOf(runs: ReadonlyMap<string, JudgedClauses>): Map<ClauseId, ClauseCoverage> {
  const found = new Map<ClauseId, Record<Verdict, string[]>>();
  for (const [key, judged] of runs) {
    for (const kind of kinds) {
      for (const clause of judged[kind]) {
        const known = found.get(clause);
        const entry = known ?? {
          satisfied: [],
          violated: [],
          inconclusive: [],
          'not exercised': [],
        };
        if (known === undefined) found.set(clause, entry);
        entry[kind].push(key);
      }
    }
  }
  return found;
}

/** The verdicts of a run by kind. */
export function judgedBy(
  verdicts: readonly { readonly clause: ClauseId; readonly verdict: Verdict }[],
): JudgedClauses {
  const of = (kind: Verdict): ClauseId[] =>
    verdicts.filter(({ verdict }) => verdict === kind).map(({ clause }) => clause);
  return {
    satisfied: of('satisfied'),
    violated: of('violated'),
    inconclusive: of('inconclusive'),
    'not exercised': of('not exercised'),
  };
}
