import { isKeyAction, keyTable, type KeyAction, type KeyBinding } from './keys.ts';

/** What a person has changed about the keys. */
export interface KeyChoice {
  /** Whether single characters do something: letters, digits and signs without Ctrl or Alt. */
  readonly single: boolean;
  /** Other keys for some actions, in the table's spelling. */
  readonly remapped: Readonly<Partial<Record<KeyAction, string>>>;
}

export const asDelivered: KeyChoice = { single: true, remapped: {} };

/**
 * The bindings that are in force under a choice; an action without keys is left without any. What a
 * person chose wins over a key that the table has given to something else since.
 */
export function tableWith({ single, remapped }: KeyChoice): readonly KeyBinding[] {
  const chosen = new Set(Object.values(remapped));
  return keyTable.map((binding) => {
    const own = remapped[binding.action];
    const keys = own === undefined ? binding.keys.filter((name) => !chosen.has(name)) : [own];
    return { ...binding, keys: single ? keys : keys.filter((name) => !isSingle(name)) };
  });
}

/** Whether a key is one character that somebody could hit without meaning to. */
export function isSingle(name: string): boolean {
  return name.length === 1;
}

/** What the keys already do under that choice, where that is something else. */
export function takenBy(choice: KeyChoice, action: KeyAction, name: string): KeyBinding | null {
  return (
    tableWith({ ...choice, single: true }).find(
      (binding) => binding.action !== action && binding.keys.includes(name),
    ) ?? null
  );
}

/** Keys that no action may have: they move the focus, or only go with others. */
const unusable: ReadonlySet<string> = new Set([
  'Tab',
  'Shift+Tab',
  'Enter',
  'Control',
  'Ctrl+Control',
  'Shift',
  'Shift+Shift',
  'Alt',
  'Alt+Alt',
  'Meta',
  'Ctrl+Meta',
  'Escape',
]);

export function isUsable(name: string): boolean {
  return !unusable.has(name);
}

/** A choice as it was kept; whatever makes no sense in it is left out. */
export function choiceIn(text: string | null): KeyChoice {
  if (text === null) return asDelivered;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Somebody else wrote there.
    return asDelivered;
  }
  if (typeof value !== 'object' || value === null) return asDelivered;
  const { single, remapped }: Partial<Record<keyof KeyChoice, unknown>> = value;
  const own: Partial<Record<KeyAction, string>> = {};
  for (const [action, name] of Object.entries(remapped ?? {})) {
    if (isKeyAction(action) && typeof name === 'string' && isUsable(name)) own[action] = name;
  }
  return { single: single !== false, remapped: own };
}
