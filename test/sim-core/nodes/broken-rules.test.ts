import { describe, expect, it } from 'vitest';

import { readScenario } from '../../../sim-core/authoring.ts';
import { headerValue, isSip } from '../../../sim-core/sip/message.ts';
import { told, type Told } from '../../support/scenarios.ts';

function call(nodes: string, links: string, answeredAfter: string): Told {
  const text = `
apiVersion: ringscope/v1
baseline: voice-call
title: A call
nodes: ${nodes}
links: ${links}
script:
  - { at: 0s, who: client-a, does: dial, target: client-b }
  - { after: ${answeredAfter}, since: ringing, who: client-b, does: answer }
`;
  const { scenario, problems } = readScenario(text, 'call.cmr.yaml');
  if (scenario === null) throw new Error(problems.map(({ says }) => says).join('\n'));
  return told(scenario);
}

/** That header field of every such message, null where one has none. */
function fields(run: Told, name: string, text: string, from: string, to: string) {
  return run
    .messages(text, from, to)
    .flatMap(({ packet }) => (isSip(packet) ? [headerValue(packet, name)] : []));
}

describe('nodes made to break a rule, and what the others make of it', () => {
  it('reliable responses too soon are acknowledged each, in order (R-PRK-05, R-PRK-11)', () => {
    const progress = '{ after: 60ms, reliable: true, with-answer: true }';
    const alerting = `{ after: 80ms, reliable: true, progress: ${progress} }`;
    const defects = '[hurries-reliable-responses]';
    const nodes = `{ cmr-server: { mode: none }, client-b: { defects: ${defects}, alerting: ${alerting} } }`;
    const run = call(nodes, '{}', '2s');
    const acknowledged = fields(run, 'RAck', 'PRACK', 'cmr-server', 'client-b');
    expect(acknowledged.map((rack) => rack?.split(' ')[0])).toEqual(['1', '2']);
    expect(run.messages('183 Session Progress', 'client-b', 'cmr-server')).toHaveLength(1);
    expect(run.messages('180 Ringing', 'client-b', 'cmr-server')).toHaveLength(1);
  });

  it('another URL in a later response is named, and not fetched (GAP-21)', () => {
    const nodes = '{ cmr-server: { mode: http, defects: [names-another-url] } }';
    const run = call(nodes, '{}', '65s');
    expect(fields(run, 'Alert-Info', '180 Ringing', 'cmr-server', 'client-a')).toEqual([
      '<http://198.51.100.6/melody>',
      '<http://198.51.100.6/melody-2>',
    ]);
    expect(run.messages('SYN', 'client-a', 'resource-server')).toHaveLength(1);
  });

  it('a proxy at the edge of the trust domain lets no P-Early-Media out', () => {
    const proxy =
      '{ role: proxy, address: 192.0.2.5, targets: [cmr-server], strips: [P-Early-Media] }';
    const links =
      '{ a: { between: [proxy, cmr-server], latency: 15ms }, a1: { between: [client-a, proxy], latency: 5ms } }';
    const run = call(`{ proxy: ${proxy} }`, links, '2s');
    expect(fields(run, 'P-Early-Media', '180 Ringing', 'cmr-server', 'proxy')).toEqual([
      'sendrecv',
    ]);
    expect(fields(run, 'P-Early-Media', '180 Ringing', 'proxy', 'client-a')).toEqual([null]);
    expect(fields(run, 'P-Early-Media', 'INVITE', 'proxy', 'cmr-server')).toEqual(['supported']);
  });
});
