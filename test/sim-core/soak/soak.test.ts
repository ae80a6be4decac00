import { describe, expect, it } from 'vitest';

import { addFault, readScenario, setInScenario } from '../../../sim-core/authoring.ts';
import { clause } from '../../../sim-core/base/clause-id.ts';
import type { ClauseVerdict } from '../../../sim-core/conformance/verdict.ts';
import { soak, joinReports, newSoakReport, type SoakPlan } from '../../../sim-core/index.ts';
import { runScenario } from '../../../sim-core/run/run-scenario.ts';
import type { Scenario } from '../../../sim-core/scenario/scenario.ts';
import {
  drawCase,
  faultKinds,
  isSoakable,
  replayCommand,
  type ShelfItem,
} from '../../../sim-core/soak/draw-case.ts';
import { brokenRules } from '../../../sim-core/soak/judging.ts';
import { brokenInvariants } from '../../../sim-core/soak/invariants.ts';
import { runCase } from '../../../sim-core/soak/run-case.ts';
import { stateNames } from '../../../sim-core/soak/sometimes.ts';
import { shippedWith } from '../../support/scenarios.ts';
import { shippedFiles } from '../../support/shipped-files.ts';

const texts = shippedFiles().map(({ path, text }) => ({ file: `scenarios/${path}`, text }));
const shelf: readonly ShelfItem[] = texts.flatMap(({ file, text }) => {
  const { scenario } = readScenario(text, file);
  return scenario !== null && isSoakable(scenario) ? [{ file, scenario }] : [];
});
const plan: SoakPlan = { shelf, profile: 'usual', engine: 'test', twiceEvery: 25, judged: true };
const checks = { engine: 'test', twice: true, judged: false };

