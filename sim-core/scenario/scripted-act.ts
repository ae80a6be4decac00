import { check } from '../base/check.ts';
import type { UserAction } from '../kernel/node.ts';
import type { ScenarioDocument } from './scenario-schema.ts';
import type { Moment, ScriptedAct } from './scenario.ts';
import { duration, taken } from './taken-quantities.ts';
import { readSpan } from './units.ts';

type WrittenAct = ScenarioDocument['script'][number];

/** What a user does, and when. */
export function scriptedAct(act: WrittenAct): ScriptedAct {
  return { who: act.who, does: userAction(act), when: moment(act) };
}

function moment(act: WrittenAct): Moment {
  if (act.at !== undefined) return { kind: 'at', at: duration(act.at) };
  check(act.after !== undefined && act.since !== undefined, 'an act without a moment passed');
  return { kind: 'after', after: taken(readSpan(act.after)), since: act.since };
}

function userAction(act: WrittenAct): UserAction {
  switch (act.does) {
    case 'dial':
      check(act.target !== undefined, 'a dial without a target passed');
      return { kind: 'dial', target: act.target };
    case 'reject':
      return { kind: 'reject', status: act.status ?? 486 };
    case 'press':
      check(act.digit !== undefined, 'a press without a digit passed');
      return { kind: 'press', digit: act.digit, by: act.by ?? 'info' };
    case 're-invite':
    case 'update':
      return { kind: act.does, offer: act.offer ?? 'as-before' };
    default:
      return { kind: act.does };
  }
}
