import { describe, expect, it } from 'vitest';

import type { SipIndication } from '../../../sim-core/sip/agent.ts';
import { awaitRetry, awaitsRetry, forgetRetry } from '../../../sim-core/sip/retrying.ts';
import { respond, respondToInvite, sendAck, sendInDialog } from '../../../sim-core/sip/sending.ts';
import {
  dialogOf,
  invite,
  nothing,
  session,
  twoAgents,
  type Agents,
  type Side,
} from './two-agents.ts';

interface Case {
  /** What the other end answers to each UPDATE in turn. */
  readonly answers: readonly { status: number; after?: string }[];
  readonly draws: (least: number, most: number) => number;
  readonly by?: Side;
}

/** One side sends an UPDATE and does as the service says; the other answers as told. */
function refused({ answers, draws, by = 'a' }: Case): Agents {
  const left = [...answers];
  const update = (both: Agents): void => {
    const saying = session(by, both.sent.length);
    sendInDialog(both[by], dialogOf(both[by]), 'UPDATE', saying, both.outbox[by]);
  };
  const answer = (heard: SipIndication, side: Side, both: Agents): void => {
    if (heard.kind !== 'request') return;
    if (heard.request.method === 'INVITE') {
      respondToInvite(both.b, heard.branch, 200, session('b'), false, both.outbox.b);
      return;
    }
    const next = left.shift() ?? { status: 200 };
    const headers = next.after === undefined ? [] : [['Retry-After', next.after] as const];
    const saying = next.status === 200 ? session(side, 99) : { ...nothing, headers };
    respond(both[side], heard.branch, 'UPDATE', next.status, saying, both.outbox[side]);
  };
  const agents = twoAgents({
    draws,
    hears(side, heard, both) {
      answer(heard, side, both);
      if (heard.kind === 'retry') update(both);
      if (heard.kind !== 'response' || heard.dialog === null) return;
      if (heard.to.method === 'INVITE') sendAck(both.a, heard.dialog, 1, both.outbox.a);
      else awaitRetry(both[side], heard.dialog, heard.to, heard.response, both.outbox[side]);
    },
  });
  invite(agents, session('a'));
  agents.pass(1);
  update(agents);
  return agents;
}

const least = (bound: number): number => bound;
const most = (_least: number, bound: number): number => bound;

describe('a request refused for now is sent once more (R-REI-04)', () => {
  it.each([
    ['the owner of the Call-ID, at the earliest', 'a', least, 2_120],
    ['the owner of the Call-ID, at the latest', 'a', most, 4_020],
    ['the other end, at the earliest', 'b', least, 20],
    ['the other end, at the latest', 'b', most, 2_020],
  ] as const)('%s', (_what, by, draws, after) => {
    const agents = refused({ answers: [{ status: 491 }], draws, by });
    agents.pass(10);
    expect(agents.offsets(by, 'UPDATE')).toEqual([after]);
    expect(dialogOf(agents[by]).offerAnswer.session.state).toBe('agreed');
  });

  it('draws from a grid of 10 ms: 191 and 201 places', () => {
    const bounds: number[][] = [];
    for (const by of ['a', 'b'] as const) {
      const draws = (low: number, high: number): number => {
        bounds.push([low, high]);
        return high;
      };
      refused({ answers: [{ status: 491 }], draws, by }).pass(10);
    }
    expect(bounds).toEqual([
      [210, 400],
      [0, 200],
    ]);
  });

  it('after a 500 when the other end says so, and not without Retry-After', () => {
    const said = refused({ answers: [{ status: 500, after: '3' }], draws: least });
    said.pass(10);
    expect(said.offsets('a', 'UPDATE')).toEqual([3_020]);
    const silent = refused({ answers: [{ status: 500 }], draws: least });
    silent.pass(10);
    expect(silent.offsets('a', 'UPDATE')).toEqual([]);
  });

  it('but only once', () => {
    const agents = refused({ answers: [{ status: 491 }, { status: 491 }], draws: least });
    agents.pass(20);
    expect(agents.offsets('a', 'UPDATE')).toHaveLength(1);
    expect(dialogOf(agents.a).retries).toBe(0);
  });

  it('not after other refusals, and not when the user has other plans', () => {
    const refusal = refused({ answers: [{ status: 488 }], draws: least });
    refusal.pass(20);
    expect(refusal.offsets('a', 'UPDATE')).toEqual([]);
    const agents = refused({ answers: [{ status: 491 }], draws: least });
    agents.pass(1);
    expect(awaitsRetry(agents.a, dialogOf(agents.a), 'UPDATE')).toBe(true);
    expect(awaitsRetry(agents.a, dialogOf(agents.a), 'INVITE')).toBe(false);
    forgetRetry(agents.a, dialogOf(agents.a), 'UPDATE', agents.outbox.a);
    agents.pass(20);
    expect(agents.offsets('a', 'UPDATE')).toEqual([]);
  });

  it('not in a dialog that has ended meanwhile', () => {
    const agents = refused({ answers: [{ status: 491 }], draws: least });
    agents.pass(1);
    sendInDialog(agents.a, dialogOf(agents.a), 'BYE', nothing, agents.outbox.a);
    agents.pass(20);
    expect(agents.heard.some(({ indication }) => indication.kind === 'retry')).toBe(false);
  });
});
