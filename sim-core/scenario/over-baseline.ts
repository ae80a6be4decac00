import { baselines, isBaseline } from './baselines.ts';
import { isPreset, presets } from './presets.ts';
import { isWrittenMap } from './yaml-document.ts';
import type { WrittenDocument, WrittenMap, WrittenValue } from './yaml-document.ts';

/**
 * The document with the baseline it names under it: maps are joined key by key, everything else
 * the file writes replaces what the baseline has, and `null` takes a key away. A node of another
 * role than the baseline's replaces it whole. Places stay those of the file: what only the
 * baseline has, has none, and is shown at what surrounds it.
 */
export function overBaseline(document: WrittenDocument): WrittenDocument {
  const { value: written, place } = document;
  if (!isWrittenMap(written)) return document;
  const { baseline } = written;
  const value = overPresets(written, baseline !== undefined);
  if (baseline === undefined) return { value, place };
  // Where the name is misspelt that alone is told, not all that is missing without it.
  const under = baselines[isBaseline(baseline) ? baseline : 'voice-call'];
  return { value: joined(under, value), place };
}

/** The file with the preset that a node names under what the node says itself. */
function overPresets(file: WrittenMap, hasBaseline: boolean): WrittenMap {
  const { nodes } = file;
  if (!isWrittenMap(nodes)) return file;
  let result: WrittenMap = file;
  for (const [name, node] of Object.entries(nodes)) {
    if (!isWrittenMap(node) || !isPreset(node['preset'])) continue;
    const preset = Object.entries(presets[node['preset']]);
    // Without a baseline there is nothing to take away.
    const under = Object.fromEntries(preset.filter(([, given]) => hasBaseline || given !== null));
    const over: Record<string, WrittenValue> = Object.create(null);
    for (const [key, given] of [...Object.entries(under), ...Object.entries(node)]) {
      over[key] = given;
    }
    result = {
      ...result,
      nodes: { ...(isWrittenMap(result['nodes']) ? result['nodes'] : {}), [name]: over },
    };
  }
  return result;
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
