import { describe, expect, it } from 'vitest';

import { readScenario, setInScenario } from '../../../sim-core/authoring.ts';
import { smallScenario, smallWith } from './small-scenario.ts';

/** The lines of the text that are new. */
function changed(path: string, value: string, text = smallScenario): string[] {
  const set = setInScenario(text, path, value);
  if (set.text === null) throw new Error(set.says);
  const before = text.split('\n');
  expect(readScenario(set.text, 'set.yaml').problems).toEqual([]);
  return set.text.split('\n').filter((line) => !before.includes(line));
}

describe('setting a value', () => {
  it.each([
    [
      'links.a.latency',
      '100ms',
      ['  a: { between: [client-a, cmr-server], latency: 100ms, loss: 0.05 }'],
    ],
    ['seed', '9', ['seed: 9']],
    ['title', 'Another call', ['title: Another call # the title']],
    ['title', 'a: "b" # c', ['title: "a: \\"b\\" # c" # the title']],
    ['title', 'true', null],
    ['switches.SW-REINV-ACK', 'immediate', ['switches: { SW-REINV-ACK: immediate }']],
    ['switches.SW-PEM', 'sendonly', ['switches: { SW-PEM: sendonly, SW-REINV-ACK: deferred }']],
    [
      'nodes.client-b.alerting.after',
      '1s',
      ['    alerting: { after: 1s, reliable: true, with-answer: true }'],
    ],
    ['nodes.client-a.alerting.after', '1s', ['    alerting: { after: 1s }']],
    ['nodes.cmr-server.policy.otherwise', 'continue', null],
    ['nodes.client-a.supported', '[100rel]', ['    supported: [100rel]']],
    ['script.1.after', '3s', ['  - { after: 3s, since: ringing, who: client-b, does: reject }']],
    [
      'script.1.status',
      '603',
      ['  - { status: 603, after: 5s, since: ringing, who: client-b, does: reject }'],
    ],
    [
      'faults.0.drop.occurrence',
      '2',
      ["  - drop: { message: '200', from: client-b, occurrence: 2 }"],
    ],
    ['expect.metrics.contGap', 'null', null],
    ['expect.verdicts."GAP-03"', 'satisfied', null],
    ['expect.warnings', '[W-2XX-RETX]', ['  warnings: [W-2XX-RETX]']],
  ])('%s = %s', (path, value, lines) => {
    if (path === 'title' && value === 'true') {
      const set = setInScenario(smallScenario, path, value);
      expect(set.text).toContain('title: true #');
      return;
    }
    const found = changed(path, value);
    if (lines === null) expect(found).toHaveLength(1);
    else expect(found).toEqual(lines);
  });

  it('adds a section that the file does without', () => {
    const text = smallWith('switches: { SW-REINV-ACK: deferred }\n', '');
    expect(changed('switches.SW-REINV-ACK', 'immediate', text)).toEqual([
      'switches: { SW-REINV-ACK: immediate }',
    ]);
    const empty = smallWith('switches: { SW-REINV-ACK: deferred }', 'switches: # none');
    const set = setInScenario(empty, 'switches.SW-PEM', 'sendonly');
    expect(set.text).toContain('switches: { SW-PEM: sendonly } # none');
  });

  it('keeps every other character, comments included', () => {
    const set = setInScenario(smallScenario, 'links.r.latency', '11ms');
    expect(set.text).toBe(smallScenario.replace('latency: 10ms', 'latency: 11ms'));
  });

  it('replaces a block of text without touching the line after it', () => {
    const set = setInScenario(smallScenario, 'nodes.client-a.sdp', 'x');
    expect(set.text).toContain('    sdp: x\n  client-b:\n');
  });

  it.each([
    ['links.c.latency', 'links.a.latency'],
    ['links.a.latensy', 'links.a.latency'],
    ['switches.SW-REINV-AKC', 'switches.SW-REINV-ACK'],
    ['nodes.client-a.alerting.aftr', 'nodes.client-a.alerting.after'],
    ['nodes.client-x.port', 'nodes.client-a.port'],
    ['script.7.after', 'script.0.after'],
    ['nodes.cmr-server.identity', null],
    ['sead', 'seed'],
    ['', null],
    ['..', null],
  ])('refuses %s and names the nearest path', (path, near) => {
    const set = setInScenario(smallScenario, path, '1');
    expect(set).toMatchObject({ text: null });
    if (set.text === null && near !== null) expect(set.nearest).toBe(near);
  });

  it('leaves judging the value to the reader', () => {
    const set = setInScenario(smallScenario, 'links.a.latency', '100');
    if (set.text === null) throw new Error(set.says);
    const [problem] = readScenario(set.text, 'set.yaml').problems;
    expect(problem).toMatchObject({ path: 'links.a.latency', nearest: '100ms' });
  });
});
