import { describe, expect, it } from 'vitest';

import { respond, respondToInvite, sendAck, sendInDialog } from '../../../sim-core/sip/sending.ts';
import type { TimerProfile } from '../../../sim-core/sip/timers.ts';
import {
  dialogOf,
  invite,
  nothing,
  session,
  twoAgents,
  type Agents,
  type Setting,
} from './two-agents.ts';

/** Spec §5.2, in milliseconds after the first transmission. */
const golden = {
  rfc3261: {
    uncapped: [500, 1_500, 3_500, 7_500, 15_500, 31_500],
    capped: [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500],
    T1: 0.5,
    T2: 4,
    T4: 5,
    giveUp: 32,
  },
  'ims-ue': {
    uncapped: [2_000, 6_000, 14_000, 30_000, 62_000, 126_000],
    capped: [2_000, 6_000, 14_000, 30_000, 46_000, 62_000, 78_000, 94_000, 110_000, 126_000],
    T1: 2,
    T2: 16,
    T4: 17,
    giveUp: 128,
  },
} as const;

const profiles: readonly TimerProfile[] = ['rfc3261', 'ims-ue'];

/** B answers the INVITE with this status, A acknowledges a 2xx. */
function answered(status: number, setting: Setting): Agents {
  const agents = twoAgents({
    ...setting,
    hears(side, heard, both) {
      if (heard.kind === 'request' && heard.request.method === 'INVITE') {
        const saying = status < 300 ? session('b') : nothing;
        respondToInvite(both.b, heard.branch, status, saying, false, both.outbox.b);
      }
      if (heard.kind === 'response' && side === 'a' && heard.response.status < 300) {
        const { dialog, response } = heard;
        if (dialog !== null && dialog.acks.length === 0) {
          sendAck(both.a, dialog, response.cseq.number, both.outbox.a);
        }
      }
      setting.hears?.(side, heard, both);
    },
  });
  invite(agents, session('a'));
  return agents;
}

function alive(agents: Agents, side: 'a' | 'b'): string[] {
  return agents[side].transactions.map(({ kind, state }) => `${kind}: ${state}`);
}

