import type { Outbox } from '../../../kernel/node.ts';
import { relocate } from '../../../sdp/history.ts';
import { hasPreconditions } from '../../../sdp/preconditions.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import type { Header } from '../../../sip/message.ts';
import type { CmrCall, CmrServerConfig, CmrServerState, Leg, Onward } from '../call.ts';
import { awaitsFirstOffer, inviteOfClientASupports } from '../legs.ts';
import { forward, inviteClientB } from '../relay.ts';
import { namedRing, type NamedRing } from '../named-ring.ts';

/** What a procedure may do with a message on its way to the other leg. */
export interface KeepingActions {
  /** Keeps a message back until `forwardKept`. */
  hold(onward: Onward): void;
  withoutDescription(onward: Onward): void;
  keptWithoutDescription(): void;
  amendKept(amendment: {
    readonly insert: SessionDescription;
    readonly header: Header;
    readonly reliably: boolean;
  }): void;
  forwardKept(): void;
  /** Whether what was inserted has left; it may wait for the PRACK of an earlier response. */
  insertionHasLeft(): boolean;
  /** Sends this one on when the kept one has left. */
  forwardAfterKept(onward: Onward): void;
  /** Where Client-A takes that, and nothing forbids it (R-OA-20). */
  makeReliable(onward: Onward): void;
  /** HTTP Mode: the URL of the procedure's resource, in a response or in the INVITE (GAP-20). */
  insertUrl(onward: Onward): void;
  insertUrlInInvite(): void;
  /** Keeps the INVITE for Client-B back until `sendInvite`. */
  holdInvite(): void;
  /** The INVITE goes on to Client-B, with this early-session offer if any. */
  sendInvite(offer: SessionDescription | null): void;
  /** SW-INSERT-AT (GAP-41): whether a provisional response of this status is to be amended. */
  insertsInto(status: number): boolean;
}

export function keeping(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  out: Outbox,
): KeepingActions {
  const { config } = server;
  return {
    ...insertingUrls(config, call, leg),
    hold(onward: Onward) {
      onward.held = true;
      call.kept = onward;
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
      kept.ring = true;
      const { defects, address } = config;
      const answer = defects.includes('answers-at-own-address')
        ? relocate(amendment.insert, address, ({ port }) => port)
        : amendment.insert;
      kept.bodies = [bodyPart('session', answer)];
      const silent = defects.includes('forgets-p-early-media');
      // DEL-GW-SRV-03 and 04; on leg A no other early dialog is seen (R-PEM-11).
      kept.headers = silent ? kept.headers : [...kept.headers, amendment.header];
      kept.reliably = amendment.reliably && !defects.includes('sends-ring-unreliably');
    },
    forwardKept() {
      const { kept } = call;
      call.kept = null;
      if (kept !== null) forward(server, call, kept, out);
      for (const onward of call.behindKept.splice(0)) forward(server, call, onward, out);
    },
    insertionHasLeft: () => call.ringAnswered,
    forwardAfterKept(onward: Onward) {
      onward.held = true;
      call.behindKept.push(onward);
    },
    makeReliable(onward: Onward) {
      const offers = onward.bodies.length > 0 || !awaitsFirstOffer(server, call);
      if (offers && inviteOfClientASupports(server, call, '100rel')) onward.reliably = true;
    },
    holdInvite() {
      if (call.invite !== null) call.invite.held = true;
    },
    sendInvite(offer: SessionDescription | null) {
      const { invite } = call;
      if (invite === null) return;
      if (offer !== null) {
        invite.bodies = [...invite.bodies, bodyPart('early-session', offer)];
        invite.headers = [...invite.headers, ['Supported', 'early-session']];
      }
      inviteClientB(server, call, out);
    },
    insertsInto(status: number) {
      return config.switches['SW-INSERT-AT'] === 'first18x' || status === 180 || reserves(call);
    },
  };
}

/** GAP-29: who has to reserve first must learn of the other end before anybody rings. */
function reserves({ lastOfferOfClientA: offer }: CmrCall): boolean {
  return offer !== null && hasPreconditions(offer);
}

function insertingUrls(config: CmrServerConfig, call: CmrCall, leg: Leg) {
  const named = (behind: string): NamedRing | null => {
    const { resourceServer, resources, switches } = config;
    const url = resourceServer?.urls[resources[leg]];
    return url === undefined ? null : namedRing(`${url}${behind}`, switches['SW-HTTP-HDR']);
  };
  return {
    insertUrl(onward: Onward) {
      const other = call.urlNamed && config.defects.includes('names-another-url');
      const ring = named(other ? '-2' : '');
      if (ring === null) return;
      onward.headers = [...onward.headers, ...ring.headers];
      onward.otherBodies = ring.otherBodies;
      call.urlNamed = true;
    },
    insertUrlInInvite() {
      const ring = named('');
      if (ring === null || call.invite === null || config.defects.includes('forgets-url')) return;
      call.invite.headers = [...call.invite.headers, ...ring.headers];
      call.invite.otherBodies = ring.otherBodies;
    },
  };
}
