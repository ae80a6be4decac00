import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { readScenario, type ProblemCode } from '../../../sim-core/authoring.ts';
import { inGoodTime } from '../../support/good-time.ts';
import { describeWithData } from '../../support/shared-data.ts';

/** Every file of the corpus, and a code it must be refused with. JSON is read as YAML. */
const corpus: Readonly<Record<string, ProblemCode>> = {
  'deep.json': 'CMR1002',
  'dup.json': 'CMR1009',
  'empty.json': 'CMR1000',
  'future-version.json': 'CMR1005',
  'html-in-strings.json': 'CMR1004',
  'lone-surrogate.json': 'CMR1004',
  'nul-tail.json': 'CMR1003',
  'numbers.json': 'CMR1004',
  'proto.json': 'CMR1004',
  'truncated.json': 'CMR1001',
  'utf16.json': 'CMR1003',
};

describeWithData('the hostile corpus of JSON', 'hostile/json', (folder) => {
  it.each(Object.entries(corpus))('%s is refused with %s', (file, code) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const { scenario, problems } = inGoodTime(() => readScenario(text, file));
    expect(scenario).toBeNull();
    expect(problems.map((each) => each.code)).toContain(code);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('of a newer version is refused as such', () => {
    const newer = JSON.stringify({ apiVersion: 'ringscope/v2', title: 'x' });
    const { problems } = readScenario(newer, 'newer.cmr.json');
    const version = problems.find(({ path: place }) => place === 'apiVersion');
    expect(version).toMatchObject({ code: 'CMR1007', nearest: 'ringscope/v1' });
  });
});
