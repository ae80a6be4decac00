import { describe, expect, it } from 'vitest';

import { headerValue } from '../../../sim-core/sip/message.ts';
import { respond, respondToInvite, sendPrack } from '../../../sim-core/sip/sending.ts';
import {
  contactOf,
  dialogOf,
  invite,
  nothing,
  session,
  twoAgents,
  type Agents,
} from './two-agents.ts';

const ringing = { ...nothing, contact: contactOf('b') };

/** B rings reliably three times at once and may answer; A acknowledges all it hears. */
function ringingThrice(answers: boolean): Agents {
  const agents = twoAgents({
    hears(side, heard, both) {
      if (heard.kind === 'request' && heard.request.method === 'INVITE') {
        const { branch } = heard;
        respondToInvite(both.b, branch, 183, session('b'), true, both.outbox.b);
        respondToInvite(both.b, branch, 180, ringing, true, both.outbox.b);
        respondToInvite(both.b, branch, 181, ringing, true, both.outbox.b);
        if (answers) respondToInvite(both.b, branch, 486, nothing, false, both.outbox.b);
      } else if (heard.kind === 'request' && heard.request.method === 'PRACK') {
        respond(both.b, heard.branch, 'PRACK', 200, nothing, both.outbox.b);
      } else if (heard.kind === 'response' && heard.response.status < 200 && side === 'a') {
        if (heard.dialog !== null) {
          sendPrack(both.a, heard.dialog, heard.response, [], both.outbox.a);
        }
      }
    },
  });
  invite(agents, session('a'));
  agents.pass(0.5);
  return agents;
}

describe('reliable provisional responses', () => {
  it('wait for the PRACK of the one before, in order (R-PRK-04, R-PRK-05)', () => {
    const agents = ringingThrice(false);
    expect(agents.labels().slice(2)).toEqual([
      '183',
      'PRACK',
      '200',
      '180',
      'PRACK',
      '200',
      '181',
      'PRACK',
      '200',
    ]);
    const sequences = agents.sent
      .map(({ message }) => headerValue(message, 'RSeq'))
      .filter((one) => one !== null);
    expect(sequences).toEqual(['1', '2', '3']);
  });

  it('do not follow a final response (R-PRK-13), and a late PRACK is answered (R-PRK-18)', () => {
    const agents = ringingThrice(true);
    expect(agents.labels('b')).toEqual(['100', '183', '486', '200']);
    expect(agents.labels('a')).toEqual(['INVITE', 'PRACK', 'ACK']);
  });

  it('out of order are neither processed nor acknowledged (R-PRK-11)', () => {
    const agents = ringingThrice(false);
    const last = agents.sent.findLast(({ message }) => message.label === '181')?.message;
    if (last?.kind !== 'response') throw new Error('a 181');
    const jumped = {
      ...last,
      headers: last.headers.map(([name, value]) =>
        name === 'RSeq' ? ([name, '5'] as const) : ([name, value] as const),
      ),
    };
    const before = agents.sent.length;
    agents.arrives('a', Object.freeze(jumped));
    expect(agents.sent).toHaveLength(before);
    expect(dialogOf(agents.a).lastReliable).toBe(3);
    const [note] = agents.notes.slice(-1);
    expect(note?.note).toMatchObject({ kind: 'ignored', clause: 'R-PRK-11' });
  });

  it.each([
    ['rfc3261', [500, 1_500, 3_500, 7_500, 15_500, 31_500], 32],
    ['ims-ue', [2_000, 6_000, 14_000, 30_000, 62_000, 126_000], 128],
  ] as const)('with %s timers are given up (R-PRK-06, R-PRK-07)', (profile, offsets, giveUp) => {
    const agents = twoAgents({
      profile,
      hears(_side, heard, both) {
        if (heard.kind !== 'request') return;
        respondToInvite(both.b, heard.branch, 180, ringing, true, both.outbox.b);
      },
    });
    invite(agents, session('a'));
    agents.pass(giveUp + 0.015);
    expect(agents.offsets('b', '180')).toEqual(offsets);
    expect(agents.heard.at(-1)?.indication.kind).toBe('not acknowledged');
    expect(agents.heard.at(-1)?.at).toBe(10_000 + giveUp * 1_000_000);
  });
});
