/** What people at their terminals do, in the third person. */
export const verbs = {
  dial: 'dials',
  answer: 'answers',
  reject: 'rejects',
  cancel: 'cancels',
  'hang up': 'hangs up',
  hold: 'puts the call on hold',
  resume: 'resumes the call',
  press: 'presses a key',
  silence: 'silences the ringer',
  're-invite': 'has the terminal send a re-INVITE',
  update: 'has the terminal send an UPDATE',
} as const;

/** `'A z9hG4bK-a-1'` is `'Timer A'`, `'2xx end z9hG4bK-b-1'` is `'2xx end'`. */
export function timerName(timer: string): string {
  const name = timer.slice(0, timer.lastIndexOf(' '));
  return name.length === 1 ? `Timer ${name}` : name;
}
