import { describe, expect, it } from 'vitest';

import type { Scenario } from '../../../sim-core/index.ts';
import { drops, figure, offsets, shipped, told, withFaults } from '../../support/scenarios.ts';

/** Golden values of spec §5.2, in milliseconds after the first transmission. */
const uncapped = {
  rfc3261: [500, 1_500, 3_500, 7_500, 15_500, 31_500],
  'ims-ue': [2_000, 6_000, 14_000, 30_000, 62_000, 126_000],
};
const capped = {
  rfc3261: [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500],
  'ims-ue': [2_000, 6_000, 14_000, 30_000, 46_000, 62_000, 78_000, 94_000, 110_000, 126_000],
};
const giveUp = { rfc3261: 32_000, 'ims-ue': 128_000 };

describe.each(['rfc3261', 'ims-ue'] as const)('retransmissions with %s timers', (profile) => {
  function lasting(scenario: Scenario): Scenario {
    const until = (400 * 1_000_000) as Scenario['until'];
    const switches = { ...scenario.switches, 'SW-TIMERS': profile };
    return { ...scenario, until, switches };
  }

  it('Timer A: an INVITE nobody hears, and Timer B gives up (R-TX-03, R-TX-04)', () => {
    const run = told(lasting(withFaults(figure(), drops('INVITE', 'client-a'))));
    const invites = run.messages('INVITE', 'client-a', 'cmr-server');
    expect(offsets(invites)).toEqual(uncapped[profile]);
    const ended = run.records.find(
      (record) =>
        record.kind === 'note' && record.note.kind === 'state' && record.note.to === 'Terminated',
    );
    expect(ended?.at).toBe(giveUp[profile] * 1_000);
  });

  it('Timer E: an UPDATE nobody hears, and Timer F gives up (R-TX-08, R-TX-09)', () => {
    const run = told(lasting(withFaults(figure(), drops('UPDATE', 'cmr-server'))));
    const updates = run.messages('UPDATE', 'cmr-server', 'client-a');
    // Client-B waits for the ACK of its 200 meanwhile, and gives up first (spec F-31).
    expect(offsets(updates)).toEqual(capped[profile]);
    const [byeOfB] = run.messages('BYE', 'client-b', 'cmr-server');
    const [answered] = run.messages('200 (re-INVITE)', 'client-b', 'cmr-server');
    expect((byeOfB?.sentAt ?? 0) - (answered?.sentAt ?? 0)).toBe(giveUp[profile] * 1_000);
  });

  it('2xx: repeated until the ACK, then BYE (R-2XX-01, R-2XX-02)', () => {
    const talking = { ...figure(), script: figure().script.slice(0, 2) };
    const run = told(lasting(withFaults(talking, drops('ACK', 'cmr-server', 'client-b'))));
    const answers = run.messages('200 (INVITE)', 'client-b', 'cmr-server');
    expect(offsets(answers)).toEqual(capped[profile]);
    const [bye] = run.messages('BYE', 'client-b', 'cmr-server');
    expect((bye?.sentAt ?? 0) - (answers[0]?.sentAt ?? 0)).toBe(giveUp[profile] * 1_000);
  });

  it('Timer G: a 486 nobody acknowledges (R-TX-11)', () => {
    const busy = shipped('gateway-mode/client-b-busy');
    const run = told(lasting(withFaults(busy, drops('ACK', 'cmr-server', 'client-b'))));
    const refusals = run.messages('486 Busy Here', 'client-b', 'cmr-server');
    expect(offsets(refusals)).toEqual(capped[profile]);
  });

  it('reliable 1xx: repeated without a cap, then 5xx (R-PRK-06, R-PRK-07)', () => {
    const silent = ringingOnce({ ...figure(), script: figure().script.slice(0, 1) });
    const run = told(lasting(withFaults(silent, drops('PRACK', 'client-a'))));
    const ringings = run.messages('180 Ringing', 'cmr-server', 'client-a');
    expect(offsets(ringings)).toEqual(uncapped[profile]);
    const [refusal] = run.messages('504 Server Time-out', 'cmr-server', 'client-a');
    // The 504 is a reaction to a timer: it leaves at once.
    expect((refusal?.sentAt ?? 0) - (ringings[0]?.sentAt ?? 0)).toBe(giveUp[profile] * 1_000);
    expect(run.messages('CANCEL', 'cmr-server', 'client-b')).toHaveLength(1);
  });

  it('Timer E of a PRACK that is never answered (R-TX-08)', () => {
    const silent = { ...figure(), script: figure().script.slice(0, 1) };
    const run = told(lasting(withFaults(silent, drops('PRACK', 'client-a'))));
    const pracks = run.messages('PRACK', 'client-a', 'cmr-server');
    expect(offsets(pracks)).toEqual(capped[profile]);
  });
});

