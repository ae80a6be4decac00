import { describe, expect, it } from 'vitest';

import { hangUp } from '../../../sim-core/sip/hanging-up.ts';
import { headerValue, type SipMessage } from '../../../sim-core/sip/message.ts';
import { respondToInvite, respond, sendAck } from '../../../sim-core/sip/sending.ts';
import type { SessionTimerSetting } from '../../../sim-core/sip/session-timer.ts';
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

interface Case {
  readonly wants: SessionTimerSetting;
  /** What B lists in Allow; without UPDATE it is refreshed by re-INVITE. */
  readonly allows?: string;
  readonly loses?: Setting['loses'];
  /** What is answered to a refresh. */
  readonly answers?: readonly number[];
}

const usual = { expires: 90, least: 90 };

function talking({ wants, allows = 'INVITE, UPDATE', loses, answers = [] }: Case): Agents {
  const left = [...answers];
  const agents = twoAgents({
    abilities: { sessionTimer: wants },
    ...(loses === undefined ? {} : { loses }),
    hears(side, heard, both) {
      if (heard.kind === 'request' && heard.request.method === 'INVITE') {
        const saying = session(side);
        const status = heard.dialog === null ? 200 : (left.shift() ?? 200);
        const headers = [['Allow', allows] as const];
        const said = status < 300 ? { ...saying, headers } : nothing;
        respondToInvite(both[side], heard.branch, status, said, false, both.outbox[side]);
      } else if (heard.kind === 'request' && heard.request.method === 'UPDATE') {
        const said = { ...nothing, contact: contactOf(side) };
        respond(both[side], heard.branch, 'UPDATE', left.shift() ?? 200, said, both.outbox[side]);
      } else if (heard.kind === 'response' && heard.dialog !== null && side === 'a') {
        sendAck(both.a, heard.dialog, heard.response.cseq.number, both.outbox.a);
      } else if (heard.kind === 'session expired') {
        hangUp(both[side], heard.dialog, [], both.outbox[side]);
      }
    },
  });
  invite(agents, { ...session('a'), headers: [['Supported', '100rel']] });
  return agents;
}

function sent(agents: Agents, label: string): SipMessage[] {
  return agents.sent.filter(({ message }) => message.label === label).map((one) => one.message);
}

describe('session timers (RFC 4028)', () => {
  it('are asked for in the INVITE and granted in its 2xx', () => {
    const agents = talking({ wants: usual });
    agents.pass(1);
    const [asking] = sent(agents, 'INVITE');
    const [granting] = sent(agents, '200');
    if (asking === undefined || granting === undefined) throw new Error('INVITE and 200');
    expect(headerValue(asking, 'Session-Expires')).toBe('90');
    expect(headerValue(asking, 'Min-SE')).toBe('90');
    expect(headerValue(asking, 'Supported')).toBe('100rel, timer');
    expect(headerValue(granting, 'Session-Expires')).toBe('90;refresher=uac');
    expect(headerValue(granting, 'Require')).toBe('timer');
  });

  it('refresh at half of the interval, without a description, again and again (R-SE-02)', () => {
    const agents = talking({ wants: usual });
    agents.pass(200);
    const updates = agents.sent.filter(({ message }) => message.label === 'UPDATE');
    expect(updates.map(({ by }) => by)).toEqual(['a', 'a', 'a', 'a']);
    // 20 ms to the 2xx, then 45 s after each 2xx.
    expect(updates.map(({ at }) => at)).toEqual([45_020_000, 90_040_000, 135_060_000, 180_080_000]);
    expect(updates.every(({ message }) => message.bodies.length === 0)).toBe(true);
    expect(headerValue(updates[0]?.message as SipMessage, 'Session-Expires')).toBe(
      '90;refresher=uac',
    );
    expect(agents.heard.some(({ indication }) => indication.kind === 'session expired')).toBe(
      false,
    );
  });

  it('refresh by re-INVITE where UPDATE is not taken: same description, same version', () => {
    const agents = talking({ wants: usual, allows: 'INVITE, ACK, BYE' });
    agents.pass(100);
    const invites = sent(agents, 'INVITE');
    expect(invites).toHaveLength(3);
    expect(invites[1]?.bodies[0]?.description).toBe(invites[0]?.bodies[0]?.description);
    expect(sent(agents, 'ACK')).toHaveLength(3);
    // The user never hears of what the agent does by itself.
    expect(agents.heard.filter(({ by }) => by === 'a')).toHaveLength(1);
  });

  it('let the other end hang up shortly before the session expires', () => {
    const lost = ({ message }: { message: SipMessage }) => message.label === 'UPDATE';
    const agents = talking({ wants: usual, loses: lost });
    agents.pass(61);
    const byes = agents.sent.filter(({ message }) => message.label === 'BYE');
    expect(byes.map(({ by, at }) => [by, at])).toContainEqual(['b', 60_010_000]);
  });

  it('take a third of a long interval for 32 s at most', () => {
    const lost = ({ message }: { message: SipMessage }) => message.label === 'UPDATE';
    const agents = talking({ wants: { expires: 600, least: 90 }, loses: lost });
    agents.pass(340);
    // Timer F of the refresh that nobody answers ends the session before it expires.
    const bye = agents.sent.find(({ message }) => message.label === 'BYE');
    expect(bye).toMatchObject({ by: 'a', at: 332_020_000 });
    const quiet = talking({ wants: { expires: 600, least: 90 }, loses: ({ by }) => by === 'a' });
    quiet.pass(1);
    expect(quiet.labels('b')).toEqual([]);
  });

  it('refuse an interval that is too short: 422 with Min-SE (R-SE-01)', () => {
    const agents = twoAgents({ abilities: { sessionTimer: { expires: null, least: 120 } } });
    const headers = [['Supported', 'timer'] as const, ['Session-Expires', '90'] as const];
    invite(agents, { ...session('a'), headers });
    agents.pass(0.1);
    const [refusal] = sent(agents, '422');
    expect(refusal && headerValue(refusal, 'Min-SE')).toBe('120');
  });

  it('ask again for what a 422 demands, and wait after a 491', () => {
    const agents = talking({ wants: usual, answers: [491] });
    agents.pass(60);
    const updates = agents.sent.filter(({ message }) => message.label === 'UPDATE');
    expect(updates.map(({ at }) => at)).toEqual([45_020_000, 47_140_000]);
  });

  it('end a session whose refresh finds it gone', () => {
    const agents = talking({ wants: usual, answers: [481] });
    agents.pass(60);
    const [expired] = agents.heard.filter(
      ({ indication }) => indication.kind === 'session expired',
    );
    expect(expired).toMatchObject({ by: 'a', at: 45_040_000 });
    expect(dialogOf(agents.a).state).toBe('terminated');
  });

  it('stop with the dialog', () => {
    const agents = talking({ wants: usual });
    agents.pass(1);
    hangUp(agents.a, dialogOf(agents.a), [], agents.outbox.a);
    agents.pass(200);
    expect(sent(agents, 'UPDATE')).toEqual([]);
  });
});
