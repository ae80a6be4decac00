import { clause } from '../../../base/clause-id.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import type { CmrActions } from '../actions.ts';
import type { CmrCall, Onward } from '../call.ts';
import { lackFor } from '../mode-choice.ts';
import { procedure } from '../procedure.ts';

/**
 * Gateway Mode, CMRBT (source text 1.1.1.10): the Resource Server's answer and P-Early-Media in
 * the provisional response; an UPDATE before the 200, which then goes without SDP.
 */
export const gatewayModeCmrbt = procedure({
  name: 'Gateway Mode, CMRBT',
  clause: clause('DEL-GW-SRV-01'),
  serves: 'Client-A',
  first: 'Client-A calls',

  steps: {
    'Client-A calls': {
      clause: clause('DEL-GW-SRV-01'),
      on: {
        'Client-A: INVITE'(call, { invite }, act) {
          if (lackFor('gateway', invite, act) !== null) return 'no ring';
          if (act.switches['SW-RS-RESERVE-AT'] === 'invite') {
            act.reserveRing(call.lastOfferOfClientA); // GAP-47
          }
          return 'Client-B is being alerted';
        },
      },
    },

    'Client-B is being alerted': {
      clause: clause('DEL-GW-SRV-01'),
      on: {
        'Client-B: provisional response'(call, { onward, status }, act) {
          if (!act.insertsInto(status)) {
            act.withoutDescription(onward); // GAP-41: the answer is to be the Resource Server's
            return 'Client-B is being alerted';
          }
          act.hold(onward);
          const reserved = act.reservedRing();
          if (reserved !== null) return deliver(call, reserved, act);
          act.reserveRing(call.lastOfferOfClientA);
          act.awaitReservation(); // GAP-47
          return 'Resource Server reserves';
        },
        'Resource Server: refused'() {
          return 'no ring';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing();
          return 'no ring'; // GAP-42: nothing to insert into
        },
      },
    },

    'Resource Server reserves': {
      clause: clause('DEL-GW-SRV-02'),
      on: {
        'Resource Server: reserved'(call, { description }, act) {
          return deliver(call, description, act);
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.forwardKept();
          return 'no ring';
        },
        'Resource Server: no reservation in time'(_call, _late, act) {
          act.forwardKept(); // GAP-47
          return 'no ring, and the reservation comes too late';
        },
        'Client-B: provisional response'(_call, { onward }, act) {
          act.forwardAfterKept(onward); // GAP-41: the first one is still on its way
          return 'Resource Server reserves';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-A acknowledges the ring': {
      clause: clause('DEL-GW-SRV-05'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          act.withoutDescription(onward); // GAP-41
          return 'Client-A acknowledges the ring';
        },
        'Client-A: PRACK'(_call, _prack, act) {
          // It may be that of an earlier response, which the ring had to wait for (R-PRK-05).
          if (!act.insertionHasLeft()) return 'Client-A acknowledges the ring';
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          act.playRing(null);
          return 'ring plays';
        },
        'Client-B: final response'(call, { onward, status }, act) {
          if (act.insertionHasLeft()) return neverPlayed(onward, status, act);
          act.freeRing(); // GAP-36: Client-A has not heard of it
          call.places['Client-A'] = { kind: 'other party' };
          return 'no ring';
        },
      },
    },

    'Client-B does not ring yet': {
      clause: clause('GAP-29'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          act.withoutDescription(onward); // GAP-41
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          act.playRing(null);
          return 'ring plays';
        },
        'Client-B: final response'(_call, { onward, status }, act) {
          return neverPlayed(onward, status, act);
        },
      },
    },

    'ring plays': {
      clause: clause('DEL-GW-SRV-05'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          act.withoutDescription(onward); // GAP-41: Client-A has its answer
          return 'ring plays';
        },
        'Client-B: final response'(_call, { onward, status }, act) {
          if (status >= 300) {
            act.freeRing(); // DEL-GW-SRV-06
            return 'done';
          }
          if (act.continues()) return 'Continue has taken over';
          act.hold(onward);
          acknowledge(act);
          act.freeRing(); // DEL-GW-SRV-06
          return switchOver(act);
        },
        'Client-A: stop digit'(_call, _digit, act) {
          act.freeRing();
          return 'Client-A has stopped the ring';
        },
      },
    },

    'Client-A has stopped the ring': {
      clause: clause('R-DTMF-02'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          act.withoutDescription(onward); // GAP-41
          return 'Client-A has stopped the ring';
        },
        'Client-B: final response'(_call, { onward, status }, act) {
          if (status >= 300) return 'done';
          act.hold(onward);
          acknowledge(act);
          return switchOver(act); // it still has the Resource Server's answer
        },
      },
    },

    'Continue has taken over': {
      clause: clause('CON-SRV-03'),
      on: {
        'Continue given up'(_call, _why, act) {
          act.freeRing();
          return switchOver(act);
        },
      },
    },

    'Client-A takes the media of Client-B': {
      clause: clause('DEL-GW-SRV-07'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          confirm(act); // DEL-GW-SRV-08
          return 'Client-A acknowledges the 200';
        },
        'Client-A: UPDATE refused'(_call, _status, act) {
          confirm(act); // it keeps the answer it has until it is asked again
          return 'Client-A acknowledges the 200 and is asked then';
        },
      },
    },

    'Client-A is asked too early': {
      clause: clause('GAP-08'),
      on: {
        'Client-A: re-INVITE answered'(_call, _answer, act) {
          confirm(act);
          return 'Client-A acknowledges the 200';
        },
        'Client-A: re-INVITE refused'(_call, _status, act) {
          confirm(act);
          return 'Client-A acknowledges the 200 and is asked then';
        },
      },
    },

    'Client-A acknowledges the 200': {
      clause: clause('DEL-GW-SRV-08'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB(); // GAP-44, where it was kept for now
          return resynchronise(act);
        },
      },
    },

    'Client-A acknowledges the 200 and is asked then': {
      clause: clause('GAP-08'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB();
          act.reinviteClientA(act.lastAnswerOfClientB());
          return 'Client-A considers the re-INVITE';
        },
      },
    },

    'Client-A considers the re-INVITE': {
      clause: clause('GAP-08'),
      on: {
        'Client-A: re-INVITE answered'(_call, _answer, act) {
          return resynchronise(act);
        },
        'Client-A: re-INVITE refused'(_call, { status }, act) {
          act.releaseCall(status); // it hears nobody, and nobody hears it
          return 'done';
        },
      },
    },

    'Client-B answers what Continue has asked': {
      clause: clause('GAP-48'),
      on: {
        'Client-B: re-INVITE answered': (_call, _answer, act) => resynchronise(act),
        'Client-B: re-INVITE refused': (_call, _status, act) => resynchronise(act),
      },
    },

    'Client-B takes the answer of Client-A': {
      clause: clause('GAP-09'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          return 'done';
        },
        'Client-B: re-INVITE refused'(_call, { status }, act) {
          act.releaseCall(status);
          return 'done';
        },
      },
    },

    'no ring, and the reservation comes too late': {
      clause: clause('GAP-47'),
      on: {
        'Resource Server: reserved'(_call, _answer, act) {
          act.freeRing();
          return 'no ring';
        },
      },
    },

    'no ring': {
      clause: clause('DEL-GW-SRV-01'),
      on: {
        'Resource Server: reserved'(_call, _answer, act) {
          act.freeRing(); // GAP-36: it was asked for before Client-B answered
          return 'no ring';
        },
      },
    },

    done: { clause: clause('DEL-GW-SRV-08'), on: {} },
  },
});

