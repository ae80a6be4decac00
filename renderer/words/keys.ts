const nodePlaces = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Looks into the node of that place. */
export type NodeAction = `node ${(typeof nodePlaces)[number]}`;

/** What the window can be told to do by a key. */
export type KeyAction =
  | 'run or pause'
  | 'previous event'
  | 'next event'
  | 'previous event of the lifeline'
  | 'next event of the lifeline'
  | 'go to the cause'
  | 'go to the effect'
  | 'previous message'
  | 'next message'
  | 'start'
  | 'end'
  | 'previous finding'
  | 'next finding'
  | 'change the axis'
  | 'zoom in'
  | 'zoom out'
  | 'fit the call'
  | 'fit the selection'
  | 'all timers'
  | 'fold'
  | 'fold the set-up'
  | 'change the colours'
  | 'find'
  | 'bookmark'
  | 'note'
  | 'copy'
  | 'message tab'
  | 'SDP tab'
  | 'raw or parsed'
  | 'state tab'
  | 'why tab'
  | 'requirements tab'
  | 'what-if tab'
  | 'gaps tab'
  | 'slack tab'
  | NodeAction
  | 'table'
  | 'two runs'
  | 'matrix'
  | 'untested'
  | 'timing map'
  | 'evidence'
  | 'fork here'
  | 'drop the message'
  | 'undo'
  | 'redo'
  | 'copy the command line'
  | 'leave'
  | 'go to anything'
  | 'commands'
  | 'open a file'
  | 'save'
  | 'write'
  | 'export'
  | 'copy the link'
  | 'next region'
  | 'previous region'
  | 'keys';

