import { visible } from '../sim-core/authoring.ts';
import type { RunDifference } from '../sim-core/experimenting.ts';

/** In the order in which a reader wants to know. */
const order = ['removed', 'added', 'lost', 'moved', 'SDP', 'header', 'time'] as const;

/** The difference as lines: the sentence that sums it up first. */
export function diffAsText(difference: RunDifference): string[] {
  const lines = [summary(difference)];
  if (difference.same) return lines;
  const width = Math.max(0, ...order.map((change) => change.length));
  for (const change of order) {
    for (const one of difference.messages) {
      if (one.change !== change) continue;
      const [a, b] = one.records.map((record) => (record === null ? '–' : String(record)));
      const records = `${a}/${b}`.padEnd(9);
      lines.push(
        `${change.padEnd(width)}  ${records} ${visible(one.meaning)}: ${visible(one.says)}`,
      );
    }
  }
  for (const says of difference.verdicts) lines.push(`verdict  ${visible(says)}`);
  for (const says of difference.metrics) lines.push(`metric   ${visible(says)}`);
  return lines;
}

function summary({ same, timingOnly, messages, outcomes }: RunDifference): string {
  const [a, b] = outcomes;
  if (same) return 'The same run: equal fingerprints.';
  const ends = a === b ? `both end with: ${a}` : `A ends with: ${a}; B with: ${b}`;
  if (timingOnly)
    return `Timing only: the same messages, ${messages.length} at other times; ${ends}.`;
  const counts = order
    .map((change) => [change, messages.filter((one) => one.change === change).length] as const)
    .filter(([, count]) => count > 0)
    .map(([change, count]) => `${count} ${change}`);
  const what = counts.length === 0 ? 'no message' : counts.join(', ');
  return `They differ: ${what}; ${ends}.`;
}