/** The Resource Server's answer goes to Client-A in the kept response; the ring begins. */
function deliver(call: CmrCall, answer: SessionDescription, act: CmrActions) {
  call.places['Client-A'] = { kind: 'ring' };
  const preview = isPreview(act); // GAP-12
  act.amendKept({
    insert: answer, // bullet 1
    header: ['P-Early-Media', act.switches['SW-PEM']], // bullet 2
    reliably: !preview, // bullet 3
  });
  act.forwardKept();
  const byPrack = act.switches['SW-GW-PLAY-AT'] === 'prack' && !preview;
  if (byPrack || !act.insertionHasLeft()) return 'Client-A acknowledges the ring';
  if (act.waitsForAlerting()) return 'Client-B does not ring yet';
  act.playRing(null);
  return 'ring plays';
}

/** GAP-36: Client-A has the Resource Server's answer all the same, and must be given another. */
function neverPlayed(onward: Onward, status: number, act: CmrActions) {
  act.freeRing();
  if (status >= 300) return 'done';
  act.hold(onward);
  acknowledge(act);
  return switchOver(act); // after the PRACK (GAP-06)
}

/** GAP-44: Client-B's 200, unless its ACK is to wait for Client-A's. */
function acknowledge(act: CmrActions): void {
  if (act.switches['SW-ACK-B-STOP'] === 'immediate') act.acknowledgeClientB();
}

/** DEL-GW-SRV-07: Client-A is given Client-B's media, before its 200 or after it (GAP-08). */
function switchOver(act: CmrActions) {
  const how = act.switches['SW-GW-SWITCH'];
  if (how === 'literal-reinvite') {
    act.reinviteClientATooEarly(act.lastAnswerOfClientB());
    return 'Client-A is asked too early';
  }
  const possible = act.clientAAllowsUpdate() && !isPreview(act);
  if (how === 'reinvite-after-answer' || !possible) {
    confirm(act);
    return 'Client-A acknowledges the 200 and is asked then';
  }
  act.updateClientA(act.lastAnswerOfClientB());
  return 'Client-A takes the media of Client-B';
}

/** GAP-12: the ring's answer is shown early, and given in the 200 only (R-OA-05). */
function isPreview(act: CmrActions): boolean {
  const { switches } = act;
  return switches['SW-GW-NO100REL'] === 'unreliable-preview' && !act.clientAAcknowledges();
}

function confirm(act: CmrActions): void {
  act.keptWithoutDescription(); // GAP-07, and of a preview the 200 has the same again
  act.forwardKept();
}

/** GAP-09: Client-B learns of an answer that it cannot send by as it does. */
function resynchronise(act: CmrActions) {
  // Continue was given up, and Client-B is still on its way back (R-REI-01).
  if (act.clientBIsAsked()) return 'Client-B answers what Continue has asked';
  if (!act.clientBNeedsAnswerOfClientA()) return 'done';
  act.reinviteClientB('last answer of Client-A');
  return 'Client-B takes the answer of Client-A';
}
