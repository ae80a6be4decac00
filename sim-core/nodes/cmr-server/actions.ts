import type { DefectName } from '../../base/defects.ts';
import type { Switches } from '../../base/switches.ts';
import type { Outbox } from '../../kernel/node.ts';
import { continuing, type ContinuingActions } from './actions/continuing.ts';
import { earlySessions, type EarlySessionActions } from './actions/early-sessions.ts';
import { keeping, type KeepingActions } from './actions/keeping.ts';
import { negotiating, type NegotiatingActions } from './actions/negotiating.ts';
import { passingRing, type PassingRingActions } from './actions/passing-ring.ts';
import { ringing, type RingingActions } from './actions/ringing.ts';
import type { CmrCall, CmrServerState, Leg } from './call.ts';

/** The verbs a procedure may use. */
export interface CmrActions
  extends
    KeepingActions,
    RingingActions,
    EarlySessionActions,
    ContinuingActions,
    NegotiatingActions,
    PassingRingActions {
  readonly switches: Switches;
  readonly defects: readonly DefectName[];
}

/** The verbs for a procedure that serves that leg. */
export function actionsFor(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  out: Outbox,
): CmrActions {
  const known = made[leg];
  if (known !== null && known.call === call && known.server === server && known.out === out) {
    return known.actions;
  }
  const actions = {
    ...keeping(server, call, leg, out),
    ...ringing(server, call, leg, out),
    ...earlySessions(server, call, leg, out),
    ...continuing(server, call, leg, out),
    ...negotiating(server, call, out),
    ...passingRing(server, call, out),
    switches: server.config.switches,
    defects: server.config.defects,
  };
  made[leg] = { server, call, out, actions };
  return actions;
}

interface Made {
  readonly server: CmrServerState;
  readonly call: CmrCall;
  readonly out: Outbox;
  readonly actions: CmrActions;
}

/**
 * The verbs made last. They hold nothing of their own; making two dozen of them for every
 * indication is waste, and keeping those of many calls keeps whole worlds from being collected.
 */
const made: Record<Leg, Made | null> = { 'Client-A': null, 'Client-B': null };
