import { hashNumber, hashText } from '../base/hash.ts';
import { shellWord } from '../base/shell-word.ts';
import { switchTable } from '../base/switches.ts';
import { addFault } from '../scenario/add-fault.ts';
import type { NodeSetting, Scenario } from '../scenario/scenario.ts';
import { callFaults, scriptFaults } from './call-faults.ts';
import { diceFor, timeOf } from './dice.ts';
import { changeOfNode, withChanges, type Change } from './disturbance.ts';
import { drawScript } from './draw-script.ts';
import { nodeFaults, wireFaults } from './fault-kinds.ts';

/** A call that others are drawn from, and the file it is in. */
export interface ShelfItem {
  readonly file: string;
  readonly scenario: Scenario;
}

/**
 * One call of a soak: all of it follows from the seed and the shelf. What is drawn has a stream of
 * its own by its name, so that a scenario, a switch or a kind of fault that is added changes no
 * call but those that it takes part in.
 */
export interface SoakCase {
  readonly seed: number;
  readonly file: string;
  readonly scenario: Scenario;
  /** The same, for the command line. */
  readonly changes: readonly Change[];
  readonly faults: readonly string[];
  /** Names of the kinds of fault that strike. */
  readonly kinds: readonly string[];
}

const drawnKinds = [...wireFaults, ...nodeFaults, ...callFaults];

/** Every kind of fault, with what it is. */
export const faultKinds: readonly { readonly name: string; readonly says: string }[] = [
  ...drawnKinds.map(({ name, says }) => ({ name, says })),
  ...Object.entries(scriptFaults).map(([name, says]) => ({ name, says })),
];

/** How many of 100 cases a kind of fault may strike, by the profile asked for. */
export const soakProfiles = { calm: 0, usual: 16, harsh: 40 } as const;
export type SoakProfile = keyof typeof soakProfiles;

/** Whether others can be drawn from a scenario: there is a caller, and somebody to be called. */
export function isSoakable({ nodes }: Scenario): boolean {
  const parties = nodes.map((node) => (node.role === 'cmr-client' ? node.party : null));
  return parties.includes('A') && parties.includes('B');
}

/**
 * What a scenario does on purpose is taken out before anything is drawn: nodes that break a rule
 * would break it here, a terminal that is told to be silent leaves its requests open, and a
 * network with faults of its own may never let a call end.
 */
function withoutPurpose({ nodes, faults }: Scenario): Change[] {
  const changes: Change[] = [];
  for (const { name, ...node } of nodes) {
    if ('responds' in node && node.responds.length > 0) {
      const honest = (one: NodeSetting) => ('responds' in one ? { ...one, responds: [] } : one);
      changes.push(changeOfNode(name, 'responds', '[]', honest));
    }
    if (node.defects.length > 0) {
      const sound = (one: NodeSetting) => ({ ...one, defects: [] });
      changes.push(changeOfNode(name, 'defects', '[]', sound));
    }
  }
  if (faults.length > 0) {
    changes.push({ path: 'faults', value: '[]', done: (one) => ({ ...one, faults: [] }) });
  }
  return changes;
}

/** Draws the call of that seed. */
export function drawCase(
  seed: number,
  shelf: readonly ShelfItem[],
  profile: SoakProfile,
): SoakCase | null {
  const item = drawItem(seed, shelf);
  if (item === null) return null;
  const script = drawScript(diceFor(seed, 'script'), item.scenario);
  if (script === null) return null;
  // Beyond the longest session timer that is drawn (SW-SE), which may be all that ends a call.
  const until = timeOf(3_600_000);
  const changes: Change[] = [
    { path: 'until', value: until.text, done: (one) => ({ ...one, until: until.length }) },
    // Fifty packets a second and party say nothing that a stream does not.
    { path: 'media', value: 'streams', done: (one) => ({ ...one, media: 'streams' }) },
    script.change,
    ...withoutPurpose(item.scenario),
    ...variants(seed, item.scenario),
  ];
  const kinds = [...script.kinds];
  const faults: string[] = [];
  for (const { name, draw } of drawnKinds) {
    const dice = diceFor(seed, name);
    if (!dice.happens(soakProfiles[profile], 100)) continue;
    const disturbance = draw(dice, withChanges(item.scenario, changes));
    if (disturbance.changes.length + disturbance.faults.length === 0) continue;
    changes.push(...disturbance.changes);
    faults.push(...disturbance.faults);
    kinds.push(name);
  }
  const changed = withChanges(item.scenario, changes);
  const scenario = faults.toReversed().reduce((one, sentence) => {
    const added = addFault(one, sentence);
    return added.scenario ?? one;
  }, changed);
  return { seed, file: item.file, scenario, changes, faults, kinds };
}

/** Of all scenarios the one whose file's name weighs most for this seed (rendezvous hashing). */
function drawItem(seed: number, shelf: readonly ShelfItem[]): ShelfItem | null {
  let [drawn, most]: [ShelfItem | null, number] = [null, -1];
  for (const item of shelf) {
    const weight = hashNumber(seed, hashText(item.file.split(/[/\\]/).at(-1) ?? ''));
    if (weight > most) [drawn, most] = [item, weight];
  }
  return drawn;
}

/** Readings of the gaps, the policy, and how Client-B rings: no faults, but other calls. */
function variants(seed: number, scenario: Scenario): Change[] {
  const changes: Change[] = [];
  if (diceFor(seed, 'profile').happens(1, 3)) {
    changes.push({
      path: 'profile',
      value: 'clean',
      done: (one) => ({ ...one, profile: 'clean' }),
    });
  }
  for (const { name, values } of switchTable) {
    const dice = diceFor(seed, name);
    if (!dice.happens(1, 8)) continue;
    const value = dice.pick(values) ?? values[0];
    changes.push({
      path: `switches.${name}`,
      // A value that looks like a number is a word all the same.
      value: /^[0-9]/.test(value) ? JSON.stringify(value) : value,
      done: (one) => ({ ...one, switches: { ...one.switches, [name]: value } }),
    });
  }
  for (const { name, role } of scenario.nodes) {
    const dice = diceFor(seed, `node ${name}`);
    if (role === 'cmr-server' && dice.happens(1, 2)) {
      const subscriber = dice.pick(['continue', 'stop'] as const) ?? 'stop';
      changes.push(
        changeOfNode(name, 'policy.subscriber', subscriber, (node) =>
          node.role === 'cmr-server' ? { ...node, policy: { ...node.policy, subscriber } } : node,
        ),
      );
    }
    if (role === 'cmr-client' && dice.happens(1, 4)) {
      changes.push(
        changeOfNode(name, 'alerting.reliable', 'true', (node) =>
          node.role === 'cmr-client'
            ? { ...node, alerting: { ...node.alerting, reliable: true } }
            : node,
        ),
      );
    }
  }
  return changes;
}

/** The one command that runs this call again, and shows it. */
export function replayCommand({ seed, file, changes, faults }: SoakCase): string {
  const words = ['ringscope run', shellWord(file), `--seed ${seed}`];
  for (const { path, value } of changes) words.push(`--set ${shellWord(`${path}=${value}`)}`);
  for (const sentence of faults) words.push(`--fault ${shellWord(sentence)}`);
  return words.join(' ');
}
