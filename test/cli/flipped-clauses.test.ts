import { describe, expect, it } from 'vitest';

import { runCommandLine } from '../../cli/program.ts';
import { countVerdicts } from '../../renderer/judgement/findings.ts';
import type { ClauseVerdict } from '../../sim-core/index.ts';
import { traceOf } from '../renderer/trace-of-run.ts';
import {
  flippedByLostAnswer,
  flippedVerdicts,
  lostAnswer,
  lostAnswerFault,
} from '../support/lost-update-answer.ts';
import { fakeTerminal } from './fake-terminal.ts';

const file = 'scenarios/continue/as-in-the-figure.cmr.yaml';
const calls = lostAnswer();
const { usual, broken } = calls;

const isOfTheTexts = ({ clause }: ClauseVerdict): boolean => !clause.startsWith('R-');

async function run(reporter: string, ...words: string[]): Promise<string> {
  const { terminal, out } = fakeTerminal();
  await runCommandLine(['run', file, '--reporter', reporter, ...words], terminal);
  return out();
}

const fault = ['--fault', lostAnswerFault];

describe('the answer to the UPDATE is lost', () => {
  it('flips exactly the clauses after step 6, each with the records that show it', () => {
    const before = new Map(usual.verdicts.map((one) => [one.clause, one]));
    const flipped = flippedVerdicts(calls).filter(isOfTheTexts);
    expect(flipped.map(({ clause }) => String(clause))).toEqual(flippedByLostAnswer);
    for (const { clause } of flipped) {
      expect(before.get(clause)?.verdict).toBe('satisfied');
      expect(before.get(clause)?.evidence.length, clause).toBeGreaterThan(0);
    }
    for (const { clause, evidence } of flipped) expect(evidence.length, clause).toBeGreaterThan(0);
  });

  it('is told alike by the command line, in JSON', async () => {
    const { runs } = JSON.parse(await run('json', ...fault));
    const told = runs[0].verdicts as ClauseVerdict[];
    expect(told).toEqual(JSON.parse(JSON.stringify(broken.verdicts)));
  });

  it('is told alike in JUnit: what was passed is skipped, and nothing else changes', async () => {
    const [one, other] = await Promise.all([run('junit'), run('junit', ...fault)]);
    for (const { clause, evidence } of flippedVerdicts(calls).filter(isOfTheTexts)) {
      const told = new RegExp(
        `name="${clause}"><\\w+ message="[^"]*records ${evidence.join(', ')}\\)"`,
      );
      expect(other).toMatch(told);
    }
    const skipped = (xml: string): string[] =>
      [...xml.matchAll(/name="((?:DEL|CON|FLOW)-[A-Z0-9-]+)"><skipped/g)].map(([, id = '']) => id);
    const already = new Set(skipped(one));
    expect(skipped(other).filter((id) => !already.has(id))).toEqual(flippedByLostAnswer);
    expect(skipped(one).filter((id) => !skipped(other).includes(id))).toEqual([]);
  });

  it('is counted alike by the window', () => {
    const counts = [usual, broken].map((one) => {
      const verdicts = one.verdicts.filter(isOfTheTexts);
      return countVerdicts(traceOf({ ...one, verdicts }).trace, one.endedAt);
    });
    const [before, after] = counts;
    expect((before?.satisfied ?? 0) - (after?.satisfied ?? 0)).toBe(flippedByLostAnswer.length);
  });
});
