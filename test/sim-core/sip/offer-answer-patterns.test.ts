import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import type { OfferAnswer } from '../../../sim-core/sip/offer-answer.ts';
import {
  respond,
  respondToInvite,
  sendAck,
  sendInDialog,
  sendPrack,
  type Saying,
} from '../../../sim-core/sip/sending.ts';
import {
  audio,
  contactOf,
  dialogOf,
  invite,
  nothing,
  session,
  twoAgents,
  type Agents,
} from './two-agents.ts';

/** What travels in each place of a call; without a place, nothing. */
interface Places {
  readonly invite?: Saying;
  readonly provisional?: Saying;
  readonly prack?: Saying;
  readonly prackAnswer?: Saying;
  readonly success?: Saying;
  readonly ack?: Saying;
}

const bare: Saying = { ...nothing, contact: contactOf('b') };

/** A calls, B rings reliably, answers after the PRACK, A acknowledges. */
function call(places: Places): Agents {
  const agents = twoAgents({
    hears(side, heard, both) {
      if (heard.kind === 'request' && heard.dialog === null) {
        const saying = places.provisional ?? bare;
        respondToInvite(both.b, heard.branch, 180, saying, true, both.outbox.b);
      } else if (heard.kind === 'request' && heard.request.method === 'PRACK') {
        const { branch } = heard;
        respond(both.b, branch, 'PRACK', 200, places.prackAnswer ?? nothing, both.outbox.b);
        const [first] = both.sent;
        const inviteBranch = first?.message.via[0]?.branch ?? '';
        respondToInvite(both.b, inviteBranch, 200, places.success ?? bare, false, both.outbox.b);
      } else if (heard.kind === 'response' && side === 'a' && heard.to.method === 'INVITE') {
        const { dialog, response } = heard;
        if (dialog === null || response.status >= 300) return;
        if (response.status < 200) {
          sendPrack(both.a, dialog, response, places.prack?.bodies ?? [], both.outbox.a);
        } else {
          sendAck(both.a, dialog, response.cseq.number, both.outbox.a, places.ack?.bodies ?? []);
        }
      }
    },
  });
  invite(agents, places.invite ?? { contact: contactOf('a') });
  agents.pass(1);
  return agents;
}

function exchange(agents: Agents, side: 'a' | 'b'): OfferAnswer {
  return dialogOf(agents[side]).offerAnswer.session;
}

/** Both ends have agreed on the same two descriptions, and no rule was broken. */
function expectAgreed(agents: Agents, ofA: number, ofB: number): void {
  expect(exchange(agents, 'a')).toMatchObject({
    state: 'agreed',
    local: { origin: { version: ofA } },
    remote: { origin: { version: ofB } },
  });
  expect(exchange(agents, 'b')).toMatchObject({
    state: 'agreed',
    local: { origin: { version: ofB } },
    remote: { origin: { version: ofA } },
  });
  expect(agents.notes.filter(({ note }) => note.kind === 'ignored')).toEqual([]);
}

describe('the six patterns of RFC 6337 Table 1', () => {
  it('1: INVITE and its 2xx', () => {
    expectAgreed(call({ invite: session('a'), success: session('b') }), 1, 1);
  });

  it('2: 2xx and its ACK', () => {
    expectAgreed(call({ success: session('b'), ack: session('a') }), 1, 1);
  });

  it('3: INVITE and a reliable provisional response', () => {
    expectAgreed(call({ invite: session('a'), provisional: session('b') }), 1, 1);
  });

  it('4: a reliable provisional response and its PRACK (R-OA-20)', () => {
    expectAgreed(call({ provisional: session('b'), prack: session('a') }), 1, 1);
  });

  it('5: PRACK and its 2xx, behind an answer in the 1xx (R-PRK-17)', () => {
    const offers = { invite: session('a'), provisional: session('b') };
    expectAgreed(call({ ...offers, prack: session('a', 2), prackAnswer: session('b', 2) }), 2, 2);
  });

  it('6: UPDATE and its 2xx', () => {
    const agents = call({ invite: session('a'), success: session('b') });
    sendInDialog(agents.b, dialogOf(agents.b), 'UPDATE', session('b', 2), agents.outbox.b);
    agents.pass(0.1);
    const asked = agents.heard.at(-1)?.indication;
    if (asked?.kind !== 'request') throw new Error('an UPDATE was heard');
    respond(agents.a, asked.branch, 'UPDATE', 200, session('a', 2), agents.outbox.a);
    agents.pass(0.1);
    expectAgreed(agents, 2, 2);
  });
});

