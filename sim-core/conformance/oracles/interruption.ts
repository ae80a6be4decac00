import type { Micros } from '../../base/micros.ts';
import {
  answers,
  commandsOf,
  isRequest,
  promptness,
  replyTo,
  statusOf,
  type CallPicture,
} from './call-picture.ts';
import type { Happening, SipPassage } from './call-watch.ts';
import { missing, ms, notExercised, type Evidence, type Judgement } from './judgement.ts';

/** Something from outside after which the CMR Server need not go on with what it was doing. */
export interface Interruption extends Happening {
  /** As a sentence without its full stop: `'Client-A cancelled at 5 068 ms'`. */
  readonly says: string;
}

/** What came between, in the order in which it reached the CMR Server (GAP-26). */
export function interruptionsOf(call: CallPicture): Interruption[] {
  const found: Interruption[] = [];
  const add = (passage: { readonly received: Happening | null } | null, says: string): void => {
    const at = passage?.received;
    if (at) found.push({ ...at, says: `${says} at ${ms(at.at)}` });
  };
  add(call.cancel, "Client-A's CANCEL arrived");
  for (const bye of byes(call.fromA)) add(bye, "Client-A's BYE arrived");
  for (const bye of byes(call.fromB)) add(bye, "Client-B's BYE arrived");
  for (const request of call.reinvites) addRefusals(call.fromB, request, 're-INVITE', add);
  for (const request of call.updates) addRefusals(call.fromA, request, 'UPDATE', add);
  for (const kind of ['allocate conference', 'mix'] as const) {
    for (const command of commandsOf(call, kind)) {
      const reply = replyTo(call, command);
      if (reply?.packet.reply.kind === 'refused') {
        add(reply, `the Resource Server refused to ${kind}`);
      }
    }
  }
  return found.sort((a, b) => a.record - b.record);
}

function byes(from: readonly SipPassage[]): SipPassage[] {
  return from.filter((one) => isRequest(one, 'BYE'));
}

function addRefusals(
  from: readonly SipPassage[],
  request: SipPassage,
  name: string,
  add: (passage: SipPassage, says: string) => void,
): void {
  for (const one of from) {
    const status = statusOf(one);
    if (answers(one, request) && status >= 300) add(one, `${status} to the ${name} arrived`);
  }
}

/** The first interruption that came early enough to excuse a duty that follows from `since`. */
export function interruptionBefore(call: CallPicture, since: Happening): Interruption | null {
  const latest: Micros = since.at;
  const within = promptness(call.header);
  return interruptionsOf(call).find((one) => one.at <= latest + within) ?? null;
}

/**
 * For a duty of the flow that was not done: not exercised where something came between, violated
 * once it is overdue, inconclusive where the run broke off before.
 */
export function undone(
  call: CallPicture,
  since: Happening,
  says: string,
  ...shown: Evidence[]
): Judgement {
  const between = interruptionBefore(call, since);
  if (between !== null)
    return notExercised(`${capital(between.says)}, so this did not come about.`);
  return missing(call, since, says, since, ...shown);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
