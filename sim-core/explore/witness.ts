import { printDuration } from '../base/micros.ts';
import type { ChoiceLog } from '../kernel/chooser.ts';
import { startJudgedRun } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import { strokesOf } from '../run/strokes-of-chance.ts';
import { withFaults } from '../scenario/parts-of-text.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { Scenario, ScriptedAct } from '../scenario/scenario.ts';
import { scriptOf } from '../scenario/script-as-written.ts';
import { setInScenario } from '../scenario/set-in-scenario.ts';
import type { WrittenValue } from '../scenario/yaml-document.ts';
import { judgementOf, runOfWay } from './endings.ts';
import type { ExploreBounds } from './explore-bounds.ts';
import type { Way } from './way-tree.ts';

/** A way as a scenario file of its own, with its run. */
export interface Witness {
  readonly text: string;
  readonly run: Run;
  /** What is still left to chance in it. */
  readonly choices: ChoiceLog;
}

/**
 * The scenario file with the acts of a way at the end of its script, and each packet that was
 * lost or doubled as a fault that names it. Where that does not come to the same, losses and
 * doublings stay possible on every link and the choices decide. Null where the text cannot take
 * the acts. `explored` is the scenario as it was explored.
 */
export function witnessOf(
  file: { readonly name: string; readonly text: string },
  explored: Scenario,
  bounds: ExploreBounds,
  way: Way,
  engine: string,
): Witness | null {
  const acted = withActs(file.text, way.acts);
  if (acted === null) return null;
  const { run, choices } = runOfWay(explored, way, engine);
  const told = withFaults(acted, strokesOf(run));
  const plain = witnessIn(told, file.name, choices.length === 0 ? choices : null, engine);
  if (plain !== null && isAlike(plain.run, run)) return plain;
  const lucky = withLuck(acted, explored, bounds);
  return lucky === null ? null : witnessIn(lucky, file.name, choices, engine);
}

function witnessIn(
  text: string,
  name: string,
  choices: ChoiceLog | null,
  engine: string,
): Witness | null {
  const { scenario } = readScenario(text, name);
  if (scenario === null) return null;
  const judged = startJudgedRun(scenario, choices === null ? { engine } : { engine, choices });
  judged.live.advance(Infinity);
  return { text, run: judged.finish(), choices: judged.live.chooser.log };
}

function isAlike(one: Run, other: Run): boolean {
  return JSON.stringify(judgementOf(one)) === JSON.stringify(judgementOf(other));
}

function withActs(text: string, acts: readonly ScriptedAct[]): string | null {
  if (acts.length === 0) return text;
  const script = scriptOf(text);
  if (script === null) return null;
  const longer = JSON.stringify([...script, ...acts.map(written)]);
  return setInScenario(text, 'script', longer).text;
}

function written({ who, does, when }: ScriptedAct): WrittenValue {
  const at = when.kind === 'at' ? printDuration(when.at) : '0s';
  return does.kind === 'reject'
    ? { at, who, does: does.kind, status: does.status }
    : { at, who, does: does.kind };
}

function withLuck(text: string, { links }: Scenario, bounds: ExploreBounds): string | null {
  let changed: string | null = text;
  for (const { name } of links) {
    if (bounds.losses > 0 && changed !== null) {
      changed = setInScenario(changed, `links.${name}.loss`, '1/2').text;
    }
    if (bounds.duplicates > 0 && changed !== null) {
      changed = setInScenario(changed, `links.${name}.duplicate`, '1/2').text;
    }
  }
  return changed;
}