/** Without the 180 that a terminal repeats every minute, which is no retransmission. */
function ringingOnce(scenario: Scenario): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.role === 'cmr-client' ? { ...node, alerting: { ...node.alerting, repeats: false } } : node,
  );
  return { ...scenario, nodes };
}

describe('absorbing', () => {
  it('repeats a 2xx no more once its dialog has ended', () => {
    const run = told(withFaults(figure(), drops('ACK', 'cmr-server', 'client-b')));
    const [bye] = run.messages('BYE', 'cmr-server', 'client-b');
    const answers = run.messages('200 (INVITE)', 'client-b', 'cmr-server');
    expect(answers.length).toBeGreaterThan(3);
    expect(answers.at(-1)?.sentAt ?? 0).toBeLessThan(bye?.arrivesAt ?? 0);
  });

  it('repeats a final response to a repeated request, and acts on it once (R-TX-13)', () => {
    const run = told(withFaults(figure(), drops('200', 'cmr-server', 'client-a', [1])));
    expect(offsets(run.messages('PRACK', 'client-a', 'cmr-server'))).toEqual([500]);
    expect(run.messages('200 (PRACK)', 'cmr-server', 'client-a')).toHaveLength(2);
    expect(run.messages('180 Ringing', 'cmr-server', 'client-a')).toHaveLength(1);
  });

  it('repeats the last provisional response to a repeated INVITE (R-TX-14)', () => {
    const duplicate = {
      does: { kind: 'duplicate', after: 900_000 },
      message: 'INVITE',
      from: 'client-a',
      to: null,
      occurrences: [1],
    } as const;
    const run = told(withFaults(figure(), duplicate as unknown as ReturnType<typeof drops>));
    const again = run.messages('180 Ringing', 'cmr-server', 'client-a');
    expect(offsets(again)).toEqual([660]);
    expect(run.messages('INVITE', 'cmr-server', 'client-b')).toHaveLength(1);
  });

  it('acknowledges a repeated 2xx again (R-2XX-04), and a repeated 486 (R-TX-07)', () => {
    const lost = told(withFaults(figure(), drops('ACK', 'client-a', null, [1])));
    expect(lost.messages('200 (INVITE)', 'cmr-server', 'client-a')).toHaveLength(2);
    expect(lost.messages('ACK', 'client-a', 'cmr-server')).toHaveLength(2);
    const busy = shipped('gateway-mode/client-b-busy');
    const refused = told(withFaults(busy, drops('ACK', 'cmr-server', 'client-b', [1])));
    expect(refused.messages('486 Busy Here', 'client-b', 'cmr-server')).toHaveLength(2);
    expect(refused.messages('ACK', 'cmr-server', 'client-b')).toHaveLength(2);
  });

  it('discards a repeated reliable 1xx: one PRACK transaction (R-PRK-10)', () => {
    const run = told(withFaults(figure(), drops('PRACK', 'client-a', null, [1])));
    expect(run.messages('180 Ringing', 'cmr-server', 'client-a')).toHaveLength(2);
    const branches = run
      .messages('PRACK', 'client-a', 'cmr-server')
      .map(({ packet }) => ('via' in packet ? JSON.stringify(packet.via) : ''));
    expect(new Set(branches).size).toBe(1);
  });
});
