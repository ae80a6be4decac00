import { describe, expect, test } from 'vitest';

import type { Verdict } from '../../../sim-core/conformance/verdict.ts';
import { runScenario } from '../../../sim-core/run/run-scenario.ts';
import type { Scenario } from '../../../sim-core/scenario/scenario.ts';
import { runCase } from '../../../sim-core/soak/run-case.ts';
import { shippedWith } from '../../support/scenarios.ts';

/**
 * Calls in which something happens while something else is under way. Each was found by drawing
 * calls at random, and each broke the rule that is named.
 */

interface Moment {
  readonly when: string;
  readonly rule: string;
  readonly file: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly faults?: readonly string[];
  /** Satisfied where nothing is said. */
  readonly verdict?: Verdict;
  /** How grave it is where it is violated. */
  readonly level?: 'warning';
}

/** Client-A dials; then what is written. */
const dialled = (...acts: string[]): string =>
  `[{ at: 0s, who: client-a, does: dial, target: client-b }, ${acts.join(', ')}]`;

const slowReservation = { 'links.r.latency': '200ms' };

const moments: readonly Moment[] = [
  {
    when: 'Client-B holds while Client-A is told of its network under the ring',
    rule: 'R-OA-09',
    file: 'preconditions/pr-02-gateway-mode',
    settings: {
      'switches.SW-PRECOND': 'e2e',
      script: dialled(
        '{ at: 56ms, who: client-b, does: hold }',
        '{ after: 2s, since: ringing, who: client-b, does: answer }',
      ),
    },
  },
  {
    when: 'the ring tone is there while Client-B has another offer to answer',
    rule: 'R-UPD-02',
    file: 'gateway-mode/n-21b-ring-tone-by-an-early-update',
    settings: { 'switches.SW-PRECOND': 'segmented', 'links.r.latency': '100ms' },
  },
  {
    when: 'Client-B holds while the PRACK of Client-A does not come',
    rule: 'R-UPD-08',
    file: 'application-server-mode/n-05-client-b-answers-in-180',
    settings: {
      'nodes.client-b.alerting.reliable': 'true',
      script: dialled(
        '{ after: 300ms, since: ringing, who: client-b, does: hold }',
        '{ after: 2s, since: ringing, who: client-b, does: reject }',
      ),
    },
    faults: ['drop every PRACK from client-a'],
  },
  {
    when: 'a ring tone is to go on, and Client-A has been shown its answer unreliably',
    rule: 'R-OA-12',
    file: 'continue/c-22-ring-tone-goes-on',
    settings: { 'nodes.client-a.supported': '[]', 'links.media-ab.latency': '400ms' },
  },
  {
    when: 'two telephones answer, and the second has just moved its media',
    rule: 'R-2XX-05',
    file: 'forking/fk-08-continue-behind-a-fork',
    settings: {
      'nodes.cmr-server.mode': 'none',
      'nodes.client-b.alerting': '{ reliable: true, with-answer: true }',
      'nodes.client-b2.alerting': '{ reliable: true, with-answer: true }',
      script: dialled(
        '{ at: 1990ms, who: client-b2, does: update, offer: new-ports }',
        '{ at: 2s, who: client-b, does: answer }',
        '{ at: 2s, who: client-b2, does: answer }',
      ),
    },
  },
  {
    when: 'Client-A cancels while it has been shown one telephone, but not the first',
    rule: 'R-MSG-07',
    file: 'forking/fk-03-one-early-dialog-for-each-telephone',
    settings: { script: dialled('{ at: 450ms, who: client-a, does: cancel }') },
    faults: ['delay every reserve by 3s'],
  },
  {
    when: 'Client-A is answered after it has refused an UPDATE with a picture',
    rule: 'R-OA-06',
    file: 'continue/c-06-update-into-an-open-offer',
    settings: { 'nodes.cmr-server.resource': 'film' },
  },
  {
    when: 'Client-B asks while the ring tone that it is to be offered by UPDATE is reserved',
    rule: 'R-UPD-02',
    file: 'gateway-mode/n-21b-ring-tone-by-an-early-update',
    settings: {
      'switches.SW-PRECOND': 'segmented',
      'nodes.client-b.alerting.reliable': 'true',
      'links.a.latency': '500ms',
      'links.b.latency': '500ms',
      'links.r.latency': '500ms',
      'nodes.client-a.processing': '0s',
      'nodes.cmr-server.processing': '0s',
      'nodes.resource-server.processing': '0s',
      'nodes.client-b.processing': '0s',
    },
  },
  {
    when: 'Client-B knows no call any more while it is asked what Client-A offers in its PRACK',
    rule: 'R-PRK-09',
    file: 'races/rc-26b-update-into-the-open-offer-of-the-prack',
    settings: {
      'switches.SW-PRECOND': 'segmented',
      'switches.SW-INSERT-AT': 'first18x',
      'nodes.client-b.responds': '[{ to: UPDATE, in-dialog: true, with: 481 }]',
    },
    verdict: 'violated',
    level: 'warning',
  },
  {
    when: "Client-B refuses the early session's UPDATE while one of Client-A's is passed on to it",
    rule: 'R-MSG-10',
    file: 'capabilities/k-18-client-b-refuses-the-extension',
    settings: {
      'switches.SW-CMRT-ES-CARRIER': 'update',
      'links.b.latency': '400ms',
      script: dialled('{ after: 1s, since: ringing, who: client-a, does: hold }'),
    },
  },
  {
    when: 'Client-B answers while the ports for Client-A are asked for (SW-CMRT-CONT D2)',
    rule: 'R-TX-20',
    file: 'continue/c-23-ring-tone-goes-on-media-only',
    settings: {
      'switches.SW-RS-RESERVE-AT': 'invite',
      'links.r.latency': '200ms',
      script: dialled(
        '{ after: 0ms, since: ringing, who: client-b, does: answer }',
        '{ at: 90s, who: client-a, does: cancel }',
      ),
      until: '100s',
    },
  },
  {
    when: 'Client-A cancels while the PRACK for Client-B is held back for a reservation',
    rule: 'R-PRK-08',
    file: 'application-server-mode/n-08-ring-tone-for-client-b',
    settings: {
      ...slowReservation,
      script: dialled('{ at: 300ms, who: client-a, does: cancel }'),
    },
  },
  {
    when: 'Client-B refuses while its offer waits for the answer of Client-A',
    rule: 'R-PRK-17',
    file: 'application-server-mode/n-08-ring-tone-for-client-b',
    settings: {
      ...slowReservation,
      'nodes.client-a.calling.offer': 'false',
      script: dialled('{ after: 10ms, since: ringing, who: client-b, does: reject, status: 486 }'),
    },
  },
  {
    when: 'Client-A, that takes one body only, is still to be offered something',
    rule: 'R-OA-20',
    file: 'capabilities/k-19-client-a-takes-no-multipart',
    settings: { 'nodes.client-a.calling.offer': 'false' },
  },
  {
    when: 'a response without the first offer is to be made reliable',
    rule: 'R-OA-20',
    file: 'http-mode/n-02-client-a-fetches-its-ring-back-tone',
    settings: { 'nodes.client-a.calling.offer': 'false', 'switches.SW-HTTP-1XX': 'reliable' },
  },
  {
    when: 'the 180 that waited for a PRACK and the 200 leave at once',
    rule: 'R-PRK-13',
    file: 'application-server-mode/n-07-183-then-180',
    settings: {
      'links.b.latency': '200ms',
      'nodes.client-b.alerting':
        '{ after: 100ms, reliable: true, with-answer: true, ' +
        'progress: { after: 50ms, reliable: true, with-answer: true } }',
      script: dialled('{ after: 0ms, since: ringing, who: client-b, does: answer }'),
    },
  },
  {
    when: 'Gateway Mode and a Continue that was given up both have something for Client-B',
    rule: 'R-REI-01',
    file: 'continue/as-in-the-figure',
    settings: {
      'links.a.latency': '100ms',
      'links.b.latency': '300ms',
      'switches.SW-CONT-BUDGET': '300ms',
      script: dialled(
        '{ after: 2s, since: ringing, who: client-a, does: hold }',
        '{ after: 5s, since: ringing, who: client-b, does: answer }',
        '{ after: 9s, since: answered, who: client-a, does: hang up }',
      ),
    },
  },
  {
    when: 'the budget of Continue runs off while its re-INVITE is on the way out',
    rule: 'R-DLG-03',
    file: 'continue/as-in-the-figure',
    settings: {
      'links.r.latency': '142ms',
      'switches.SW-CONT-BUDGET': '300ms',
      'switches.SW-CONT-FAIL': 'release',
    },
  },
  {
    when: "Client-A has seen Client-B's description in an unreliable 180",
    rule: 'R-OA-03',
    file: 'continue/c-07-answer-in-the-200-and-ask-again',
    settings: {
      'nodes.client-a.headers.invite': "['Accept: application/sdp']",
      'nodes.client-b.alerting': '{ after: 100ms, with-answer: true }',
    },
    faults: ['duplicate the 1st INVITE from cmr-server to client-b after 1s'],
  },
  {
    when: 'Client-B wants to hang up and gets the ACK of the re-INVITE first',
    rule: 'R-DLG-11',
    file: 'continue/as-in-the-figure',
    settings: {
      script: dialled(
        '{ after: 5s, since: ringing, who: client-b, does: answer }',
        '{ after: 100ms, since: answered, who: client-b, does: hang up }',
      ),
    },
    faults: ['drop the 1st ACK from cmr-server to client-b'],
  },
  {
    when: 'a re-INVITE and a BYE reach Client-A at the same instant',
    rule: 'R-2XX-01',
    file: 'continue/c-17-direct-after-the-ring',
    settings: {
      script: dialled(
        '{ after: 5s, since: ringing, who: client-b, does: answer }',
        '{ at: 15300ms, who: client-b, does: hang up }',
      ),
    },
    faults: ['drop the 1st ACK from cmr-server to client-a'],
  },
  {
    when: 'Client-A offers anew while it rings, and the first INVITE was too short for Client-B',
    rule: 'R-SE-01',
    file: 'plain/interval-too-small',
    settings: {
      'nodes.client-b.alerting': '{ after: 100ms, reliable: true, with-answer: true }',
      script: dialled(
        '{ after: 1s, since: ringing, who: client-a, does: update, offer: new-ports }',
        '{ after: 5s, since: ringing, who: client-b, does: answer }',
        '{ after: 3s, since: answered, who: client-a, does: hang up }',
      ),
    },
  },
  {
    when: 'Client-B rings for long, and what it says each minute is lost',
    rule: 'R-TX-20',
    file: 'application-server-mode/n-17-long-ringing-repeated-180',
    settings: {},
    faults: ['drop every 180 from client-b from 30s on'],
  },
  {
    when: 'a PRACK comes once more over TCP, where nothing waits for copies',
    rule: 'R-TX-21',
    file: 'application-server-mode/n-23-over-tcp',
    settings: { 'nodes.client-b.alerting.reliable': 'true' },
    faults: ['duplicate the 1st PRACK from cmr-server to client-b after 3s'],
  },
  {
    when: 'Client-B answers before the response with the ring could leave',
    rule: 'R-OA-01',
    file: 'gateway-mode/n-11-client-b-answers-in-its-180',
    settings: {
      'links.a.latency': '300ms',
      'switches.SW-INSERT-AT': 'first180',
      'switches.SW-GW-PLAY-AT': 'tx1xx',
      'nodes.client-b.alerting':
        '{ after: 100ms, reliable: true, with-answer: true, ' +
        'progress: { after: 50ms, reliable: true, with-answer: true } }',
      script: dialled(
        '{ after: 60ms, since: ringing, who: client-b, does: answer }',
        '{ at: 9s, who: client-a, does: hang up }',
      ),
    },
  },
  {
    when: 'nobody answers the UPDATE of a Client-B that does not ring yet',
    rule: 'R-DLG-11',
    file: 'preconditions/pr-01-ladder',
    settings: {},
    faults: ['drop every 200 (UPDATE) from cmr-server to client-b'],
    verdict: 'not exercised',
  },
  ...(['R-CAN-05', 'R-MSG-07'] as const).map((rule) => ({
    when: 'a CANCEL comes after the transaction of its INVITE has ended',
    rule,
    file: 'gateway-mode/client-b-busy',
    settings: {
      script: dialled(
        '{ after: 300ms, since: ringing, who: client-b, does: reject, status: 486 }',
        '{ at: 560ms, who: client-a, does: cancel }',
      ),
    },
    faults: ['delay every CANCEL from client-a by 6s'],
  })),
];