describe.each(profiles)('transactions with %s timers', (profile) => {
  const { uncapped, capped, T1, T2, T4, giveUp } = golden[profile];
  const lost = (label: string) => ({
    profile,
    loses: ({ message }: { message: { label: string } }) => message.label === label,
  });

  it('A and B: an INVITE nobody hears', () => {
    const agents = answered(200, lost('INVITE'));
    agents.pass(giveUp - 0.001);
    expect(agents.offsets('a', 'INVITE')).toEqual(uncapped);
    expect(agents.heard).toEqual([]);
    agents.pass(0.001);
    expect(agents.heard.at(-1)?.indication.kind).toBe('no answer');
    expect(alive(agents, 'a')).toEqual([]);
  });

  it('E and F: a request nobody answers', () => {
    const agents = answered(200, lost('INFO'));
    agents.pass(1);
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', nothing, agents.outbox.a);
    agents.pass(giveUp);
    expect(agents.offsets('a', 'INFO')).toEqual(capped);
    expect(agents.heard.at(-1)?.indication.kind).toBe('no answer');
  });

  it('E in Proceeding: what is armed still fires, then every T2 (R-TX-08)', () => {
    const agents = answered(200, { profile });
    agents.pass(1);
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', nothing, agents.outbox.a);
    const asked = agents.now;
    agents.pass(T1 * 2);
    const trying = agents.a.transactions.at(-1)?.request;
    const held = agents.heard.at(-1)?.indication;
    if (trying === undefined || held?.kind !== 'request') throw new Error('an INFO was heard');
    respond(agents.b, held.branch, 'INFO', 100, nothing, agents.outbox.b);
    agents.pass(giveUp);
    const offsets = agents.offsets('a', 'INFO');
    const spaces = offsets.map((at, index) => at - (offsets[index - 1] ?? 0));
    const due = Math.floor((giveUp - T1 * 3 - 0.001) / T2);
    expect(spaces).toEqual([T1, 2 * T1, ...Array(due).fill(T2)].map((length) => length * 1_000));
    expect(agents.heard.at(-1)).toMatchObject({
      at: asked + giveUp * 1_000_000,
      indication: { kind: 'no answer' },
    });
  });

  it('G and H: a refusal nobody acknowledges', () => {
    const agents = answered(486, lost('ACK'));
    agents.pass(giveUp + 0.02);
    expect(agents.offsets('b', '486')).toEqual(capped);
    expect(alive(agents, 'b')).toEqual([]);
    expect(agents.heard.at(-1)?.indication).toMatchObject({
      kind: 'not acknowledged',
      response: { status: 486 },
    });
    // Timer D of the other end: an ACK for each of them (R-TX-07).
    expect(agents.labels('a').filter((label) => label === 'ACK')).toHaveLength(11);
  });

  it('the 2xx: repeated by the core until 64·T1 (R-2XX-01, R-2XX-02)', () => {
    const agents = answered(200, lost('ACK'));
    agents.pass(giveUp + 0.02);
    expect(agents.offsets('b', '200')).toEqual(capped);
    const ended = agents.heard.find(({ indication }) => indication.kind === 'not acknowledged');
    expect(ended?.at).toBe(10_000 + giveUp * 1_000_000);
    // Every 2xx reaches the core while Timer M runs, which acknowledges it again (R-2XX-04).
    expect(agents.labels('a').filter((label) => label === 'ACK')).toHaveLength(11);
  });

  it('I and D: what comes late is absorbed, and then forgotten (R-TX-07, R-TX-12)', () => {
    const agents = answered(486, { profile });
    agents.pass(1);
    expect(alive(agents, 'a')).toEqual(['INVITE client: Completed']);
    expect(alive(agents, 'b')).toEqual(['INVITE server: Confirmed']);
    const ack = agents.sent.at(-1)?.message;
    if (ack === undefined) throw new Error('an ACK');
    agents.arrives('b', ack);
    expect(agents.heard).toHaveLength(2);
    agents.pass(T4);
    expect(alive(agents, 'b')).toEqual([]);
    agents.pass(Math.max(giveUp, 32));
    expect(alive(agents, 'a')).toEqual([]);
  });

  it('J and K: the same answer again, and no word to the user (R-TX-10, R-TX-13)', () => {
    const agents = answered(200, {
      profile,
      hears(_side, heard, both) {
        if (heard.kind !== 'request' || heard.request.method !== 'INFO') return;
        respond(both.b, heard.branch, 'INFO', 200, nothing, both.outbox.b);
      },
    });
    agents.pass(1);
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', nothing, agents.outbox.a);
    agents.pass(0.1);
    const [info, answer] = agents.sent.slice(-2);
    if (info === undefined || answer === undefined) throw new Error('INFO and its answer');
    const known = agents.heard.length;
    agents.arrives('b', info.message);
    expect(agents.sent.at(-1)?.message).toBe(answer.message);
    agents.arrives('a', answer.message);
    expect(agents.heard).toHaveLength(known);
    agents.pass(T4);
    expect(alive(agents, 'a').filter((one) => one.startsWith('non'))).toEqual([]);
    agents.arrives('a', answer.message);
    expect(agents.notes.at(-1)?.note).toMatchObject({ clause: 'R-TX-17' });
    agents.pass(giveUp);
    expect(alive(agents, 'b').filter((one) => one.startsWith('non'))).toEqual([]);
  });

  it('L and M: Accepted absorbs the INVITE and lets every 2xx through (R-TX-15, R-TX-16)', () => {
    const agents = answered(200, { profile });
    agents.pass(1);
    expect(alive(agents, 'a')).toEqual(['INVITE client: Accepted']);
    expect(alive(agents, 'b')).toEqual(['INVITE server: Accepted']);
    const [first] = agents.sent;
    const success = agents.sent.find(({ message }) => message.label === '200');
    if (first === undefined || success === undefined) throw new Error('INVITE and 200');
    const count = agents.sent.length;
    agents.arrives('b', first.message);
    expect(agents.sent).toHaveLength(count);
    agents.arrives('a', success.message);
    expect(agents.sent.at(-1)?.message.label).toBe('ACK');
    agents.pass(giveUp);
    expect(alive(agents, 'a')).toEqual([]);
    expect(alive(agents, 'b')).toEqual([]);
    agents.arrives('a', success.message);
    expect(agents.notes.at(-1)?.note).toMatchObject({ clause: 'R-TX-17' });
  });
});

describe('over TCP', () => {
  const streamPeers = [0, 1] as unknown as NonNullable<Setting['abilities']>['streamPeers'] & {};
  const abilities = { streamPeers };

  it('no transaction repeats or lingers, and Via says TCP', () => {
    const agents = answered(486, { abilities, loses: ({ message }) => message.label === 'ACK' });
    agents.pass(20);
    expect(agents.labels()).toEqual(['INVITE', '100', '486', 'ACK']);
    expect(agents.sent[0]?.message.via).toMatchObject([{ transport: 'TCP' }]);
    expect(alive(agents, 'a')).toEqual([]);
    expect(alive(agents, 'b')).toEqual(['INVITE server: Completed']);
    agents.pass(13);
    expect(alive(agents, 'b')).toEqual([]);
  });

  it('Timer F still runs', () => {
    const agents = answered(200, { abilities, loses: ({ message }) => message.label === 'INFO' });
    agents.pass(1);
    sendInDialog(agents.a, dialogOf(agents.a), 'INFO', nothing, agents.outbox.a);
    agents.pass(32);
    expect(agents.offsets('a', 'INFO')).toEqual([]);
    expect(agents.heard.at(-1)?.indication.kind).toBe('no answer');
  });

  it('the core still repeats a 2xx (R-2XX-01)', () => {
    const agents = answered(200, { abilities, loses: ({ message }) => message.label === 'ACK' });
    agents.pass(33);
    expect(agents.offsets('b', '200')).toEqual(golden.rfc3261.capped);
  });
});
