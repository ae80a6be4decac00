import type { ClauseId } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { ConferencePorts } from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { SipRequest, SipResponse } from '../../sip/message.ts';
import type { CmrActions } from './actions.ts';
import type { CmrCall, EarlySession, Leg, Onward, ProcedureName } from './call.ts';

/** What a procedure can hear of, in the words of the source texts. */
export interface CallIndications {
  'Client-A: INVITE': { readonly invite: SipRequest };
  'Client-A: PRACK': { readonly earlySession: EarlySession };
  /** It says anew how far its network is for the early session (R-ES-09). */
  'Client-A: early session offered': object;
  'Client-A: UPDATE answered': { readonly answer: SessionDescription };
  'Client-A: UPDATE refused': { readonly status: number };
  'Client-A: re-INVITE answered': { readonly answer: SessionDescription };
  'Client-A: re-INVITE refused': { readonly status: number };
  'Client-A: ACK': object;
  /** Its user has pressed the key by which the ring is stopped. */
  'Client-A: stop digit': object;
  /** Told before the response itself: its PRACK is due (GAP-13). */
  'Client-B: reliable provisional response': {
    readonly response: SipResponse;
    readonly earlySession: EarlySession;
  };
  'Client-B: PRACK answered': {
    readonly status: number;
    readonly earlySession: EarlySession;
  };
  'Client-B: UPDATE answered': { readonly earlySession: EarlySession };
  'Client-B: UPDATE refused': { readonly status: number };
  'Client-B: provisional response': { readonly onward: Onward; readonly status: number };
  'Client-B: final response': { readonly onward: Onward; readonly status: number };
  'Client-B: re-INVITE answered': { readonly answer: SessionDescription };
  'Client-B: re-INVITE refused': { readonly status: number };
  'Resource Server: reserved': {
    readonly leg: Leg;
    readonly description: SessionDescription;
  };
  'Resource Server: conference allocated': {
    readonly leg: Leg;
    readonly ports: ConferencePorts;
    readonly able: SessionDescription;
  };
  'Resource Server: refused': { readonly leg: Leg; readonly command: string };
  'Resource Server: no reservation in time': { readonly leg: Leg };
  /** The resource was to be played once, and has been (GAP-45). */
  'Resource Server: resource ended': { readonly leg: Leg };
  /** It gives no sign of life any more. */
  'Resource Server: lost': { readonly leg: Leg };
  /** What ends the ring in the call (GAP-27). */
  'CMR Server: the ring has lasted long enough': object;
  'CMR Server: Continue takes too long': object;
  /** Raised by Continue for the delivery procedure beside it (GAP-26). */
  'Continue given up': object;
}

/** Tells the procedures of a call what happened. */
export type Tell = <Kind extends keyof CallIndications>(
  call: CmrCall,
  kind: Kind,
  indication: CallIndications[Kind],
) => void;

type On<StepName extends string> = {
  readonly [Kind in keyof CallIndications]?: (
    call: CmrCall,
    indication: CallIndications[Kind],
    act: CmrActions,
  ) => StepName;
};

/** One wait of the text: what it waits for, and what it does then. */
export interface ProcedureStep<StepName extends string> {
  readonly clause: ClauseId;
  readonly on: On<StepName>;
}

export interface Procedure {
  readonly name: ProcedureName;
  readonly clause: ClauseId;
  /** The leg whose client is rung: it hears of nothing that is kept for the other one. */
  readonly serves: Leg;
  readonly first: string;
  readonly steps: Readonly<Record<string, ProcedureStep<string>>>;
}

/**
 * A procedure of the text as labelled steps. The label is at once the program counter, the word
 * in the trace and the row of the clause matrix; one that is not a step does not compile.
 */
export function procedure<const StepName extends string>(written: {
  readonly name: ProcedureName;
  readonly clause: ClauseId;
  readonly serves: Leg;
  readonly first: NoInfer<StepName>;
  readonly steps: Readonly<Record<StepName, ProcedureStep<NoInfer<StepName>>>>;
}): Procedure {
  return written;
}

/** Offers the indication to every procedure the call follows, in their order. */
export function follow<Kind extends keyof CallIndications>(
  procedures: readonly Procedure[],
  call: CmrCall,
  kind: Kind,
  indication: CallIndications[Kind],
  actFor: (leg: Leg) => CmrActions,
  out: Outbox,
): void {
  for (const place of call.following) {
    if (call.over) return;
    const followed = procedures.find(({ name }) => name === place.procedure);
    const react = followed?.steps[place.step]?.on[kind];
    if (followed === undefined || react === undefined) continue;
    if ('leg' in indication && indication.leg !== followed.serves) continue;
    const next = react(call, indication, actFor(followed.serves));
    if (next !== place.step) enterStep(place, followed, next, out);
  }
}

/** Begins a procedure at its first step. */
export function begin(call: CmrCall, begun: Procedure, out: Outbox): void {
  const place = { procedure: begun.name, step: '' };
  call.following.push(place);
  enterStep(place, begun, begun.first, out);
}

function enterStep(
  place: { readonly procedure: string; step: string },
  followed: Procedure,
  step: string,
  out: Outbox,
): void {
  place.step = step;
  const clause = followed.steps[step]?.clause ?? followed.clause;
  out.note({ kind: 'procedure step', procedure: place.procedure, step, clause });
}
