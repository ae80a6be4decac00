import { describe, expect, it } from 'vitest';

import { makeRequest } from '../../../sim-core/sip/making-messages.ts';
import { headerValue, type SipRequest, type SipResponse } from '../../../sim-core/sip/message.ts';
import { respond, respondToInvite, sendAck, sendInDialog } from '../../../sim-core/sip/sending.ts';
import {
  contactOf,
  dialogOf,
  invite,
  nothing,
  session,
  twoAgents,
  type Agents,
  type Setting,
} from './two-agents.ts';

/** B answers at once, A acknowledges; anything later is left to the test. */
function talking(setting: Setting = {}): Agents {
  const agents = twoAgents({
    ...setting,
    hears(side, heard, both) {
      const isInvite = heard.kind === 'request' && heard.request.method === 'INVITE';
      if (isInvite && heard.dialog === null) {
        respondToInvite(both.b, heard.branch, 200, session('b'), false, both.outbox.b);
      } else if (heard.kind === 'response' && side === 'a' && heard.dialog?.acks.length === 0) {
        sendAck(both.a, heard.dialog, heard.response.cseq.number, both.outbox.a);
      } else setting.hears?.(side, heard, both);
    },
  });
  invite(agents, session('a'));
  agents.pass(1);
  expect(agents.labels()).toEqual(['INVITE', '100', '200', 'ACK']);
  return agents;
}

function lastSent(agents: Agents, by: 'a' | 'b'): SipResponse {
  const message = agents.sent.findLast((one) => one.by === by)?.message;
  if (message?.kind !== 'response') throw new Error('no response was sent');
  return message;
}

function altered(request: SipRequest, changes: Partial<SipRequest> & { branch?: string }) {
  const { branch = 'z9hG4bK-x', ...rest } = changes;
  const sequence = rest.cseq?.number ?? request.cseq.number;
  const { method, bodies, contact, headers, requestUri, from, to, callId } = {
    ...request,
    ...rest,
  };
  const via = [{ sentBy: '192.0.2.1:5060', branch }];
  const fields = { method, bodies, contact, headers, requestUri, from, to, callId };
  return makeRequest({ ...fields, via, sequence });
}

describe('a user agent server refuses by itself', () => {
  it.each([1, 2])('an in-dialog request with a CSeq it has seen (%i): 500 (R-DLG-04)', (number) => {
    const agents = talking();
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', nothing, agents.outbox.a);
    agents.pass(0.1);
    const info = agents.sent.at(-1)?.message;
    if (info?.kind !== 'request') throw new Error('an INFO');
    agents.arrives('b', altered(info, { cseq: { number, method: 'INFO' } }));
    expect(lastSent(agents, 'b').status).toBe(500);
  });

  it('a request for a dialog it does not have: 481, and no word about an ACK (R-DLG-08)', () => {
    const agents = talking();
    const first = agents.sent[0]?.message as SipRequest;
    const to = { uri: first.to.uri, tag: 'unknown' };
    agents.arrives('b', altered(first, { method: 'BYE', to, bodies: [], branch: 'z9hG4bK-1' }));
    expect(lastSent(agents, 'b').status).toBe(481);
    const count = agents.sent.length;
    agents.arrives('b', altered(first, { method: 'ACK', to, bodies: [], branch: 'z9hG4bK-2' }));
    expect(agents.sent).toHaveLength(count);
  });

  it('a request that came by two ways: 482 (RFC 3261 §8.2.2.2)', () => {
    const agents = talking();
    agents.arrives('b', altered(agents.sent[0]?.message as SipRequest, {}));
    expect(lastSent(agents, 'b').status).toBe(482);
  });

  it('what requires an extension it does not know: 420 with Unsupported (R-MSG-10)', () => {
    const agents = twoAgents({ abilities: { understands: ['100rel'] } });
    invite(agents, { ...session('a'), headers: [['Require', '100REL, precondition, x']] });
    agents.pass(0.1);
    const refusal = agents.sent.find(({ by }) => by === 'b')?.message;
    expect(refusal).toMatchObject({ status: 420, headers: [['Unsupported', 'precondition, x']] });
    expect(agents.labels()).toEqual(['INVITE', '420', 'ACK']);
    expect(agents.heard.map(({ by }) => by)).toEqual(['a']);
  });

  it('a second INVITE before the final of the first: 500 and 0 to 10 s (R-REI-02)', () => {
    const agents = talking({ draws: (_least, most) => most });
    const dialog = dialogOf(agents.a);
    sendInDialog(agents.a, dialog, 'INVITE', session('a', 2), agents.outbox.a);
    agents.pass(0.1);
    const pending = agents.sent.at(-1)?.message as SipRequest;
    const cseq = { number: pending.cseq.number + 1, method: 'INVITE' } as const;
    agents.arrives('b', altered(pending, { cseq }));
    expect(lastSent(agents, 'b')).toMatchObject({ status: 500, headers: [['Retry-After', '10']] });
  });

  it('an UPDATE against its own offer: 491, be its session too short or not (R-UPD-06)', () => {
    const agents = talking({ abilities: { sessionTimer: { expires: null, least: 120 } } });
    const short = [['Supported', 'timer'] as const, ['Session-Expires', '90'] as const];
    const offer = { ...session('a', 2), headers: short };
    sendInDialog(agents.a, dialogOf(agents.a), 'UPDATE', offer, agents.outbox.a);
    sendInDialog(agents.b, dialogOf(agents.b), 'UPDATE', session('b', 2), agents.outbox.b);
    agents.pass(0.1);
    expect(lastSent(agents, 'b').status).toBe(491);
    sendInDialog(agents.a, dialogOf(agents.a), 'UPDATE', { ...offer, bodies: [] }, agents.outbox.a);
    agents.pass(0.1);
    expect(lastSent(agents, 'b')).toMatchObject({ status: 422, headers: [['Min-SE', '120']] });
  });

  it('an INVITE while its own is pending: 491 (R-REI-03)', () => {
    const agents = talking();
    for (const side of ['a', 'b'] as const) {
      const saying = session(side, 2);
      sendInDialog(agents[side], dialogOf(agents[side]), 'INVITE', saying, agents.outbox[side]);
    }
    agents.pass(0.1);
    expect(agents.labels('a').slice(-2)).toEqual(['491', 'ACK']);
    expect(agents.labels('b').slice(-2)).toEqual(['491', 'ACK']);
    expect(dialogOf(agents.a).offerAnswer.session.state).toBe('agreed');
  });

  it('an UPDATE before the last one is answered: 500 (R-UPD-05), offer or not', () => {
    const agents = talking();
    const dialog = dialogOf(agents.a);
    for (let count = 0; count < 2; count += 1) {
      sendInDialog(
        agents.a,
        dialog,
        'UPDATE',
        { ...nothing, contact: contactOf('a') },
        agents.outbox.a,
      );
    }
    agents.pass(0.1);
    expect(lastSent(agents, 'b').status).toBe(500);
    expect(headerValue(lastSent(agents, 'b'), 'Retry-After')).toBe('0');
  });

  it('an UPDATE with an offer while its own offer is open: 491; one without: heard (R-UPD-06)', () => {
    const agents = talking();
    const both = ['a', 'b'] as const;
    for (const side of both) {
      sendInDialog(
        agents[side],
        dialogOf(agents[side]),
        'UPDATE',
        session(side, 2),
        agents.outbox[side],
      );
    }
    agents.pass(0.1);
    expect(agents.labels('a').at(-1)).toBe('491');
    expect(agents.labels('b').at(-1)).toBe('491');
    sendInDialog(agents.a, dialogOf(agents.a), 'UPDATE', session('a', 3), agents.outbox.a);
    sendInDialog(agents.b, dialogOf(agents.b), 'UPDATE', nothing, agents.outbox.b);
    agents.pass(0.1);
    expect(agents.heard.at(-1)?.indication.kind).toBe('request');
    expect(agents.labels().slice(-2)).toEqual(['UPDATE', 'UPDATE']);
  });

  it('an UPDATE with an offer while the other end awaits an answer: 500 (R-UPD-07)', () => {
    const agents = talking();
    const dialog = dialogOf(agents.a);
    sendInDialog(agents.a, dialog, 'INVITE', session('a', 2), agents.outbox.a);
    agents.pass(0.1);
    const pending = agents.sent.at(-1)?.message as SipRequest;
    const cseq = { number: pending.cseq.number + 1, method: 'UPDATE' } as const;
    agents.arrives('b', altered(pending, { method: 'UPDATE', cseq }));
    expect(lastSent(agents, 'b').status).toBe(500);
  });
});

