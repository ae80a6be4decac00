import { readdirSync, readFileSync } from 'node:fs';

import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { buildProgram } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

/** `docs/cli.md` is made from the commands themselves. */
const pages = [
  'README.md',
  'examples/bullmq/README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md') && name !== 'cli.md')
    .map((name) => `docs/${name}`),
];

/** What stands between two fences, or in quotes within a line. */
const code = /^ *```\w*\n([\s\S]*?)^ *```$|`([^`\n]+)`/gm;

/**
 * A command, and what it is given up to a pipe; lines go on after a backslash, or indented as in a
 * Job. `ringscope control 1` is how the text of a control message begins, and no command.
 */
const call = /(?:\bringscope|npm run sim --) (?!control 1$)([a-z]+) ((?:\\\n|[^|\n]|\n {2,})*)/gm;

interface Documented {
  readonly command: string;
  readonly options: readonly string[];
}

function documentedIn(page: string): Documented[] {
  const pieces = [...page.matchAll(code)].map((match) => match[1] ?? match[2] ?? '');
  return pieces.flatMap((piece) =>
    [...piece.matchAll(call)].map(([, command = '', rest = '']) => ({
      command,
      options: rest.match(/(?<=\s|^)--?[a-z][a-z-]*/g) ?? [],
    })),
  );
}

/** The options among these that the command does not know; or the command, where there is none. */
function unknownIn({ command, options }: Documented, program: Command): string[] {
  const known = program.commands.find((one) => one.name() === command);
  if (known === undefined) return [command];
  const flags = known.options.flatMap(({ long, short }) => [long, short]);
  const all = [...flags, '--help', '-h'];
  return options.filter((option) => !all.includes(option)).map((option) => `${command} ${option}`);
}

/** Files that share a sweep out, as pages that hold nothing else. */
const examples = ['gnu-parallel/sweep.sh', 'slurm/sweep.sh', 'kubernetes/sweep-job.yaml'].map(
  (name) => readFileSync(`examples/${name}`, 'utf8'),
);

function documentedInExamples(): Documented[] {
  return examples.flatMap((text) => documentedIn(`\`\`\`\n${text}\`\`\`\n`));
}

describe('the commands that are documented', () => {
  const program = buildProgram({ terminal: fakeTerminal().terminal, end: () => {} });

  it('are there, with the options they are given', () => {
    const inPages = pages.flatMap((page) => documentedIn(readFileSync(page, 'utf8')));
    const documented = [...inPages, ...documentedInExamples()];
    expect(documented.length).toBeGreaterThan(20);
    expect(documented.flatMap((one) => unknownIn(one, program))).toEqual([]);
    const wrong = documentedIn('```\nparallel ringscope sweep f \\\n  --shards 1 ::: 1\n```\n');
    expect(wrong.flatMap((one) => unknownIn(one, program))).toEqual(['sweep --shards']);
  });

  it('share a sweep out by parallel, Slurm and Kubernetes', () => {
    const shared = documentedInExamples().filter(({ command }) => command === 'sweep');
    const each = ['--axis', '--axis', '--jobs', '--results', '--shard'];
    expect(shared).toEqual(Array(3).fill({ command: 'sweep', options: each }));
  });

  it('have in the Job as many parts as it has completions', () => {
    const { spec } = parse(examples.at(-1) ?? '');
    const [container] = spec.template.spec.containers;
    const parts = /--shard \$\(\(JOB_COMPLETION_INDEX \+ 1\)\)\/([0-9]+)$/.exec(container.args[0]);
    expect(parts?.[1]).toBe(String(spec.completions));
    expect(spec.completionMode).toBe('Indexed');
  });
});
