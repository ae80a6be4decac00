import {
  chanceOfRun,
  choiceQuestions,
  choicesAround,
  choiceText,
  type ChoiceMade,
  type RecordNumber,
} from '../sim-core/index.ts';
import type { Report } from './run-files.ts';

/**
 * What chance chose with the event of a record, each as the option that chooses it; nothing where
 * nothing was left to chance.
 */
export function chosenLines({ scenario, run, choices }: Report, record: RecordNumber): string[] {
  const { seed, nodes } = run.header;
  const made = choicesAround(scenario, seed, chanceOfRun(seed, choices), record);
  if (made.length === 0) return [];
  const nameOf = (id: ChoiceMade['from']): string => nodes.find((one) => one.id === id)?.name ?? '';
  const rows = made.map(({ choice, point, value, least, most, likelihood, from, to }) => {
    const option = `--choice ${choice}=${choiceText(point, value)}`;
    const where = to === null ? nameOf(from) : `${nameOf(from)} to ${nameOf(to)}`;
    const bounds =
      likelihood === null
        ? `from ${choiceText(point, least)} to ${choiceText(point, most)}`
        : `likelihood ${likelihood.numerator}/${likelihood.denominator}`;
    return `  ${option.padEnd(24)} ${where}: ${choiceQuestions[point]}, ${bounds}`;
  });
  return ['', 'Left to chance with it; another value takes it otherwise:', ...rows];
}