/** One line of the key table. */
export interface KeyBinding {
  readonly action: KeyAction;
  /** `'Shift+ArrowLeft'`: modifiers in the order Ctrl, Alt, Shift, then `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  readonly says: string;
  readonly group: 'Time' | 'Selection' | 'What if' | 'Ladder' | 'Panels' | 'File';
}

/** The only source of bindings, of the help sheet and of the hints in tooltips. */
export const keyTable: readonly KeyBinding[] = [
  { action: 'run or pause', keys: ['Space'], says: 'run, pause', group: 'Time' },
  { action: 'previous event', keys: ['ArrowLeft'], says: 'previous event', group: 'Time' },
  { action: 'next event', keys: ['ArrowRight'], says: 'next event', group: 'Time' },
  {
    action: 'previous event of the lifeline',
    keys: ['Shift+ArrowLeft'],
    says: 'previous event of the selected lifeline',
    group: 'Time',
  },
  {
    action: 'next event of the lifeline',
    keys: ['Shift+ArrowRight'],
    says: 'next event of the selected lifeline',
    group: 'Time',
  },
  { action: 'start', keys: ['Home'], says: 'start of the call', group: 'Time' },
  { action: 'end', keys: ['End'], says: 'end of the call', group: 'Time' },
  { action: 'previous message', keys: ['ArrowUp'], says: 'previous message', group: 'Selection' },
  { action: 'next message', keys: ['ArrowDown'], says: 'next message', group: 'Selection' },
  { action: 'go to the cause', keys: ['Ctrl+ArrowLeft'], says: 'to its cause', group: 'Selection' },
  {
    action: 'go to the effect',
    keys: ['Ctrl+ArrowRight'],
    says: 'to its effect',
    group: 'Selection',
  },
  { action: 'previous finding', keys: ['['], says: 'previous finding', group: 'Selection' },
  { action: 'next finding', keys: [']'], says: 'next finding', group: 'Selection' },
  {
    action: 'evidence',
    keys: ['E'],
    says: 'evidence of the clause the selection shows',
    group: 'Selection',
  },
  { action: 'leave', keys: ['Escape'], says: 'leave evidence, help or panel', group: 'Selection' },
  {
    action: 'fork here',
    keys: ['X'],
    says: 'fork here: lose, delay or double the selected message',
    group: 'What if',
  },
  {
    action: 'drop the message',
    keys: ['Delete'],
    says: 'lose the selected message',
    group: 'What if',
  },
  { action: 'undo', keys: ['Ctrl+Z'], says: 'undo the last fork', group: 'What if' },
  { action: 'redo', keys: ['Ctrl+Shift+Z'], says: 'fork again', group: 'What if' },
  {
    action: 'copy the command line',
    keys: ['L'],
    says: 'copy the command line of this run',
    group: 'What if',
  },
  { action: 'change the axis', keys: ['T'], says: 'Time or Rows', group: 'Ladder' },
  { action: 'zoom in', keys: ['+', '='], says: 'zoom in', group: 'Ladder' },
  { action: 'zoom out', keys: ['-'], says: 'zoom out', group: 'Ladder' },
  { action: 'fit the call', keys: ['0'], says: 'fit the whole call', group: 'Ladder' },
  { action: 'fit the selection', keys: ['F'], says: 'fit the selection', group: 'Ladder' },
  { action: 'all timers', keys: ['A'], says: 'all timers, or those that fired', group: 'Ladder' },
  { action: 'fold', keys: ['Z'], says: 'fold the transaction, unfold', group: 'Ladder' },
  { action: 'fold the set-up', keys: ['Shift+Z'], says: 'fold all set-up', group: 'Ladder' },
  {
    action: 'change the colours',
    keys: ['C'],
    says: 'colour by leg, dialog, transaction or verdict',
    group: 'Ladder',
  },
  { action: 'bookmark', keys: ['B'], says: 'bookmark the selected message', group: 'Selection' },
  { action: 'note', keys: ['N'], says: 'note at the selected message', group: 'Selection' },
  {
    action: 'copy',
    keys: ['Ctrl+C'],
    says: 'copy the measured distance, or the message',
    group: 'Selection',
  },
  { action: 'find', keys: ['/'], says: 'find in the ladder', group: 'Ladder' },
  {
    action: 'two runs',
    keys: ['D'],
    says: 'this run beside the one it was forked from',
    group: 'Panels',
  },
  { action: 'table', keys: ['G'], says: 'table instead of ladder', group: 'Panels' },
  {
    action: 'timing map',
    keys: ['W'],
    says: 'timing map of the open scenario, or the ladder',
    group: 'Panels',
  },
  { action: 'message tab', keys: ['M'], says: 'Message tab', group: 'Panels' },
  { action: 'raw or parsed', keys: ['R'], says: 'message raw, parsed or both', group: 'Panels' },
  { action: 'SDP tab', keys: ['O'], says: 'SDP tab: offer and answer', group: 'Panels' },
  { action: 'state tab', keys: ['S'], says: 'State tab', group: 'Panels' },
  { action: 'why tab', keys: ['Y'], says: 'Why tab', group: 'Panels' },
  { action: 'what-if tab', keys: ['U'], says: 'What if: what can be turned', group: 'Panels' },
  { action: 'gaps tab', keys: ['I'], says: 'gaps and their switches', group: 'Panels' },
  { action: 'slack tab', keys: ['K'], says: 'slack: how narrowly it held', group: 'Panels' },
  ...nodePlaces.map((place): KeyBinding => ({
    action: `node ${place}`,
    keys: [String(place)],
    says: `state of lifeline ${place}`,
    group: 'Panels',
  })),
  { action: 'requirements tab', keys: ['Q'], says: 'Requirements tab', group: 'Panels' },
  {
    action: 'matrix',
    keys: ['Shift+Q'],
    says: 'matrix of clauses and scenarios, or the ladder',
    group: 'Panels',
  },
  {
    action: 'untested',
    keys: ['Shift+U'],
    says: 'SHALLs no scenario exercises',
    group: 'Panels',
  },
  { action: 'next region', keys: ['F6'], says: 'next region of the window', group: 'Panels' },
  {
    action: 'previous region',
    keys: ['Shift+F6'],
    says: 'previous region of the window',
    group: 'Panels',
  },
  { action: 'go to anything', keys: ['Ctrl+P'], says: 'go to anything', group: 'Panels' },
  { action: 'commands', keys: ['Ctrl+Shift+P', 'F1'], says: 'commands', group: 'Panels' },
  { action: 'open a file', keys: ['Ctrl+O'], says: 'open a scenario file', group: 'File' },
  { action: 'save', keys: ['Ctrl+S'], says: 'save the text of the scenario', group: 'File' },
  { action: 'write', keys: ['F2'], says: 'write: the text of the scenario', group: 'File' },
  { action: 'export', keys: ['Ctrl+E'], says: 'export: pictures, texts, captures', group: 'File' },
  { action: 'copy the link', keys: ['Ctrl+Shift+C'], says: 'copy a link to this', group: 'File' },
  { action: 'keys', keys: ['?'], says: 'all keys', group: 'Panels' },
];

/** Whether these words, from wherever, are an action of the table. */
export function isKeyAction(words: string): words is KeyAction {
  return keyTable.some(({ action }) => action === words);
}

/** What of a keyboard event decides. */
export interface Keystroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The bindings in force: the table, or what a person made of it. */
let inForce: readonly KeyBinding[] = keyTable;
let byKeys = actionsByKeys(keyTable);

function actionsByKeys(table: readonly KeyBinding[]): ReadonlyMap<string, KeyAction> {
  return new Map(table.flatMap(({ action, keys }) => keys.map((name) => [name, action] as const)));
}

/** From now on these bindings hold: for keystrokes, hints and the sheet alike. */
export function adoptKeys(table: readonly KeyBinding[]): void {
  inForce = table;
  byKeys = actionsByKeys(table);
}

/** The keystroke in the table's spelling. */
export function keysOf(stroke: Keystroke): string {
  const key = stroke.key === ' ' ? 'Space' : stroke.key;
  const letter = /^[a-z]$/i.test(key);
  // Shift is part of how a sign is typed, but a second meaning of a letter or a named key.
  const shift = stroke.shiftKey && (letter || key.length > 1);
  const name = letter ? key.toUpperCase() : key;
  const control = stroke.ctrlKey || stroke.metaKey;
  return `${control ? 'Ctrl+' : ''}${stroke.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`;
}

/**
 * What the keystroke asks for, or null. While text is being typed only what a text field does
 * not use itself counts: Escape, function keys and Ctrl with a letter of the table.
 */
export function actionOf(stroke: Keystroke, typing: boolean): KeyAction | null {
  const name = keysOf(stroke);
  if (typing && !worksWhileTyping(name)) return null;
  return byKeys.get(name) ?? null;
}

function worksWhileTyping(name: string): boolean {
  // A text field undoes what was typed in it.
  if (name.endsWith('+Z')) return false;
  return name === 'Escape' || /^(Shift\+)?F\d+$/.test(name) || /^Ctrl\+(Shift\+)?[A-Z]$/.test(name);
}

/** The keys of an action for people: `'Shift ←'`; the first of several, empty where it has none. */
export function keyHint(action: KeyAction): string {
  const binding = inForce.find((entry) => entry.action === action);
  if (binding === undefined) throw new Error(`no key is bound to "${action}"`);
  return printKeys(binding.keys[0] ?? '');
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
};

/** `'Shift+ArrowLeft'` as it is printed: `'Shift ←'`. */
export function printKeys(name: string): string {
  const parts = name === '+' ? ['+'] : name.split('+');
  return parts.map((part) => signs[part] ?? part).join(' ');
}
