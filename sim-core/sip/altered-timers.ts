import type { DefectName } from '../base/defects.ts';
import type { TimerKey } from '../kernel/node.ts';

/** A timer that a node with a defect lets run for another time. */
export interface AlteredTimer {
  readonly name: DefectName;
  readonly of: (timer: TimerKey) => boolean;
  readonly times: number;
  readonly dividedBy: number;
}

export const alteredTimers: readonly AlteredTimer[] = [
  { name: 'resends-invite-late', of: (timer) => timer.startsWith('A '), times: 2, dividedBy: 1 },
  { name: 'gives-invite-up-early', of: (timer) => timer.startsWith('B '), times: 1, dividedBy: 4 },
  { name: 'resends-requests-late', of: (timer) => timer.startsWith('E '), times: 2, dividedBy: 1 },
  {
    name: 'gives-requests-up-early',
    of: (timer) => timer.startsWith('F '),
    times: 1,
    dividedBy: 4,
  },
  { name: 'resends-refusals-late', of: (timer) => timer.startsWith('G '), times: 2, dividedBy: 1 },
  { name: 'resends-200-late', of: (timer) => /^2xx (?!end)/.test(timer), times: 2, dividedBy: 1 },
  {
    name: 'resends-provisionals-late',
    of: (timer) => /^1xx (?!end)/.test(timer),
    times: 2,
    dividedBy: 1,
  },
  {
    name: 'refreshes-ringing-late',
    of: (timer) => timer === 'own ringing again',
    times: 4,
    dividedBy: 1,
  },
  {
    name: 'gives-branches-up-early',
    of: (timer) => timer.startsWith('C '),
    times: 1,
    dividedBy: 4,
  },
];
