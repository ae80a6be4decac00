import { printDuration } from '../base/micros.ts';
import type { ScriptedAct } from '../scenario/scenario.ts';
import { scriptOf } from '../scenario/script-as-written.ts';
import { setInScenario } from '../scenario/set-in-scenario.ts';
import type { ExploreBounds } from './explore-bounds.ts';
import type { Way } from './way-tree.ts';

/**
 * The scenario file with what an exploration put beside it: losses and doublings possible on
 * every link, and the acts of one way at the end of its script. With the way's choices it is the
 * very run. Null where the text cannot take them.
 */
export function textOfWay(
  text: string,
  links: readonly string[],
  bounds: ExploreBounds,
  way: Way,
): string | null {
  const sets: (readonly [path: string, value: string])[] = [];
  for (const link of links) {
    if (bounds.losses > 0) sets.push([`links.${link}.loss`, '1/2']);
    if (bounds.duplicates > 0) sets.push([`links.${link}.duplicate`, '1/2']);
  }
  if (way.acts.length > 0) {
    const script = scriptOf(text);
    if (script === null) return null;
    sets.push(['script', JSON.stringify([...script, ...way.acts.map(written)])]);
  }
  let changed = text;
  for (const [path, value] of sets) {
    const set = setInScenario(changed, path, value);
    if (set.text === null) return null;
    changed = set.text;
  }
  return changed;
}

function written({ who, does, when }: ScriptedAct) {
  const at = when.kind === 'at' ? printDuration(when.at) : '0s';
  return does.kind === 'reject'
    ? { at, who, does: does.kind, status: does.status }
    : { at, who, does: does.kind };
}
