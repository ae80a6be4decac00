import { printDuration, zeroMicros } from '../base/micros.ts';
import type { Scenario, ScriptedAct } from '../scenario/scenario.ts';
import { timeOf, type Dice } from './dice.ts';
import type { Change } from './disturbance.ts';

/** The acts of a call, and which faults among them are people's. */
export interface DrawnScript {
  readonly change: Change;
  readonly kinds: readonly string[];
}

/** Draws what the users do. Whatever it is, both hang up in the end, and a call ends. */
export function drawScript(dice: Dice, scenario: Scenario): DrawnScript | null {
  const nameOf = (party: 'A' | 'B'): string | null =>
    scenario.nodes.find((node) => node.role === 'cmr-client' && node.party === party)?.name ?? null;
  const [a, b] = [nameOf('A'), nameOf('B')];
  if (a === null || b === null) return null;
  const kinds: string[] = [];
  const script: ScriptedAct[] = [
    { who: a, does: { kind: 'dial', target: b }, when: { kind: 'at', at: zeroMicros } },
    ringingActs(dice, b, kinds),
  ];
  if (dice.happens(1, 3)) {
    kinds.push('acts at random');
    for (let count = dice.between(1, 3); count > 0; count -= 1) script.push(anyAct(dice, a, b));
  } else if (dice.happens(1, 2)) {
    const who = dice.happens(1, 2) ? a : b;
    script.push({ who, does: { kind: 'hang up' }, when: since(dice, 'answered', 12_000) });
  }
  const close = (at: number, who: string, does: ScriptedAct['does']): void =>
    void script.push({ who, does, when: { kind: 'at', at: timeOf(at).length } });
  close(100_000, a, { kind: 'cancel' });
  close(150_000, a, { kind: 'hang up' });
  for (const node of scenario.nodes) {
    if (node.role !== 'cmr-client' || node.party !== 'B') continue;
    // Where several telephones ring, more than one may be answered.
    if (node.name !== b && dice.happens(1, 2)) {
      script.push({
        who: node.name,
        does: { kind: 'answer' },
        when: since(dice, 'ringing', 8_000),
      });
    }
    close(160_000, node.name, { kind: 'hang up' });
    close(170_000, node.name, { kind: 'reject', status: 486 });
  }
  return { change: scriptChange(script), kinds };
}

/** What the users do, in place of what they did. */
export function scriptChange(script: readonly ScriptedAct[]): Change {
  const value = `[${script.map(printAct).join(', ')}]`;
  return { path: 'script', value, done: (before: Scenario) => ({ ...before, script }) };
}

/** What Client-B's user does about the ringing telephone: mostly, answers it. */
function ringingActs(dice: Dice, b: string, kinds: string[]): ScriptedAct {
  const when = since(dice, 'ringing', 8_000);
  if (dice.happens(4, 5)) return { who: b, does: { kind: 'answer' }, when };
  const status = dice.pick([486, 503, 503, 404, 480, 302, 600, 603] as const) ?? 486;
  if (status >= 500 && status < 600) kinds.push('refused with 503');
  return { who: b, does: { kind: 'reject', status }, when };
}

function since(dice: Dice, what: 'invited' | 'ringing' | 'answered', mostMs: number) {
  const { length } = dice.time(0, dice.happens(1, 8) ? 0 : mostMs);
  return { kind: 'after', after: { least: length, most: length }, since: what } as const;
}

function anyAct(dice: Dice, a: string, b: string): ScriptedAct {
  const [who, does] = dice.pick([
    [a, { kind: 'cancel' }],
    [a, { kind: 'hang up' }],
    [b, { kind: 'answer' }],
    [b, { kind: 'hang up' }],
    [b, { kind: 'reject', status: 503 }],
    [a, { kind: 'hold' }],
    [b, { kind: 'hold' }],
  ] as const) ?? [a, { kind: 'cancel' }];
  if (dice.happens(1, 2)) {
    return { who, does, when: { kind: 'at', at: dice.time(0, 15_000).length } };
  }
  const what = dice.pick(['ringing', 'answered'] as const) ?? 'ringing';
  return { who, does, when: since(dice, what, 9_000) };
}

/** As a file writes it, in one line. */
function printAct({ who, does, when }: ScriptedAct): string {
  const { kind, ...more } = does;
  const { length } =
    when.kind === 'at'
      ? { length: `at: ${printDuration(when.at)}` }
      : { length: `after: ${printDuration(when.after.least)}, since: ${when.since}` };
  const rest = Object.entries(more).map(([key, value]) => `, ${key}: ${written(value)}`);
  return `{ ${length}, who: ${who}, does: ${kind}${rest.join('')} }`;
}

/** A key of the telephone is a text, though it looks like a number. */
function written(value: unknown): string {
  return /^[0-9*#]$/.test(String(value)) ? JSON.stringify(value) : String(value);
}