describe('a rule is kept when', () => {
  test.each(moments)('$when ($rule)', ({ rule, file, settings, faults, ...judged }) => {
    const { verdict = 'satisfied', level } = judged;
    const { verdicts } = runScenario(shippedWith(file, settings, faults), { engine: 'test' });
    const found = verdicts.find(({ clause }) => clause === rule);
    expect(found).toMatchObject(level === undefined ? { verdict } : { verdict, level });
  });
});

describe('nothing is left when', () => {
  const leftOf = (scenario: Scenario) => {
    const one = { seed: 1, file: '', scenario, changes: [], faults: [], kinds: [] };
    return runCase(one, { engine: 'test', twice: false, judged: false });
  };

  test('an INVITE comes once more after its transaction is forgotten', () => {
    const late = shippedWith(
      'races/rc-09-offer-in-the-prack',
      {
        'switches.SW-RS-RESERVE-AT': 'invite',
        script: dialled(
          '{ after: 5s, since: ringing, who: client-b, does: answer }',
          '{ at: 90s, who: client-a, does: hang up }',
        ),
        until: '900s',
      },
      ['duplicate the 1st INVITE from client-a after 40s'],
    );
    const { problems, states } = leftOf(late);
    expect(problems).toEqual([]);
    expect(states).toContain('merged or repeated INVITE: 482');
  });

  test('two CMR Servers ask one slow Resource Server for a ring', () => {
    const both = shippedWith(
      'forking/fk-07b-two-servers-in-gateway-mode',
      {
        'nodes.resource-server.processing': '{ default: 10ms, reserve: 3s }',
        script: dialled('{ after: 7s, since: ringing, who: client-b, does: reject }'),
      },
      ['delay the 1st release from cmr-server by 600ms'],
    );
    expect(leftOf(both).problems).toEqual([]);
  });

  test('two terminals behind a fork both confirm their preconditions', () => {
    const forked = shippedWith('forking/fk-08-continue-behind-a-fork', {
      'switches.SW-PRECOND': 'segmented',
      'switches.SW-MODE': 'as',
      until: '900s',
    });
    expect(leftOf(forked).problems).toEqual([]);
  });

  test('the CMR Server dies over a re-INVITE, and the caller hangs up', () => {
    const dead = shippedWith(
      'plain/n-01-no-subscription',
      {
        until: '900s',
        'nodes.cmr-server.outages': '[{ kind: crash, at: 9s }]',
        script: dialled(
          '{ after: 5s, since: ringing, who: client-b, does: answer }',
          '{ at: 7s, who: client-a, does: re-invite, offer: as-before }',
          '{ at: 20s, who: client-a, does: hang up }',
          '{ at: 20s, who: client-b, does: hang up }',
        ),
      },
      ['drop everything from cmr-server to client-b from 6s on'],
    );
    expect(leftOf(dead).problems).toEqual([]);
  });
});
