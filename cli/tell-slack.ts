import { printMilliseconds, slackOf, type Slack } from '../sim-core/reading.ts';
import type { SlackFlags } from './commands/slack.ts';
import type { Ending } from './exit-codes.ts';
import { changesOf, runFile } from './run-files.ts';
import type { Terminal } from './terminal.ts';

/** Raised when a reader of the old shape could not read the new one. */
const slackSchemaVersion = 1;

/** Runs one scenario and says how narrowly everything in it held. */
export async function tellSlack(
  file: string,
  flags: SlackFlags,
  terminal: Terminal,
): Promise<Ending> {
  const { run } = await runFile(file, changesOf(flags, false), terminal);
  const { header, records } = run;
  const found = slackOf(header, records);
  const nameOf = ({ node }: Slack): string => header.nodes[node]?.name ?? String(node);
  if (flags.to === 'json') {
    const slack = found.map((one) => ({ ...one, node: nameOf(one) }));
    terminal.out(`${JSON.stringify({ schemaVersion: slackSchemaVersion, slack })}\n`);
    return 'passed';
  }
  const nodes = Math.max(4, ...found.map((one) => nameOf(one).length));
  terminal.out(`  slack ms  at ms        ${'node'.padEnd(nodes)}  what\n`);
  for (const one of found) {
    const slack = printMilliseconds(one.slack).padStart(10);
    const at = printMilliseconds(one.at).padEnd(11);
    const clause = one.clause === null ? '' : ` (${one.clause})`;
    const records = one.records.map((number) => `#${number}`).join(' ');
    terminal.out(
      `${slack}  ${at}  ${nameOf(one).padEnd(nodes)}  ${one.what}${clause} ${records}\n`,
    );
  }
  return 'passed';
}
