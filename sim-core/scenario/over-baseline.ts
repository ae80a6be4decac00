import { baselines, isBaseline } from './baselines.ts';
import { isWrittenMap } from './yaml-document.ts';
import type { WrittenDocument, WrittenMap, WrittenValue } from './yaml-document.ts';

/**
 * The document with the baseline it names under it: maps are joined key by key, everything else
 * the file writes replaces what the baseline has, and `null` takes a key away. A node of another
 * role than the baseline's replaces it whole. Places stay those of the file: what only the
 * baseline has, has none, and is shown at what surrounds it.
 */
export function overBaseline(document: WrittenDocument): WrittenDocument {
  const { value, place } = document;
  if (!isWrittenMap(value)) return document;
  const { baseline } = value;
  if (baseline === undefined) return document;
  // Where the name is misspelt that alone is told, not all that is missing without it.
  const under = baselines[isBaseline(baseline) ? baseline : 'voice-call'];
  return { value: joined(under, value), place };
}

function joined(under: WrittenMap, over: WrittenMap): WrittenMap {
  // Without a prototype, so that no key means more than itself.
  const result: Record<string, WrittenValue> = Object.create(null);
  for (const [key, value] of Object.entries(under)) result[key] = value;
  for (const [key, value] of Object.entries(over)) {
    if (value === null && Object.hasOwn(under, key)) delete result[key];
    else result[key] = joinedValue(under[key], value);
  }
  return result;
}

function joinedValue(under: WrittenValue | undefined, over: WrittenValue): WrittenValue {
  if (!isWrittenMap(under) || !isWrittenMap(over)) return over;
  const { role } = over;
  return role !== undefined && role !== under['role'] ? over : joined(under, over);
}
