import { clause } from '../../base/clause-id.ts';
import type { Switches } from '../../base/switches.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { Dialog } from '../../sip/dialog.ts';
import type { CmrCall, CmrServerState, Policy } from './call.ts';
import { dialogOn, inviteOfClientAAllows, inviteOfClientASupports } from './legs.ts';

/**
 * Whether the ring goes on after the answer (CON-SRV-01, CON-GEN-02): from what was configured
 * before the call, unless Client-A cannot take part (GAP-25).
 */
export function decideContinue(
  server: CmrServerState,
  call: CmrCall,
  out: Outbox,
): 'continue' | 'stop' {
  const { switches } = server.config;
  let [chosen, why] = wished(server);
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

/** CON-GEN-04: HTTP Mode knows no Continue, and says so to whoever wants the ring to go on. */
export function declineContinue(server: CmrServerState, call: CmrCall, out: Outbox): void {
  if (wished(server)[0] === 'stop') return;
  call.decision = 'stop';
  const why = 'HTTP Mode knows no Continue';
  const chosen = call.decision;
  out.note({ kind: 'decision', about: 'Continue', chosen, why, clause: clause('CON-GEN-04') });
}

/** What was configured before the call, and by whom. */
function wished({ config }: CmrServerState): ['continue' | 'stop', string] {
  const { policy, switches } = config;
  const fixed = switches['SW-CONT'];
  return fixed === 'by-policy' ? byPolicy(policy, switches) : [fixed, `SW-CONT is ${fixed}`];
}

/**
 * Whether a ring tone goes on after the answer. No text says that it may (GAP-34), so the switch
 * must want it; and where the ring-back tone goes on, Client-A alone keeps its resource (GAP-46).
 */
export function ringToneContinues({ config }: CmrServerState, call: CmrCall, out: Outbox): boolean {
  const ring = call.rings['Client-B'];
  const flow = config.switches['SW-CMRT-CONT'];
  if (flow === 'off' || call.decision === 'continue') return false;
  if (ring === null || !ring.ordered || ring.refused) return false;
  if (call.lastOfferOfClientA === null) return false;
  const [chosen, wish] = byPolicy(config.policy, config.switches);
  const why = chosen === 'stop' ? wish : `by ${flow}: derived, not standardised`;
  out.note({ kind: 'decision', about: 'ring tone', chosen, why, clause: clause('GAP-34') });
  return chosen === 'continue';
}

/** Whether the media-only flow may begin: all that it will need is there, as far as is known. */
export function mayAnchorClientA(server: CmrServerState, call: CmrCall): boolean {
  const { policy, switches } = server.config;
  const dialog = dialogOn(server, call, 'Client-A');
  if (dialog !== null && dialog.offerAnswer.session.state !== 'offer received') return false;
  const ringsAlone = call.rings['Client-A'] === null && call.rings['Client-B'] !== null;
  return (
    ringsAlone &&
    byPolicy(policy, switches)[0] === 'continue' &&
    inviteOfClientASupports(server, call, '100rel') &&
    inviteOfClientAAllows(server, call, 'UPDATE')
  );
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

/** GAP-30: what two wishes make, in the order that SW-POLICY gives them. */
function byPolicy(policy: Policy, switches: Switches): ['continue' | 'stop', string] {
  const { operator, subscriber, otherwise } = policy;
  const order = switches['SW-POLICY'];
  const wishes = subscriber !== 'no preference';
  if (order === 'subscriber-first' && wishes) {
    return [subscriber, `the subscriber prefers to ${subscriber}, and is asked first`];
  }
  if (operator === 'deny') return ['stop', 'the operator does not allow it'];
  if (wishes) return [subscriber, `the subscriber prefers to ${subscriber}`];
  if (order === 'both-must-want') return ['stop', 'the subscriber has not asked for it'];
  return [otherwise, 'the operator has it so where nobody has a preference'];
}
