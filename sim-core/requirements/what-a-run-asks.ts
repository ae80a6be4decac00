import { defectNames, defectsOfRole, type DefectName } from '../base/defects.ts';
import { switchesOf, switchNames, type SwitchName, type Switches } from '../base/switches.ts';
import { startRun } from '../run/live-run.ts';
import type { NodeSetting, Scenario } from '../scenario/scenario.ts';

/** One node that could have that defect, has it not, and came to where it would show. */
export interface AskedDefect {
  readonly node: string;
  readonly defect: DefectName;
}

/** What decides how a run goes, as far as its nodes looked at it. */
export interface AskedInRun {
  readonly defects: readonly AskedDefect[];
  readonly switches: ReadonlySet<SwitchName>;
}

/**
 * Runs a scenario once and notes which defects and which switches its nodes look at. A run in
 * which nobody looks at one is the same run whatever it is: of all the pairs of a scenario and a
 * defect, most need not be run.
 */
export function whatARunAsks(scenario: Scenario, engine: string): AskedInRun {
  const defects = new Map<string, Set<DefectName>>();
  const nodes = scenario.nodes.map((node): NodeSetting => {
    const asked = new Set<DefectName>();
    defects.set(node.name, asked);
    return { ...node, defects: listThatNotes(node, asked) };
  });
  const switches = new Set<SwitchName>();
  const readings = readingsThatNote(switchesOf(scenario.profile, scenario.switches), switches);
  const live = startRun({ ...scenario, nodes }, { engine, readings, observe: null });
  live.advance(Infinity);
  return {
    defects: [...defects].flatMap(([node, asked]) =>
      [...asked].map((defect) => ({ node, defect })),
    ),
    switches,
  };
}

/**
 * A list of these defects, which notes what others it was asked for. It is not empty: nodes skip
 * whole pieces of their work for an empty one.
 */
function listThatNotes(
  { defects, role }: NodeSetting,
  asked: Set<DefectName>,
): readonly DefectName[] {
  const possible = defectsOfRole(role);
  return new Proxy(Object.freeze(defectNames.slice(0, 1)), {
    get(target, key) {
      if (key !== 'includes') return Reflect.get(target, key);
      return (name: DefectName) => {
        const has = defects.includes(name);
        if (!has && possible.includes(name)) asked.add(name);
        return has;
      };
    },
  });
}

/** The same readings, noting which are read one by one; the header's copy of all reads none. */
function readingsThatNote(readings: Switches, asked: Set<SwitchName>): Switches {
  let described: string | symbol | null = null;
  let copied = 0;
  return new Proxy(Object.freeze({ ...readings }), {
    // Whoever copies an object has each field described just before reading it.
    getOwnPropertyDescriptor(target, key) {
      described = key;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    get(target, key) {
      const isCopied = described === key;
      described = null;
      if (isCopied) copied += 1;
      // What is read from a copy other than the header's cannot be seen: it may be anything.
      if (copied > switchNames.length) for (const name of switchNames) asked.add(name);
      const name = switchNames.find((known) => known === key);
      if (!isCopied && name !== undefined) asked.add(name);
      return Reflect.get(target, key);
    },
  });
}
