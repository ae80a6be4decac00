import type { DefectName } from '../base/defects.ts';
import { micros } from '../base/micros.ts';
import { freezeDeep } from '../base/plain.ts';
import type { Outbox } from '../kernel/node.ts';
import type { Alteration } from './alteration.ts';
import { alteredDescriptions, editedBodies } from './altered-descriptions.ts';
import { alteredDialogues } from './altered-dialogues.ts';
import { alteredRequests } from './altered-requests.ts';
import { alteredResponses } from './altered-responses.ts';
import { alteredTimers } from './altered-timers.ts';
import { isSip, type SipMessage } from './message.ts';

/** What user agents do to messages of their own. */
const ofUserAgents: readonly Alteration[] = [
  ...alteredRequests,
  ...alteredResponses,
  ...alteredDescriptions,
  ...alteredDialogues,
];

/** What proxies do to messages of others. */
export const ofProxies: readonly Alteration[] = [
  editedBodies,
  {
    name: 'keeps-max-forwards',
    of: ({ kind, via }) => kind === 'request' && via.length > 1,
    alter: (one) => (one.kind === 'request' ? { ...one, maxForwards: one.maxForwards + 1 } : one),
  },
];

/**
 * The outbox of a node with these defects: what leaves it is what the defects make of it, while
 * the node itself believes that it has sent what it meant to. Without defects, the outbox itself.
 */
export function misbehaving(
  out: Outbox,
  defects: readonly DefectName[],
  alterations = ofUserAgents,
): Outbox {
  if (defects.length === 0) return out;
  return {
    now: () => out.now(),
    instant: () => out.instant(),
    send(packet, to) {
      if (!isSip(packet)) {
        out.send(packet, to);
        return;
      }
      for (const message of altered(packet, defects, alterations)) out.send(message, to);
    },
    startTimer(timer, after, atMost) {
      const defect = alteredTimers.find(({ name, of }) => of(timer) && defects.includes(name));
      if (defect === undefined) out.startTimer(timer, after, atMost);
      else out.startTimer(timer, micros((after * defect.times) / defect.dividedBy));
    },
    stopTimer: (timer) => out.stopTimer(timer),
    draw: (least, most) => out.draw(least, most),
    expectUser: (action, after) => out.expectUser(action, after),
    forgetUser: () => out.forgetUser(),
    note: (note) => out.note(note),
  };
}

function altered(
  message: SipMessage,
  defects: readonly DefectName[],
  alterations: readonly Alteration[],
): readonly SipMessage[] {
  const defect = alterations.find(({ name, of }) => of(message) && defects.includes(name));
  if (defect === undefined) return [message];
  const made = defect.alter(message) ?? [];
  return ('kind' in made ? [made] : made).map((one) => freezeDeep(one));
}