describe('a soak', () => {
  it('finds nothing that must never be, in any of 500 disturbed calls', () => {
    const report = soak(plan, 0, 499, 1);
    expect(report.failures).toEqual([]);
    expect(report.calls).toBe(500);
    const idle = Object.entries(report.kinds).filter(([, times]) => times < 5);
    expect(idle).toEqual([]);
    const reached = Object.values(report.states).filter((times) => times > 0);
    expect(reached.length).toBeGreaterThan(stateNames.length * 0.7);
  }, 120_000);

  it('finds nothing in harsh ones either', () => {
    expect(soak({ ...plan, profile: 'harsh' }, 0, 99, 1).failures).toEqual([]);
  }, 120_000);

  it('takes out what a scenario does on purpose', () => {
    const purposes = shelf.filter(({ scenario: { nodes, faults } }) => {
      return faults.length > 0 || nodes.some(({ defects }) => defects.length > 0);
    });
    expect(purposes.length).toBeGreaterThan(20);
    for (const [seed, item] of purposes.entries()) {
      const { scenario } = drawCase(seed, [item], 'calm') ?? {};
      expect(scenario?.faults).toEqual([]);
      for (const node of scenario?.nodes ?? []) {
        expect(node.defects).toEqual([]);
        if ('responds' in node) expect(node.responds).toEqual([]);
      }
    }
  });

  it('draws the other calls as before when a scenario comes or goes, and draws from all', () => {
    const seeds = Array.from({ length: 4_000 }, (_, seed) => seed);
    const drawn = seeds.map((seed) => drawCase(seed, shelf, 'usual'));
    const times = shelf.map(({ file }) => drawn.filter((one) => one?.file === file).length);
    const even = seeds.length / shelf.length;
    expect(Math.min(...times)).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(even * 3);
    const gone = drawn[0]?.file;
    const fewer = shelf.filter(({ file }) => file !== gone);
    for (const seed of seeds.slice(0, 400)) {
      const again = drawCase(seed, fewer, 'usual');
      const before = drawn[seed];
      if (before?.file === gone) expect(again?.file).not.toBe(gone);
      else expect(again === null ? '' : replayCommand(again)).toBe(replayCommand(before!));
    }
  });

  it('knows at least the 24 kinds of fault it was made for', () => {
    expect(faultKinds.length).toBeGreaterThanOrEqual(24);
    expect(new Set(faultKinds.map(({ name }) => name)).size).toBe(faultKinds.length);
  });

  it('counts the same whatever the order and the shares of the seeds', () => {
    const whole = soak(plan, 100, 139, 1);
    const joined = newSoakReport();
    for (const first of [101, 100]) joinReports(joined, soak(plan, first, 139, 2));
    expect(joined).toEqual(whole);
  });

  it('gives for every seed a command line that runs the same call', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const one = drawCase(seed, shelf, 'harsh');
      if (one === null) throw new Error('nothing was drawn');
      const { fingerprint } = runCase(one, checks);
      const again = asWritten(one);
      expect(runScenario(again, { engine: 'test', seed }).fingerprint, replayCommand(one)).toBe(
        fingerprint,
      );
    }
  });

  it('quotes for a shell what needs it', () => {
    const one = drawCase(3, shelf, 'harsh');
    if (one === null) throw new Error('nothing was drawn');
    expect(replayCommand(one)).toMatch(
      /^ringscope run scenarios\/\S+ --seed 3 --set until=3600s --set media=streams --set 'script=\[/,
    );
  });

  it('notices what must never be', () => {
    const one = drawCase(0, shelf, 'calm');
    if (one === null) throw new Error('nothing was drawn');
    // A call in which nobody ever hangs up is left standing.
    const script = one.scenario.script.filter(({ does }) => ['dial', 'answer'].includes(does.kind));
    const standing = runCase({ ...one, scenario: { ...one.scenario, script } }, checks);
    expect(standing.problems.join('\n')).toMatch(/still holds .*a dialog confirmed/);
    const ended = runCase({ ...one, scenario: { ...one.scenario, until: 1 as never } }, checks);
    expect(ended.problems.join('\n')).toContain('it does not come to rest: time limit');
    const { header, records } = runScenario(one.scenario, { engine: 'test' });
    expect(brokenInvariants(header, records)).toEqual([]);
    const [first, ...others] = records;
    if (first === undefined) throw new Error('nothing happened');
    expect(brokenInvariants(header, [...others, first]).join('\n')).toContain('time goes back');
    const deaf = records.filter(({ kind }) => kind === 'note');
    expect(brokenInvariants(header, deaf).join('\n')).toContain('before it has any description');
  });

  it('forgives a CMR Server what nobody can tell it, and that alone', () => {
    const dials = '{ at: 0s, who: client-a, does: dial, target: client-b }';
    const answers = '{ after: 1s, since: ringing, who: client-b2, does: answer }';
    const settings = { until: '900s', script: `[${dials}, ${answers}]` };
    const left = (crashes: boolean, ...faults: string[]) => {
      const outages = { 'nodes.client-a.outages': '[{ kind: crash, at: 20s }]' };
      const more = crashes ? { ...settings, ...outages } : settings;
      const scenario = shippedWith('forking/fk-04-one-telephone-refuses', more, faults);
      const one = { seed: 1, file: '', scenario, changes: [], faults: [], kinds: [] };
      return runCase(one, checks).problems.map((says) => says.split(' ')[0]);
    };
    // The proxy's CANCEL for the other telephone ends nothing of the server's.
    expect(left(true)).not.toContain('cmr-server');
    expect(left(false)).toContain('cmr-server');
    // The answer bears a tag that was made up, and what hangs up is the dialog that rang.
    const ghost = [
      'change the To tag of the 1st 200 (INVITE) from proxy',
      'drop every 200 (INVITE) from client-b2 from 1600ms on',
    ];
    expect(left(true, ...ghost)).not.toContain('cmr-server');
    expect(left(false, ...ghost)).toContain('cmr-server');
    // Client-B2 hangs up, in a Call-ID that was made up on the way to it.
    const strange = [
      'change the From tag of the 1st INVITE',
      'change the Call-ID of the 4th INVITE',
    ];
    expect(left(false, ...strange)).toEqual([]);
    expect(left(false, 'change the Call-ID of the 4th INVITE')).not.toEqual([]);
  });

  it('notices a broken rule, unless a reading or the scenario says why', () => {
    const silent = { seed: 1, file: '', changes: [], faults: [], kinds: [] };
    const deaf = (at: Partial<Scenario>) => {
      const { scenario } = readScenario(textOf('ls-04-every-reliable-180-lost'), 'ls-04');
      if (scenario === null) throw new Error('a shipped scenario is read');
      return { ...silent, scenario: { ...scenario, ...at } };
    };
    const verdicts = [
      { clause: 'R-REI-01', verdict: 'violated', level: 'error', evidence: [], says: 'Twice.' },
      { clause: 'R-OA-04', verdict: 'violated', level: 'warning', evidence: [], says: 'Again.' },
    ].map((one) => ({ ...one, clause: clause(one.clause) })) as ClauseVerdict[];
    expect(brokenRules(deaf({}), verdicts)).toEqual(['R-REI-01 is violated: Twice.']);
    const literal = { 'SW-GW-SWITCH': 'literal-reinvite' } as const;
    expect(brokenRules(deaf({ switches: literal }), verdicts)).toEqual([]);
    const expected = { ...deaf({}).scenario.expect, verdicts: { 'R-REI-01': 'violated' } } as const;
    expect(brokenRules(deaf({ expect: expected }), verdicts)).toEqual([]);
    expect(brokenRules({ ...deaf({}), kinds: ['late copy'] }, verdicts)).toHaveLength(1);
    const unsaid = [{ ...verdicts[0], clause: clause('R-TX-20') }] as ClauseVerdict[];
    expect(brokenRules(deaf({}), unsaid)).toHaveLength(1);
    expect(brokenRules(deaf({}), unsaid, true)).toEqual([]);
    // What was falsified on its way, a judge cannot tell: a whole family of rules.
    expect(brokenRules({ ...deaf({}), kinds: ['wrong tag'] }, verdicts)).toEqual([]);
  });

  it('tells an exception as a problem, and goes on', () => {
    const one = drawCase(0, shelf, 'calm');
    if (one === null) throw new Error('nothing was drawn');
    const broken: Scenario = { ...one.scenario, nodes: one.scenario.nodes.slice(1) };
    const result = runCase({ ...one, scenario: broken }, checks);
    expect(result.outcome).toBe('exception');
    expect(result.problems[0]).toMatch(/^exception after record 0: /);
  });
});

function textOf(name: string): string {
  return texts.find(({ file }) => file.includes(name))?.text ?? '';
}

/** The call as the command line has it: the file's text with everything written into it. */
function asWritten(one: NonNullable<ReturnType<typeof drawCase>>): Scenario {
  let text = texts.find(({ file }) => file === one.file)?.text ?? '';
  for (const { path, value } of one.changes) {
    const set = setInScenario(text, path, value);
    if (set.text === null) throw new Error(`${path}: ${set.says}`);
    text = set.text;
  }
  const { scenario, problems } = readScenario(text, one.file);
  if (scenario === null) throw new Error(problems.map(({ says }) => says).join('\n'));
  return one.faults.toReversed().reduce((changed, sentence) => {
    const added = addFault(changed, sentence);
    if (added.scenario === null) throw new Error(added.problem.says);
    return added.scenario;
  }, scenario);
}
