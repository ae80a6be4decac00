import { clause, type ClauseId } from '../base/clause-id.ts';
import type { CallPicture } from './oracles/call-picture.ts';
import { underClause, type Judgement } from './oracles/judgement.ts';
import type { ClauseVerdict } from './verdict.ts';

/**
 * A judge of what the record shows of a call. It may not import a node, for what judges must not
 * share code with what it judges.
 */
export interface Oracle {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly judges: readonly ClauseJudge[];
  /** One verdict per clause, in the order of `clauses`. */
  verdicts(call: CallPicture): ClauseVerdict[];
}

export interface ClauseJudge {
  readonly id: ClauseId;
  readonly judge: (call: CallPicture) => Judgement;
}

/** An oracle that has a judge for each of its clauses. */
export function oracle(
  name: string,
  judges: Readonly<Record<string, (call: CallPicture) => Judgement>>,
): Oracle {
  const each: ClauseJudge[] = Object.entries(judges).map(([id, judge]) => ({
    id: clause(id),
    judge,
  }));
  return {
    name,
    clauses: each.map(({ id }) => id),
    judges: each,
    verdicts: (call) => each.map(({ id, judge }) => underClause(id, judge(call))),
  };
}
