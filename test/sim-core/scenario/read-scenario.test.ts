import { describe, expect, it } from 'vitest';

import { readScenario } from '../../../sim-core/authoring.ts';
import { smallScenario, smallWith } from './small-scenario.ts';

function read(text: string) {
  const reading = readScenario(text, 'small.cmr.yaml');
  expect(reading.problems).toEqual([]);
  if (reading.scenario === null) throw new Error('no scenario');
  return reading.scenario;
}

describe('reading a scenario', () => {
  it('gives the value that worlds are built from', () => {
    const scenario = read(smallScenario);
    expect(scenario).toMatchObject({
      title: 'A small call',
      seed: 7,
      until: 60_000_000,
      profile: 'literal',
      switches: { 'SW-REINV-ACK': 'deferred' },
      shows: ['DEL-GW-SRV-01', 'FLOW-CON-01'],
    });
    expect(scenario.nodes.map(({ name, role }) => [name, role])).toEqual([
      ['client-a', 'cmr-client'],
      ['client-b', 'cmr-client'],
      ['cmr-server', 'cmr-server'],
      ['resource-server', 'cmr-resource-server'],
    ]);
    expect(scenario.nodes[0]).toMatchObject({
      party: 'A',
      identity: 'sip:alice@home1.example',
      earlyMedia: true,
      earlyMediaGate: 'open',
      contactParameters: ';video',
      headers: {
        invite: [['P-Access-Network-Info', '3GPP-E-UTRAN-FDD;x=1']],
        provisional: [],
        success: [],
      },
      sdp: { origin: { userName: 'alice' }, media: [{ media: 'audio', port: 49152 }] },
    });
    expect(scenario.nodes[1]).toMatchObject({
      earlyMedia: false,
      earlyMediaGate: 'open',
      alerting: { after: { least: 80_000, most: 120_000 }, reliable: true, withAnswer: true },
    });
    expect(scenario.nodes[2]).toMatchObject({
      mode: 'gateway',
      resource: 'ringing-7',
      policy: { operator: 'allow', subscriber: 'continue', otherwise: 'stop' },
    });
    expect(scenario.nodes[3]).toMatchObject({
      resources: [
        {
          name: 'ringing-7',
          media: ['audio', 'video'],
          duration: 30_000_000,
          mixedGainPercent: 25,
        },
      ],
      refuses: ['mix'],
    });
  });

  it('reads links, faults, script and expectations', () => {
    const scenario = read(smallScenario);
    expect(scenario.links).toEqual([
      {
        name: 'a',
        between: ['client-a', 'cmr-server'],
        latency: { least: 40_000, most: 40_000 },
        loss: { numerator: 1, denominator: 20 },
        duplicate: { numerator: 0, denominator: 1 },
        mayReorder: false,
      },
      {
        name: 'b',
        between: ['client-b', 'cmr-server'],
        latency: { least: 20_000, most: 60_000 },
        loss: { numerator: 0, denominator: 1 },
        duplicate: { numerator: 1, denominator: 1_000 },
        mayReorder: true,
      },
      expect.objectContaining({ name: 'r' }),
    ]);
    expect(scenario.faults).toEqual([
      {
        does: { kind: 'drop' },
        message: '200',
        from: 'client-b',
        to: null,
        occurrences: [1],
      },
      {
        does: { kind: 'delay', by: 600_000 },
        message: 'ACK',
        from: 'client-a',
        to: null,
        occurrences: [1, 3],
      },
      {
        does: { kind: 'duplicate', after: 5_000 },
        message: 'PRACK',
        from: null,
        to: 'cmr-server',
        occurrences: [],
      },
    ]);
    expect(scenario.script).toEqual([
      {
        who: 'client-a',
        does: { kind: 'dial', target: 'client-b' },
        when: { kind: 'at', at: 0 },
      },
      {
        who: 'client-b',
        does: { kind: 'reject', status: 486 },
        when: { kind: 'after', after: { least: 5_000_000, most: 5_000_000 }, since: 'ringing' },
      },
    ]);
    expect(scenario.expect).toEqual({
      outcome: 'rejected',
      verdicts: { 'FLOW-CON-10': 'not exercised' },
      metrics: {
        answerLag: null,
        wasted2xx: { least: 0, most: 0 },
        ringStart: { least: 150_000, most: 150_000 },
      },
      warnings: [],
    });
  });

  it('puts defaults where nothing is written', () => {
    const text = smallScenario
      .replace(/^(?:seed|until|profile|switches|description|shows):.*\n/gm, '')
      .replace(/^expect:\n(?: .*\n)+/m, '')
      .replace(/^faults:\n(?: .*\n)+/m, '');
    const scenario = read(text);
    expect(scenario).toMatchObject({
      description: '',
      shows: [],
      seed: 1,
      until: 120_000_000,
      profile: 'literal',
      switches: {},
      faults: [],
      expect: { outcome: null, verdicts: {}, metrics: {}, warnings: null },
    });
    expect(scenario.nodes[0]).toMatchObject({
      port: 5060,
      processing: 10_000,
      supported: ['timer', '100rel'],
      alerting: { after: { least: 100_000, most: 100_000 }, reliable: false, withAnswer: false },
    });
  });

  it('takes status codes as numbers, JSON, CRLF and a byte order mark', () => {
    expect(read(smallWith("message: '200'", 'message: 200')).faults[0]?.message).toBe('200');
    const asJson = JSON.stringify({
      apiVersion: 'ringscope/v1',
      title: 'x',
      nodes: {},
      links: {},
      script: [],
    });
    const { problems } = readScenario(asJson, 'x.cmr.json');
    expect(problems.map(({ code }) => code)).not.toContain('CMR1001');
    expect(read(smallScenario.replaceAll('\n', '\r\n'))).toEqual(read(smallScenario));
    expect(read(`\uFEFF${smallScenario}`)).toEqual(read(smallScenario));
  });

  it('takes an alias for what it stands for', () => {
    const text = smallWith(
      'a: { between: [client-a, cmr-server], latency: 40ms',
      'a: { between: [client-a, cmr-server], latency: &hop 40ms',
    ).replace('latency: 10ms', 'latency: *hop');
    expect(read(text).links[2]?.latency.least).toBe(40_000);
  });
});
