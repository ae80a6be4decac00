import { clause } from '../../base/clause-id.ts';
import type { Switches } from '../../base/switches.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { Dialog } from '../../sip/dialog.ts';
import type { CmrCall, CmrServerState, Policy } from './call.ts';
import { dialogOn, inviteOfClientASupports } from './legs.ts';

/**
 * Whether the ring goes on after the answer (CON-SRV-01, CON-GEN-02): from what was configured
 * before the call, unless Client-A cannot take part (GAP-25).
 */
export function decideContinue(
  server: CmrServerState,
  call: CmrCall,
  out: Outbox,
): 'continue' | 'stop' {
  const { policy, switches } = server.config;
  let [chosen, why] = byPolicy(policy);
  if (switches['SW-CONT'] !== 'by-policy') {
    chosen = switches['SW-CONT'];
    why = `SW-CONT is ${chosen}`;
  }
  const dialog = dialogOn(server, call, 'Client-A');
  if (chosen === 'continue' && call.rings['Client-A']?.refused === true) {
    chosen = 'stop';
    why = 'the Resource Server does not play it';
  } else if (chosen === 'continue' && !mayContinue(switches, dialog)) {
    chosen = 'stop';
    why = 'Client-A does not allow UPDATE';
  } else if (chosen === 'continue' && isAnsweredElsewhere(call)) {
    chosen = 'stop';
    why = 'another telephone has answered than the one in whose dialog the ring is'; // GAP-32
  } else if (chosen === 'continue' && isPreviewOnly(server, call)) {
    chosen = 'stop';
    why = 'Client-A has been shown the ring, and has no answer yet'; // GAP-12
  } else if (chosen === 'continue' && call.lastOfferOfClientA === null) {
    chosen = 'stop';
    why = 'Client-A has offered no media'; // GAP-35
  }
  if (server.config.defects.includes('decides-against-switch')) {
    chosen = chosen === 'stop' ? 'continue' : 'stop';
  }
  out.note({ kind: 'decision', about: 'Continue', chosen, why, clause: clause('CON-SRV-01') });
  return chosen;
}

/**
 * Whether a ring tone goes on after the answer. No text says that it may (GAP-34), so the switch
 * must want it; and where the ring-back tone goes on, Client-A alone keeps its resource (GAP-46).
 */
export function ringToneContinues({ config }: CmrServerState, call: CmrCall): boolean {
  const ring = call.rings['Client-B'];
  if (config.switches['SW-CMRT-CONT'] === 'off' || call.decision === 'continue') return false;
  if (ring === null || !ring.ordered || ring.refused) return false;
  return call.lastOfferOfClientA !== null && byPolicy(config.policy)[0] === 'continue';
}

function isAnsweredElsewhere({ shown, dialogs }: CmrCall): boolean {
  const [first] = shown;
  return first !== undefined && first.dialog !== dialogs['Client-B'];
}

function isPreviewOnly(server: CmrServerState, call: CmrCall): boolean {
  const preview = server.config.switches['SW-GW-NO100REL'] === 'unreliable-preview';
  return preview && !inviteOfClientASupports(server, call, '100rel');
}

/** GAP-25: step 6 needs UPDATE, or has to wait for the answer. */
function mayContinue(switches: Switches, dialog: Dialog | null): boolean {
  const updates = (dialog?.peerAllows ?? []).includes('update');
  return updates || switches['SW-CONT-FALLBACK'] === 'reinvite-after-answer';
}

/** GAP-30: the operator's refusal wins, then the subscriber's preference, then the default. */
function byPolicy(policy: Policy): ['continue' | 'stop', string] {
  if (policy.operator === 'deny') return ['stop', 'the operator does not allow it'];
  if (policy.subscriber !== 'no preference') {
    return [policy.subscriber, `the subscriber prefers to ${policy.subscriber}`];
  }
  return [policy.otherwise, 'the operator has it so where nobody has a preference'];
}
