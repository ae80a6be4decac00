import { describe, expect, test } from 'vitest';

import { complaintsOfFailing, shrink } from '../../../sim-core/experimenting.ts';
import { readScenario } from '../../../sim-core/authoring.ts';
import { runScenario } from '../../../sim-core/index.ts';
import { partsOfText, withoutPart } from '../../../sim-core/scenario/parts-of-text.ts';

const head = 'apiVersion: ringscope/v1\nbaseline: voice-call\ntitle: A call\n';
const failing = { name: 'call.cmr.yaml', faults: [], seed: null, engine: 'test' };

function outcomeOf(text: string): string | null {
  const { scenario } = readScenario(text, 'call.cmr.yaml');
  return scenario === null ? null : runScenario(scenario, { engine: 'test' }).outcome;
}

describe('shrinking', () => {
  test('takes away all that a violated clause does not need', () => {
    const text = `${head}
description: Far more than is needed
links:
  a: { latency: 35ms }
  media-a: { loss: 0.01 }
nodes:
  cmr-server: { policy: { subscriber: continue }, defects: [answers-before-update] }
faults:
  - delay the 1st ACK of client-a by 20ms
  - drop the 1st 100 from cmr-server
`;
    const [complaint] = complaintsOfFailing({ ...failing, text }).failures;
    expect(complaint).toMatchObject({ kind: 'violated' });
    if (complaint === undefined) return;
    const shrunk = shrink({ ...failing, text }, complaint);
    expect(shrunk?.text.replaceAll(/\s+/g, ' ')).toBe(
      `${head}nodes: cmr-server: { policy: { subscriber: continue }, `.replaceAll(/\s+/g, ' ') +
        'defects: [ answers-before-update ] } ',
    );
    expect(shrunk?.certain).toBe(true);
  });

  test('says of every loss that matters which message it hit, and leaves nothing to chance', () => {
    const lossy = (seed: number): string =>
      `${head}seed: ${seed}\nlinks:\n  a: { loss: 0.75 }\nexpect: { outcome: ring stopped }\n`;
    const seed = [...Array.from({ length: 60 }).keys()].find(
      (one) => outcomeOf(lossy(one)) !== 'ring stopped',
    );
    if (seed === undefined) throw new Error('no seed loses enough');
    const text = lossy(seed);
    const complaint = complaintsOfFailing({ ...failing, text }).failures.find(
      ({ kind }) => kind === 'unmet',
    );
    if (complaint?.kind !== 'unmet') throw new Error('the call went well');
    const shrunk = shrink({ ...failing, text }, complaint);
    expect(shrunk?.certain).toBe(true);
    const small = shrunk?.text ?? '';
    expect(small).not.toContain('loss');
    expect(small).toContain('drop the 1st UPDATE from cmr-server to client-a');
    expect(outcomeOf(small)).toBe(complaint.found);
    // Every fault that is left is needed.
    const faults = partsOfText(small).filter((path) => path[0] === 'faults' && path.length === 2);
    expect(faults.length).toBeGreaterThan(0);
    for (const path of faults) {
      expect(outcomeOf(withoutPart(small, path))).not.toBe(complaint.found);
    }
  });

  test('puts faults and seed of the command line into the text', () => {
    const text = `${head}expect: { outcome: ring stopped }\n`;
    const lost = { ...failing, text, seed: 9, faults: ['drop every INVITE from client-a'] };
    const [complaint] = complaintsOfFailing(lost).failures;
    if (complaint === undefined) throw new Error('the call went well');
    const shrunk = shrink(lost, complaint);
    expect(shrunk?.text).toContain('drop every INVITE from client-a');
    expect(shrunk?.text).not.toContain('seed');
  });

  test('is refused for a run that does not fail that way', () => {
    const text = head;
    expect(complaintsOfFailing({ ...failing, text }).failures).toEqual([]);
    const complaint = { kind: 'unmet', says: 'outcome is failed', found: 'x' } as const;
    expect(shrink({ ...failing, text }, complaint)).toBeNull();
  });
});
