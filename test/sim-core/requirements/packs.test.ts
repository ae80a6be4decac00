import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { compareVerdicts, packReport } from '../../../sim-core/requirements/pack-report.ts';
import { recordCall } from '../../../sim-core/requirements/recorded-call.ts';
import {
  builtInPack,
  judgeByPack,
  readRulePack,
  type RulePack,
} from '../../../sim-core/requirements/rule-pack.ts';
import { shipped } from '../../support/scenarios.ts';

function packOf(text: string): RulePack {
  const read = readRulePack(text);
  if ('says' in read) throw new Error(read.says.join('\n'));
  return read.pack;
}

const shippedPack = (name: string): RulePack =>
  packOf(readFileSync(`rules/${name}.cmrrules.yaml`, 'utf8'));
const built = shippedPack('cmr-1');

const flows = [
  'continue/as-in-the-figure',
  'continue/c-02-re-invite-acknowledged-at-once',
  'application-server-mode/n-05-client-b-answers-in-180',
  'negative/ring-sent-unreliably',
].map((path) => ({ path, call: recordCall(shipped(path), 'test') }));

const compared = (a: RulePack, b: RulePack) =>
  flows.map(({ path, call }) => compareVerdicts(path, judgeByPack(call, a), judgeByPack(call, b)));

describe('rule packs', () => {
  it('judge as the catalogue does where they say nothing else', () => {
    for (const { call } of flows) expect(judgeByPack(call, built)).toEqual(call.verdicts());
    expect(built).toMatchObject(builtInPack);
    expect(compared(built, built).flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('that differ in one strength list exactly the flows that break that clause', () => {
    const softer = packOf(
      'apiVersion: ringscope/rules/v1\nname: cmr\nversion: softer\n' +
        'clauses:\n  DEL-GW-SRV-04:\n    strength: SHOULD\n',
    );
    const changed = compared(built, softer).flatMap(({ changes }) => changes);
    expect(changed).toMatchObject([
      {
        path: 'negative/ring-sent-unreliably',
        clause: 'DEL-GW-SRV-04',
        before: 'violated (error)',
        after: 'violated (warning)',
      },
    ]);
    expect(changed[0]?.evidence.length).toBeGreaterThan(0);
  });

  it('that read a gap otherwise turn the flows of the other reading, and name the clause', () => {
    const all = compared(built, shippedPack('cmr-2'));
    const turned = all.filter(({ results: [a, b] }) => a !== b);
    expect(turned.map(({ path }) => path)).toContain('continue/as-in-the-figure');
    const figure = turned.find(({ path }) => path === 'continue/as-in-the-figure');
    const clauses = figure?.changes.map(({ clause }) => clause);
    expect(clauses).toContain('DEL-GW-SRV-05');
    // The draft's own words are sendonly: the sentence is judged by them, either way.
    expect(clauses).toContain('DEL-GW-SRV-03');
    const figureCall = shipped('continue/as-in-the-figure');
    const draft = recordCall(
      { ...figureCall, switches: { ...figureCall.switches, 'SW-PEM': 'sendonly' } },
      'test',
    );
    const verdictBy = (pack: RulePack) =>
      judgeByPack(draft, pack).find(({ clause }) => clause === 'DEL-GW-SRV-03')?.verdict;
    expect([verdictBy(built), verdictBy(shippedPack('cmr-2'))]).toEqual(['violated', 'satisfied']);
    const early = all.find(({ path }) => path.startsWith('application-server-mode'));
    expect(early?.changes).toEqual([]);
    const { tables } = packReport(all, ['cmr 1', 'cmr 2-draft']);
    expect(tables[0]?.rows).toHaveLength(turned.length);
  });

  it('leave a clause out that is not active', () => {
    const fewer = packOf(
      'apiVersion: ringscope/rules/v1\nname: cmr\nversion: fewer\n' +
        'clauses:\n  CON-SRV-04:\n    active: false\n',
    );
    const [figure] = compared(built, fewer);
    expect(figure?.changes).toMatchObject([{ clause: 'CON-SRV-04', after: 'not in the pack' }]);
  });

  it.each([
    ['clauses:\n  CON-SRV-4: { active: false }\n', 'did you mean CON-SRV-04?'],
    ['readings:\n  SW-PEM: both\n', 'both is none of sendrecv, sendonly'],
    ['readings:\n  SW-NONE: x\n', 'readings'],
    ['rules: {}\n', 'rules'],
  ])('are refused with a sentence: %j', (rest, says) => {
    const read = readRulePack(`apiVersion: ringscope/rules/v1\nname: x\nversion: x\n${rest}`);
    expect('says' in read ? read.says.join('\n') : '').toContain(says);
  });
});
