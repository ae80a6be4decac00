import { clause } from '../base/clause-id.ts';
import type { Outbox } from '../kernel/node.ts';
import type { Dialog, DialogState } from './dialog.ts';

/** Enters a state of a dialog, citing the sentence that says so; no state is entered twice. */
export function enterDialogState(
  dialog: Dialog,
  state: DialogState,
  id: string,
  out: Outbox,
  from: string = dialog.state,
): void {
  if (from === state) return;
  dialog.state = state;
  out.note({
    kind: 'state',
    machine: 'dialog',
    subject: dialog.callId,
    peer: dialog.peer,
    from,
    to: state,
    clause: clause(id),
  });
}
