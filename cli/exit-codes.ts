/** What every way of ending means to a script. The help texts and `docs/cli.md` are made of it. */
export const exitCodes = {
  passed: { code: 0, says: 'everything held: no clause violated, every expectation met' },
  failed: { code: 1, says: 'at least one clause is violated, or an expectation is not met' },
  refused: {
    code: 2,
    says: 'bad usage, or a scenario (CMR1xxx) or SIP message with problems: file:line:column',
  },
  inconclusive: {
    code: 3,
    says: 'a clause could not be judged, or a limit ended the run (--strict makes it 1)',
  },
  diverged: {
    code: 4,
    says: 'a run made again is not the run that was kept, or its bundle is damaged',
  },
  unavailable: { code: 5, says: 'a file could not be read or written' },
  internal: { code: 70, says: 'internal error: please report it with the line printed' },
  interrupted: { code: 130, says: 'interrupted; what was written says so' },
} as const;

export type Ending = keyof typeof exitCodes;

/** In the order of the table. */
export const everyEnding = Object.keys(exitCodes) as readonly Ending[];

/** The endings from the gravest to the best: several files end as the gravest of them. */
const gravity: readonly Ending[] = [
  'internal',
  'interrupted',
  'unavailable',
  'refused',
  'diverged',
  'failed',
  'inconclusive',
  'passed',
];

/** Takes none for "nothing was to be done", which is fine. */
export function gravest(endings: readonly Ending[]): Ending {
  return gravity.find((ending) => endings.includes(ending)) ?? 'passed';
}

/** `  0    everything held …`, one line each. */
export function printExitCodes(endings: readonly Ending[]): string {
  const rows = endings.map((ending) => {
    const { code, says } = exitCodes[ending];
    return `  ${String(code).padEnd(4)} ${says}`;
  });
  return ['Exit codes:', ...rows].join('\n');
}
