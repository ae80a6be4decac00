import { clause } from '../../base/clause-id.ts';
import type { Outbox, UserAction } from '../../kernel/node.ts';
import { infoDtmf, sayingDigit } from '../../sip/info-dtmf.ts';
import { sendInDialog } from '../../sip/sending.ts';
import { dialogOfCall, type CmrClientState } from './client-state.ts';
import { holdKey } from './key-events.ts';

/** A package that nobody in the simulator ever lists. */
const unlisted = 'unlistedDtmf';

/** Tells the other end of a key; gives false where there is no dialog to do it in. */
export function press(
  client: CmrClientState,
  { digit, by }: Extract<UserAction, { kind: 'press' }>,
  out: Outbox,
): boolean {
  const dialog = dialogOfCall(client);
  if (dialog === null || dialog.state === 'terminated' || client.phase === 'over') return false;
  if (by === 'telephone-event') {
    holdKey(client, digit, out);
    return true;
  }
  const takes = client.config.defects.includes('names-unlisted-info-package');
  if (!takes && !dialog.peerTakes.includes(infoDtmf.toLowerCase())) {
    const why = `the user would press ${digit}, but the other end takes no ${infoDtmf}`;
    out.note({ kind: 'ignored', why, clause: clause('R-DTMF-02') });
    return true;
  }
  sendInDialog(client.agent, dialog, 'INFO', sayingDigit(takes ? unlisted : infoDtmf, digit), out);
  return true;
}
