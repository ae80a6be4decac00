import type { DefectName } from '../base/defects.ts';
import { micros } from '../base/micros.ts';
import { freezeDeep } from '../base/plain.ts';
import type { Outbox } from '../kernel/node.ts';
import { alteredDescriptions } from './altered-descriptions.ts';
import { alteredRequests } from './altered-requests.ts';
import { alteredResponses } from './altered-responses.ts';
import { alteredTimers } from './altered-timers.ts';
import { isSip, type SipMessage } from './message.ts';

const alterations = [...alteredRequests, ...alteredResponses, ...alteredDescriptions];

/**
 * The outbox of a node with these defects: what leaves it is what the defects make of it, while
 * the node itself believes that it has sent what it meant to. Without defects, the outbox itself.
 */
export function misbehaving(out: Outbox, defects: readonly DefectName[]): Outbox {
  if (defects.length === 0) return out;
  return {
    send(packet, to) {
      if (!isSip(packet)) {
        out.send(packet, to);
        return;
      }
      for (const message of altered(packet, defects)) out.send(message, to);
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

function altered(message: SipMessage, defects: readonly DefectName[]): readonly SipMessage[] {
  const defect = alterations.find(({ name, of }) => of(message) && defects.includes(name));
  if (defect === undefined) return [message];
  const made = defect.alter(message) ?? [];
  return ('kind' in made ? [made] : made).map((one) => freezeDeep(one));
}