describe('a re-INVITE before the ACK of the first (R-2XX-10)', () => {
  function beforeAck(withOffer: boolean): Agents {
    const agents = twoAgents({
      loses: ({ message }) => message.label === 'ACK',
      hears(side, heard, both) {
        if (heard.kind === 'request' && side === 'b') {
          respondToInvite(both.b, heard.branch, 200, session('b'), false, both.outbox.b);
        }
        if (heard.kind === 'response' && heard.dialog !== null) {
          const bodies = withOffer ? [] : session('a').bodies;
          sendAck(both.a, heard.dialog, heard.response.cseq.number, both.outbox.a, bodies);
        }
      },
    });
    invite(agents, withOffer ? session('a') : {});
    agents.pass(0.1);
    const saying = session('a', 2);
    sendInDialog(agents.a, dialogOf(agents.a), 'INVITE', saying, agents.outbox.a);
    agents.pass(0.1);
    return agents;
  }

  it('is answered when offer and answer are complete', () => {
    expect(beforeAck(true).labels('b').at(-1)).toBe('200');
  });

  it('is refused with 491 while the answer is due in the ACK', () => {
    expect(beforeAck(false).labels('b').at(-1)).toBe('491');
  });
});

describe('an answer that takes long (R-TX-18, RFC 4320)', () => {
  const cases = { rfc3261: 3.5, 'ims-ue': 14 } as const;

  it.each(['rfc3261', 'ims-ue'] as const)('with %s timers gets a 100 in time', (profile) => {
    const agents = talking({ profile });
    sendInDialog(agents.a, dialogOf(agents.a), 'UPDATE', session('a', 2), agents.outbox.a);
    const asked = agents.now;
    agents.pass(20);
    const trying = agents.sent.filter(({ message }) => message.label === '100').slice(1);
    // The 100 is repeated to every UPDATE that is repeated (Figure 8).
    expect(trying[0]?.at).toBe(asked + 10_000 + cases[profile] * 1_000_000);
  });

  it('goes on as without the 100', () => {
    const agents = talking();
    sendInDialog(agents.a, dialogOf(agents.a), 'UPDATE', session('a', 2), agents.outbox.a);
    agents.pass(5);
    const waiting = agents.heard.at(-1)?.indication;
    if (waiting?.kind !== 'request') throw new Error('an UPDATE was heard');
    respond(agents.b, waiting.branch, 'UPDATE', 200, session('b', 2), agents.outbox.b);
    agents.pass(30);
    expect(agents.heard.at(-1)?.indication).toMatchObject({ response: { status: 200 } });
    expect(dialogOf(agents.a).offerAnswer.session.state).toBe('agreed');
  });
});
