import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { defectTable } from '../../../sim-core/base/defects.ts';
import { runScenario, type Run, type Scenario } from '../../../sim-core/index.ts';
import { oracles } from '../../../sim-core/conformance/oracles/index.ts';
import { rules } from '../../../sim-core/conformance/rules/index.ts';
import { shipped } from '../../support/scenarios.ts';
import { shippedFiles } from '../../support/shipped-files.ts';

/**
 * Spec §6.9: what a defect has to be flagged as, and what else it cannot help breaking. A clause
 * that no oracle judges yet waits for its oracle.
 */
const rows: readonly (readonly [file: string, flagged: string, besides: string])[] = [
  ['oa-01-foreign-origin', 'R-OA-14', 'DEL-GW-SRV-07'],
  ['oa-02-lost-m-line', 'R-OA-13', 'DEL-GW-SRV-07'],
  ['oa-03-cmr-video-first', 'R-OA-13 R-OA-15', 'CON-SRV-07 FLOW-CON-06'],
  ['oa-04-remapped-payload-type', 'R-OA-16', 'DEL-GW-SRV-07'],
  ['oa-05-other-sdp-in-200', 'R-OA-03', 'R-OA-04'],
  ['oa-06-early-session-in-200', 'R-ES-02', ''],
  ['oa-07-one-port-for-both', 'R-ES-04', 'R-ES-06 R-OA-19'],
  ['oa-08-authorised-in-200', 'R-PEM-01', ''],
  ['oa-09-required-in-prack', 'R-PRK-14', ''],
  ['oa-10-early-session-required-twice', 'DEL-AS-SRV-03', ''],
  ['oa-10-early-session-not-supported', 'R-MSG-11', 'DEL-AS-SRV-01 R-ES-08'],
  ['oa-11-rseq-in-steps-of-two', 'R-PRK-04', ''],
  ['oa-12-update-before-prack', 'R-UPD-03', 'DEL-GW-SRV-07 R-UPD-12'],
  ['oa-13-answer-before-prack', 'R-PRK-12', ''],
  ['oa-14-ack-of-the-wrong-invite', 'R-2XX-03', 'FLOW-CON-10'],
  ['oa-15-ring-for-client-b', 'CON-SRV-09', 'FLOW-CON-11'],
  ['oa-16-mixture-before-the-ack', 'CON-SRV-09', 'FLOW-CON-11'],
  ['oa-17-stop-sent-twice', 'DEL-GW-SRV-06 CON-SRV-02', ''],
  ['oa-17-stop-never-sent', 'DEL-GW-SRV-06 CON-SRV-02', ''],
  ['oa-18-url-in-200', 'DEL-HTTP-SRV-01', 'R-ALI-01 R-MSG-16'],
  ['oa-19-bye-in-an-early-dialog', 'R-DLG-11', ''],
  ['oa-20-old-version', 'R-OA-14', 'DEL-GW-SRV-07'],
  ['oa-21-media-on-a-refused-line', 'R-OA-07', ''],
  ['oa-22-media-by-two-ways', 'R-RTP-06', ''],
];

const judgedClauses: ReadonlySet<string> = new Set([
  ...oracles.flatMap(({ clauses }) => clauses),
  ...rules.map(({ id }) => id),
]);

const negative = shippedFiles()
  .map(({ path }) => path.replace('.cmr.yaml', ''))
  .filter((path) => path.startsWith('negative/'))
  .map((path) => path.replace('negative/', ''));

function broken(run: Run): string[] {
  return run.verdicts
    .filter(({ verdict, level }) => verdict === 'violated' && level !== 'info')
    .map(({ clause }) => String(clause))
    .sort();
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

/** The same call, in which nobody breaks anything on purpose. */
function sound(scenario: Scenario): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.defects.length > 0 ? { ...node, defects: [] } : node,
  );
  return { ...scenario, nodes };
}

/** What stays wrong when the defect is gone, because the terminal is not up to the mode. */
const ofItself: Readonly<Record<string, readonly string[]>> = {
  'ring-unasked': ['DEL-GW-CLI-01'],
  // How a terminal is set up, and no defect of its code.
  'oa-07-one-port-for-both': ['R-ES-04', 'R-ES-06', 'R-OA-19'],
};

describe('a scenario that breaks a rule on purpose', () => {
  it.each(rows)('%s is flagged as %s, and besides only as %s', (name, flagged, besides) => {
    const named = words(flagged).filter((id) => judgedClauses.has(id));
    const due = [...named, ...words(besides)].sort();
    expect(broken(runScenario(shipped(`negative/${name}`), { engine: 'x' }))).toEqual(due);
  });

  it.each(negative)('%s breaks what it expects, and nothing without its defect', (name) => {
    const scenario = shipped(`negative/${name}`);
    const expected = Object.entries(scenario.expect.verdicts)
      .filter(([, verdict]) => verdict === 'violated')
      .map(([id]) => id);
    expect(broken(runScenario(scenario, { engine: 'x' }))).toEqual(expected.sort());
    const without = broken(runScenario(sound(scenario), { engine: 'x' }));
    expect(without).toEqual(ofItself[name] ?? []);
  });
});

describe('the table of defects', () => {
  const scenarios = shippedFiles().map(({ path }) => shipped(path.replace('.cmr.yaml', '')));
  const flaggedIn = (name: string): Set<string> => {
    const having = scenarios.filter(({ nodes }) =>
      nodes.some(({ defects }) => defects.some((one) => one === name)),
    );
    const flagged = having.flatMap(({ expect: { verdicts } }) => Object.entries(verdicts));
    return new Set(flagged.filter(([, verdict]) => verdict === 'violated').map(([id]) => id));
  };

  // Many have no file of their own: docs/mutations.md shows a call for each clause that they are
  // there to break, and its own test runs that call again.
  const page = readFileSync('docs/mutations.md', 'utf8');
  const killedOnPage = (name: string): string[] =>
    [...page.matchAll(/^\| ([A-Z0-9-]+) \| [^|]+ \| `([a-z0-9-]+)` \|/gm)].flatMap(
      ([, id = '', defect]) => (defect === name ? [id] : []),
    );
  const ofOneRole = defectTable.filter(({ role }) => role !== 'user agent');

  it.each(ofOneRole.map(({ name, breaks }) => [name, breaks] as const))(
    '%s is shown to break what the table says',
    (name, breaks) => {
      const judged = breaks.map(String).filter((id) => judgedClauses.has(id));
      const shown = [...flaggedIn(name), ...killedOnPage(name)];
      expect(shown).toEqual(expect.arrayContaining(judged));
    },
  );
});
