import { unreachable } from '../../base/check.ts';
import { clause } from '../../base/clause-id.ts';
import type { Outbox, UserAction } from '../../kernel/node.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { hangUp } from '../../sip/hanging-up.ts';
import { cancelInvite, respondToInvite } from '../../sip/sending.ts';
import { answer } from './answering.ts';
import { dial } from './calling-client.ts';
import { dialogOfCall, endCall, type CmrClientState } from './client-state.ts';
import { press } from './pressing.ts';
import { renegotiate } from './renegotiating.ts';

/** What the user does; where the call gives no occasion for it, the trace says so. */
export function act(client: CmrClientState, action: UserAction, out: Outbox): void {
  const { phase, agent, inviteBranch } = client;
  const dialog = dialogOfCall(client);
  switch (action.kind) {
    case 'dial':
      if (phase === 'idle') return dial(client, action.target, out);
      break;
    case 'answer':
      if (phase === 'alerting') return answer(client, out);
      break;
    case 'reject':
      if (phase === 'alerting' || phase === 'invited') {
        endCall(client, out);
        const saying = { headers: [], bodies: [], contact: null };
        return respondToInvite(agent, inviteBranch, action.status, saying, false, out);
      }
      break;
    case 'cancel':
      if (phase === 'calling' || phase === 'hearing ringback') {
        endCall(client, out);
        return cancelInvite(agent, inviteBranch, [], out);
      }
      break;
    case 'hang up':
      // A caller may end an early dialog too (R-DLG-11); its INVITE is then refused with 487.
      if (dialog !== null && (phase === 'in call' || waitsAsCaller(client, dialog))) {
        endCall(client, out);
        // An INVITE that nobody refuses after all is given up as a cancelled one is (R-CAN-08).
        if (phase !== 'in call') out.startTimer(`cancel ${inviteBranch}`, agent.timers.giveUp);
        hangUp(agent, dialog, [], out);
        return;
      }
      if (phase === 'alerting' && dialog !== null && hangsUpEarly(client)) {
        endCall(client, out);
        hangUp(agent, dialog, [], out);
        const saying = { headers: [], bodies: [], contact: null };
        return respondToInvite(agent, inviteBranch, 487, saying, false, out);
      }
      break;
    case 'press':
      if (press(client, action, out)) return;
      break;
    case 'silence':
      if (phase === 'invited' || phase === 'alerting') {
        client.silenced = true;
        return;
      }
      break;
    case 'hold':
    case 'resume':
    case 're-invite':
    case 'update':
      if (renegotiate(client, action, out)) return;
      break;
    default:
      unreachable(action);
  }
  const why = `the user would ${action.kind}, but the call is ${phase}`;
  out.note({ kind: 'ignored', why, clause: clause('RFC3261 13') });
}

function hangsUpEarly({ config }: CmrClientState): boolean {
  return config.defects.includes('hangs-up-early');
}

function waitsAsCaller({ phase }: CmrClientState, dialog: Dialog): boolean {
  return dialog.state === 'early' && (phase === 'calling' || phase === 'hearing ringback');
}
