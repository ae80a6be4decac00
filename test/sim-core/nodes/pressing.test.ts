import { describe, expect, it } from 'vitest';

import { digitIn, packageOf, sayingDigit } from '../../../sim-core/sip/info-dtmf.ts';
import { makeRequest } from '../../../sim-core/sip/making-messages.ts';
import { headerValue, isSip, type SipMessage } from '../../../sim-core/sip/message.ts';
import { runScenario } from '../../../sim-core/run/run-scenario.ts';
import type { Scenario } from '../../../sim-core/scenario/scenario.ts';
import { told, type Told } from '../../support/scenarios.ts';
import { voiceCall } from '../../support/timed-calls.ts';

/** Keys of the telephone by INFO (RFC 6086), and what a CMR Server makes of them. */

interface Call {
  readonly server?: string;
  readonly clientA?: string;
  readonly pressing?: string;
  readonly digit?: string;
}

interface PressedCall extends Told {
  readonly scenario: Scenario;
}

function pressed(call: Call): PressedCall {
  const { server = "stop-digit: '#'", clientA = '', digit = '#' } = call;
  const { pressing = 'after: 2s, since: ringing, who: client-a' } = call;
  const scenario = voiceCall(
    `nodes: { cmr-server: { ${server} }, client-a: { ${clientA} } }`,
    'script:',
    '  - { at: 0s, who: client-a, does: dial, target: client-b }',
    `  - { ${pressing}, does: press, digit: '${digit}' }`,
    '  - { after: 5s, since: ringing, who: client-b, does: answer }',
    '  - { after: 5s, since: answered, who: client-a, does: hang up }',
  );
  return { ...told(scenario), scenario };
}

function sip(run: Told, text: string, from: string, to: string): readonly SipMessage[] {
  return run.messages(text, from, to).flatMap(({ packet }) => (isSip(packet) ? [packet] : []));
}

/** The texts of what passed between CMR Server and CMR Resource Server. */
function commands(run: Told, text: string): number {
  return run.messages(text, 'cmr-server', 'resource-server').length;
}

function verdict(run: PressedCall, id: string): string | undefined {
  return runScenario(run.scenario, { engine: 'test' }).verdicts.find(({ clause }) => clause === id)
    ?.verdict;
}

const ignored = (run: Told): string[] =>
  run.records.flatMap((one) =>
    one.kind === 'note' && one.note.kind === 'ignored' ? [one.note.why] : [],
  );

describe('the stop digit in Gateway Mode', () => {
  it('stops the ring at once, and the call is answered as usual', () => {
    const run = pressed({});
    const [info] = sip(run, 'INFO', 'client-a', 'cmr-server');
    expect(info && headerValue(info, 'Info-Package')).toBe('infoDtmf');
    expect(info?.otherBodies).toEqual([
      {
        type: 'application/dtmf-relay',
        disposition: 'Info-Package',
        text: 'Signal=#\r\nDuration=160\r\n',
      },
    ]);
    expect(sip(run, '200 (INFO)', 'cmr-server', 'client-a')).toHaveLength(1);
    expect(commands(run, 'stop')).toBe(1);
    expect(sip(run, 'UPDATE', 'cmr-server', 'client-a')).toHaveLength(1);
    expect(verdict(run, 'DEL-GW-SRV-06')).toBe('not exercised');
    expect(verdict(run, 'CON-SRV-01')).toBe('not exercised');
  });

  it('is no other digit', () => {
    const run = pressed({ digit: '1' });
    expect(sip(run, '200 (INFO)', 'cmr-server', 'client-a')).toHaveLength(1);
    expect(verdict(run, 'DEL-GW-SRV-06')).toBe('satisfied');
  });

  it('is of no use to a server without one, which lists no package', () => {
    const run = pressed({ server: 'mode: gateway' });
    expect(sip(run, 'INFO', 'client-a', 'cmr-server')).toEqual([]);
    expect(ignored(run)).toContain('the user would press #, but the other end takes no infoDtmf');
  });

  it('is not taken from Client-B, to whom the server lists nothing', () => {
    const run = pressed({ pressing: 'after: 2s, since: answered, who: client-b' });
    expect(sip(run, 'INFO', 'client-b', 'cmr-server')).toEqual([]);
  });
});

describe('the stop digit and Continue', () => {
  const server = "stop-digit: '#', policy: { subscriber: continue }";

  it('takes the ring out of the mixture', () => {
    const run = pressed({ server, pressing: 'after: 2s, since: answered, who: client-a' });
    expect(commands(run, 'mix')).toBe(2);
    const cells = run.records.flatMap((one) =>
      one.kind === 'note' && one.note.kind === 'mixing' ? [one.note.cells] : [],
    );
    expect(cells[1]?.map(({ input, output }) => `${output} hears ${input}`)).toEqual([
      'client-a hears client-b',
      'client-b hears client-a',
    ]);
  });

  it('is not forgotten where it comes while Continue is still on its way', () => {
    const run = pressed({ server, pressing: 'at: 5.25s, who: client-a' });
    expect(sip(run, 'INFO', 'client-a', 'cmr-server')).toHaveLength(1);
    expect(commands(run, 'mix')).toBe(2);
  });

  it('comes before the answer: there is no ring to continue', () => {
    const run = pressed({ server });
    expect(commands(run, 'allocate conference')).toBe(0);
    expect(commands(run, 'stop')).toBe(1);
  });
});

describe('a package that was never listed', () => {
  it('gets 469, which lists those there are (RFC 6086 §4.2.2)', () => {
    const run = pressed({ clientA: 'defects: [names-unlisted-info-package]' });
    const [refused] = sip(run, '469 Bad Info Package (INFO)', 'cmr-server', 'client-a');
    expect(refused && headerValue(refused, 'Recv-Info')).toBe('infoDtmf');
    expect(verdict(run, 'R-DTMF-02')).toBe('violated');
    expect(verdict(run, 'DEL-GW-SRV-06')).toBe('satisfied');
  });
});

describe('the body of infoDtmf', () => {
  const info = (text: string) => {
    const fields = {
      method: 'INFO',
      requestUri: 'sip:s@198.51.100.5',
      via: [],
      from: { uri: 'sip:a@x.example', tag: 'a' },
      to: { uri: 'sip:b@x.example', tag: 'b' },
      callId: 'c',
      sequence: 2,
      ...sayingDigit('InfoDtmf', '*'),
    } as const;
    return makeRequest({
      ...fields,
      otherBodies: [{ type: 'application/dtmf-relay', disposition: null, text }],
    });
  };

  it('names the key, whatever stands round it', () => {
    expect(digitIn(info('Duration=160\r\nsignal = a\r\n'))).toBe('A');
    expect(digitIn(info('Signal=##\r\n'))).toBeNull();
    expect(packageOf(info('Signal=#\r\n'))).toBe('infodtmf');
  });
});
