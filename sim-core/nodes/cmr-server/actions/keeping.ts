import type { Outbox } from '../../../kernel/node.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import type { Header } from '../../../sip/message.ts';
import type { CmrCall, CmrServerState, Onward } from '../call.ts';
import { forward } from '../relay.ts';

/** What a procedure may do with a message on its way to the other leg. */
export interface KeepingActions {
  /** Keeps a message back until `forwardKept`. */
  hold(onward: Onward): void;
  /** Lets a message go nowhere. */
  drop(onward: Onward): void;
  withoutDescription(onward: Onward): void;
  keptWithoutDescription(): void;
  amendKept(amendment: {
    readonly insert: SessionDescription;
    readonly header: Header;
    readonly reliably: boolean;
  }): void;
  forwardKept(): void;
}

export function keeping(server: CmrServerState, call: CmrCall, out: Outbox): KeepingActions {
  return {
    hold(onward: Onward) {
      onward.held = true;
      call.kept = onward;
    },
    drop(onward: Onward) {
      onward.held = true;
    },
    withoutDescription(onward: Onward) {
      onward.bodies = [];
    },
    keptWithoutDescription() {
      if (call.kept !== null) call.kept.bodies = [];
    },
    amendKept(amendment: {
      readonly insert: SessionDescription;
      readonly header: Header;
      readonly reliably: boolean;
    }) {
      const { kept } = call;
      if (kept === null) return;
      kept.bodies = [bodyPart('session', amendment.insert)];
      kept.headers = [...kept.headers, amendment.header];
      kept.reliably = amendment.reliably;
    },
    forwardKept() {
      const { kept } = call;
      call.kept = null;
      if (kept !== null) forward(server, call, kept, out);
    },
  };
}
