import type { Micros, RecordNumber } from '../sim-core/reading.ts';
import { noChanges, type Changes } from './store/changes.ts';
import type { RendererState } from './store/renderer-state.ts';

/** What a link to this window says: which scenario, where in it, what is selected. */
export interface Address {
  readonly scenario: string | null;
  readonly seed: number | null;
  readonly playhead: Micros | null;
  readonly selected: RecordNumber | null;
  /** The run's changes: `set=path=value`, `fault=sentence`, `choice=number=value`. */
  readonly changes: Changes;
}

/** Reads the fragment of an address; what makes no sense in it is left out. */
export function readAddress(fragment: string): Address {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const whole = (name: string): number | null => {
    const text = fields.get(name);
    return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
  };
  return {
    scenario: fields.get('scenario'),
    seed: whole('seed'),
    // Whole, as checked: what a Micros and a RecordNumber are.
    playhead: whole('t') as Micros | null,
    selected: whole('record') as RecordNumber | null,
    changes: {
      settings: fields.getAll('set').flatMap(settingOf),
      faults: fields.getAll('fault'),
      choices: fields.getAll('choice'),
    },
  };
}

function settingOf(text: string): Changes['settings'] {
  const equals = text.indexOf('=');
  return equals > 0 ? [{ path: text.slice(0, equals), value: text.slice(equals + 1) }] : [];
}

/** The fragment for a state, without `#`; empty while nothing is open. */
export function writeAddress(
  state: Pick<RendererState, 'open' | 'seed' | 'playhead' | 'selected'>,
  changes = noChanges,
): string {
  if (state.open === null) return '';
  const fields = [`scenario=${encodeURIComponent(state.open).replaceAll('%2F', '/')}`];
  if (state.seed !== null) fields.push(`seed=${state.seed}`);
  fields.push(`t=${state.playhead}`);
  if (state.selected !== null) fields.push(`record=${state.selected}`);
  for (const { path, value } of changes.settings) {
    fields.push(`set=${encodeURIComponent(`${path}=${value}`)}`);
  }
  for (const sentence of changes.faults) fields.push(`fault=${encodeURIComponent(sentence)}`);
  for (const choice of changes.choices) fields.push(`choice=${encodeURIComponent(choice)}`);
  return fields.join('&');
}
