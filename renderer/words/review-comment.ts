import type { Clause, ClauseVerdict } from '../../sim-core/reading.ts';

/** What a review comment is made of. */
export interface Reviewed {
  readonly title: string;
  readonly seed: number;
  readonly fingerprint: string;
  readonly command: string | null;
  readonly clause: Clause | null;
  readonly verdict: ClauseVerdict;
  /** One sentence for each record that shows it, with its instant. */
  readonly evidence: readonly string[];
}

/** A comment for whoever reviews the standard or a call, in Markdown. */
export function reviewComment(reviewed: Reviewed): string {
  const { title, seed, fingerprint, command, clause, verdict, evidence } = reviewed;
  const lines = [`**${verdict.clause}** is ${verdict.verdict} in “${title}”.`, ''];
  if (clause !== null) {
    lines.push(`> ${clause.says}`, '', `${clause.document}, ${clause.section}`, '');
    lines.push(`Rule: ${clause.check}`);
  }
  lines.push(`Seen: ${verdict.says}`, '');
  lines.push(...evidence.map((sentence) => `- ${sentence}`));
  if (evidence.length > 0) lines.push('');
  if (command !== null) lines.push('```', command, '```', '');
  lines.push(`Seed ${seed}, fingerprint ${fingerprint}`);
  return `${lines.join('\n')}\n`;
}