describe('what does not count', () => {
  it('a copy of the answer in the 2xx (R-OA-03), of the offer too', () => {
    const answer = session('b');
    expectAgreed(call({ invite: session('a'), provisional: answer, success: answer }), 1, 1);
    const offered = session('b');
    const twice = { provisional: offered, prack: session('a'), success: offered };
    expectAgreed(call(twice), 1, 1);
  });

  it('a description in a 2xx to UPDATE without an offer (R-OA-02)', () => {
    const agents = call({ invite: session('a'), success: session('b') });
    sendInDialog(agents.b, dialogOf(agents.b), 'UPDATE', nothing, agents.outbox.b);
    agents.pass(0.1);
    const asked = agents.heard.at(-1)?.indication;
    if (asked?.kind !== 'request') throw new Error('an UPDATE was heard');
    respond(agents.a, asked.branch, 'UPDATE', 200, session('a', 2), agents.outbox.a);
    agents.pass(0.1);
    expect(exchange(agents, 'b').remote?.origin.version).toBe(1);
    const broken = agents.notes.flatMap(({ note }) => (note.kind === 'ignored' ? note.clause : []));
    expect(broken).toEqual(['R-OA-02', 'R-OA-02']);
  });

  it('an offer in a 2xx that no ACK answers (R-2XX-05)', () => {
    const agents = call({ success: session('b') });
    expect(exchange(agents, 'b')).toMatchObject({ state: 'nothing offered', pending: null });
    expect(agents.notes.at(-1)?.note).toMatchObject({ clause: 'R-2XX-05' });
  });
});

describe('dispositions', () => {
  it('have exchanges of their own (R-ES-01): an early offer in the 180 is answered in PRACK', () => {
    const early = (side: 'a' | 'b') => bodyPart('early-session', audio(side, 1, 50_000));
    const provisional = session('b');
    const agents = call({
      invite: session('a'),
      provisional: { ...provisional, bodies: [...provisional.bodies, early('b')] },
      prack: { ...nothing, bodies: [early('a')] },
    });
    expectAgreed(agents, 1, 1);
    for (const side of ['a', 'b'] as const) {
      const { state, local } = dialogOf(agents[side]).offerAnswer['early-session'];
      expect(state).toBe('agreed');
      expect(local?.media[0]?.port).toBe(50_000);
    }
  });
});

describe('a refused re-INVITE or UPDATE', () => {
  it.each(['INVITE', 'UPDATE'] as const)('%s leaves the session as it was', (method) => {
    const agents = call({ invite: session('a'), success: session('b') });
    sendInDialog(agents.a, dialogOf(agents.a), method, session('a', 2), agents.outbox.a);
    agents.pass(0.1);
    const asked = agents.heard.at(-1)?.indication;
    if (asked?.kind !== 'request') throw new Error('a request was heard');
    if (method === 'INVITE') {
      respondToInvite(agents.b, asked.branch, 488, nothing, false, agents.outbox.b);
    } else respond(agents.b, asked.branch, method, 488, nothing, agents.outbox.b);
    agents.pass(0.1);
    expectAgreed(agents, 1, 1);
    // The next offer counts on from what was sent, refused or not (spec §7, doubt 6).
    expect(exchange(agents, 'a').lastSent?.origin.version).toBe(2);
  });

  it('takes back its own offer, and not that of another request in progress', () => {
    const agents = call({ invite: session('a'), success: session('b') });
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', session('a', 2), agents.outbox.a);
    expect(exchange(agents, 'a').state).toBe('offer sent');
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', nothing, agents.outbox.a);
    agents.pass(0.1);
    const second = agents.heard.at(-1)?.indication;
    if (second?.kind !== 'request') throw new Error('an INFO was heard');
    respond(agents.b, second.branch, 'INFO', 500, nothing, agents.outbox.b);
    agents.pass(0.1);
    expect(exchange(agents, 'a').state).toBe('offer sent');
  });
});

/** One step of a talk: who offers by which method, and how it ends. */
const step = fc.record({
  by: fc.constantFrom('a' as const, 'b' as const),
  method: fc.constantFrom('INVITE' as const, 'UPDATE' as const),
  ends: fc.constantFrom('answered' as const, 'refused' as const, 'crossed' as const),
});

describe('any talk', () => {
  it('leaves both ends with the same two descriptions, whatever is refused or crosses', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let version = 1;
        let ends: 'answered' | 'refused' | 'crossed' = 'answered';
        const agents = twoAgents({
          hears(side, heard, both) {
            if (heard.kind === 'response' && heard.to.method === 'INVITE') {
              const { dialog, response } = heard;
              if (dialog === null || response.status >= 300) return;
              sendAck(both[side], dialog, response.cseq.number, both.outbox[side]);
            }
            if (heard.kind !== 'request') return;
            const { branch, request } = heard;
            const status = ends === 'refused' ? 488 : 200;
            const saying = status === 200 ? session(side, version) : nothing;
            if (request.method === 'INVITE') {
              respondToInvite(both[side], branch, status, saying, false, both.outbox[side]);
            } else if (request.method !== 'ACK') {
              respond(both[side], branch, request.method, status, saying, both.outbox[side]);
            }
          },
        });
        invite(agents, session('a'));
        agents.pass(1);
        for (const one of steps) {
          version += 1;
          ends = one.ends;
          const sides = one.ends === 'crossed' ? (['a', 'b'] as const) : ([one.by] as const);
          for (const side of sides) {
            const dialog = dialogOf(agents[side]);
            const saying = session(side, version);
            sendInDialog(agents[side], dialog, one.method, saying, agents.outbox[side]);
          }
          agents.pass(1);
          const [ofA, ofB] = [exchange(agents, 'a'), exchange(agents, 'b')];
          expect([ofA.state, ofB.state]).toEqual(['agreed', 'agreed']);
          expect(ofA.local).toBe(ofB.remote);
          expect(ofA.remote).toBe(ofB.local);
        }
      }),
      { numRuns: 60 },
    );
  });
});
