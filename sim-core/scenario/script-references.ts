import { findClause, nearestClauseIds } from '../conformance/catalogue.ts';
import { draftAtKey, draftAtValue, type Draft, type Path } from './drafts.ts';
import { entriesAt, unknownClient, type Names } from './scenario-names.ts';
import { valueAt } from './schema-paths.ts';
import {
  isWrittenList,
  isWrittenMap,
  type WrittenMap,
  type WrittenValue,
} from './yaml-document.ts';

/** The items of the list at that path that are maps, each with its path. */
export function mapsAt(names: Names, key: string): readonly (readonly [Path, WrittenMap])[] {
  const value = valueAt(names.document.value, [key]);
  if (!isWrittenList(value)) return [];
  return value.flatMap((item, index) =>
    isWrittenMap(item) ? [[[key, index] as const, item] as const] : [],
  );
}

export function present<Value>(values: readonly (Value | null)[]): Value[] {
  return values.filter((value) => value !== null);
}

export function countedTwice(
  { document }: Names,
  path: Path,
  rule: WrittenValue | undefined,
): Draft | null {
  if (!isWrittenMap(rule) || !('occurrence' in rule && 'occurrences' in rule)) return null;
  const says = 'occurrence and occurrences say the same thing twice';
  return draftAtKey(document, [...path, 'occurrence'], 'CMR1011', says);
}

/** The rules by which clients answer against their habit. */
export function responseDrafts(names: Names): Draft[] {
  return names.clients.flatMap((client) => {
    const path = ['nodes', client, 'responds'];
    const rules = valueAt(names.document.value, path);
    if (!isWrittenList(rules)) return [];
    return present(rules.map((rule, index) => countedTwice(names, [...path, index], rule)));
  });
}

/** Who acts is a client; when and what fit together. */
export function scriptDrafts(names: Names): Draft[] {
  return mapsAt(names, 'script').flatMap(([path, act]) => {
    const drafts = present([
      unknownClient(names, [...path, 'who']),
      unknownClient(names, [...path, 'target']),
    ]);
    return [...drafts, ...momentDrafts(names, path, act), ...deedDrafts(names, path, act)];
  });
}

function momentDrafts({ document }: Names, path: Path, act: WrittenMap): Draft[] {
  const has = (key: string): boolean => Object.hasOwn(act, key);
  const say = (says: string): Draft[] => [draftAtKey(document, path, 'CMR1011', says)];
  if (has('at') && has('after')) return say('an act happens "at" an instant or "after" something');
  if (!has('at') && !has('after')) {
    const says = 'the moment is missing: at: 0s, or after: 5s with since: ringing';
    return [draftAtKey(document, path, 'CMR1005', says)];
  }
  if (has('after') && !has('since')) {
    const says = 'the key "since" is missing: after what? invited, ringing or answered';
    return [draftAtKey(document, path, 'CMR1005', says)];
  }
  if (has('at') && has('since')) return say('"since" goes with "after", not with "at"');
  return [];
}

function deedDrafts({ document }: Names, path: Path, act: WrittenMap): Draft[] {
  const drafts: Draft[] = [];
  const does = act['does'];
  const has = (key: string): boolean => Object.hasOwn(act, key);
  if (does === 'dial' && !has('target')) {
    const says = 'the key "target" is missing: whom to dial';
    drafts.push(draftAtKey(document, path, 'CMR1005', says));
  }
  if (does === 'press' && !has('digit')) {
    const says = 'the key "digit" is missing: which key is pressed';
    drafts.push(draftAtKey(document, path, 'CMR1005', says));
  }
  if (does === 'dial' && has('target') && act['target'] === act['who']) {
    const says = 'nobody dials themselves';
    drafts.push(draftAtValue(document, [...path, 'target'], 'CMR1011', says));
  }
  if (typeof does !== 'string') return drafts;
  for (const [key, ...kinds] of [
    ['target', 'dial'],
    ['status', 'reject'],
    ['offer', 're-invite', 'update'],
    ['digit', 'press'],
    ['by', 'press'],
  ] as const) {
    if (!has(key) || kinds.some((kind) => kind === does)) continue;
    const says = `"${key}" goes with ${kinds.join(' and ')}, not with ${does}`;
    drafts.push(draftAtKey(document, [...path, key], 'CMR1011', says));
  }
  return drafts;
}

/** Clauses by their ids. */
export function expectationDrafts(names: Names): Draft[] {
  const { document } = names;
  const drafts: Draft[] = [];
  const shows = valueAt(document.value, ['shows']);
  if (isWrittenList(shows)) {
    shows.forEach((id, index) => {
      if (typeof id !== 'string' || isClause(id)) return;
      const path = ['shows', index];
      drafts.push(draftAtValue(document, path, 'CMR1010', ...noClause(id)));
    });
  }
  for (const [id] of entriesAt(document, ['expect', 'verdicts'])) {
    if (isClause(id)) continue;
    const path = ['expect', 'verdicts', id];
    drafts.push(draftAtKey(document, path, 'CMR1010', ...noClause(id)));
  }
  return drafts;
}

/** As it is written in the catalogue: verdicts are looked up by these letters. */
function isClause(id: string): boolean {
  return findClause(id)?.id === id;
}

function noClause(id: string): [says: string, nearest: string | null] {
  const near = findClause(id)?.id ?? nearestClauseIds(id)[0] ?? null;
  return [`no clause is called ${JSON.stringify(id)}`, near];
}
