import { runScenario, type ClauseVerdict, type Run } from '../../sim-core/index.ts';
import { figure, withFaults } from './scenarios.ts';

/** The call of the figure, and the same where no answer to the UPDATE gets through. */
export interface LostAnswer {
  readonly usual: Run;
  readonly broken: Run;
}

/** The fault as command lines and links say it. */
export const lostAnswerFault = 'drop every 200 (UPDATE) from client-a';

export function lostAnswer(): LostAnswer {
  const fault = {
    does: { kind: 'drop' },
    message: '200 (UPDATE)',
    from: 'client-a',
    to: null,
    occurrences: [],
  } as const;
  return {
    usual: runScenario(figure(), { engine: 'test' }),
    broken: runScenario(withFaults(figure(), fault), { engine: 'test' }),
  };
}

/** What becomes of the source texts' clauses: all that ask for something after step 6 flip. */
export const flippedByLostAnswer = [
  'DEL-GW-SRV-08',
  'CON-SRV-03',
  'CON-SRV-08',
  'CON-SRV-09',
  'CON-CLI-01',
  'FLOW-CON-07',
  'FLOW-CON-08',
  'FLOW-CON-09',
  'FLOW-CON-10',
  'FLOW-CON-11',
];

/** The verdicts that are others than before, those of the rules of SIP among them. */
export function flippedVerdicts({ usual, broken }: LostAnswer): ClauseVerdict[] {
  const before = new Map(usual.verdicts.map((one) => [one.clause, one.verdict]));
  return broken.verdicts.filter(({ clause, verdict }) => before.get(clause) !== verdict);
}
