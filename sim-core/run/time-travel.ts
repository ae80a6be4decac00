import { check } from '../base/check.ts';
import type { Micros } from '../base/micros.ts';
import type { ChoiceLog } from '../kernel/chooser.ts';
import { recordNumber, type RecordNumber } from '../kernel/trace-record.ts';
import { ScriptedChooser } from '../kernel/scripted-chooser.ts';
import { buildWorld } from '../scenario/build-world.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { advancing } from '../world/advance.ts';
import { copyWorld, type Machinery, type World } from '../world/world.ts';

/** A world as it stood before some event, and how much of the run had happened. */
export interface Checkpoint {
  readonly record: RecordNumber;
  readonly world: World;
  readonly choicesMade: number;
}

/** A run that can be gone back in: checkpoints, and the choices to go on from them. */
export interface Journey {
  readonly machinery: Machinery;
  readonly choices: ChoiceLog;
  readonly checkpoints: readonly Checkpoint[];
}

/** Runs a scenario again by its choices and sets a checkpoint every `records` records. */
export function journeyThrough(
  scenario: Scenario,
  seed: number,
  choices: ChoiceLog,
  records: number,
): Journey {
  const { world, machinery } = buildWorld(scenario, seed, '', 'in place');
  const chooser = new ScriptedChooser(choices, null);
  const advance = advancing(world, machinery, chooser, null);
  const checkpoints = [checkpointOf(world, 0)];
  let next = records;
  while (world.queue.nextAt() <= scenario.until && advance() === 'advanced') {
    if (world.recordCount < next) continue;
    checkpoints.push(checkpointOf(world, chooser.log.length));
    next = world.recordCount + records;
  }
  return { machinery, choices, checkpoints };
}

/** The world when `at` has passed: the nearest checkpoint before, then the same choices again. */
export function worldAt({ machinery, choices, checkpoints }: Journey, at: Micros): World {
  let from = checkpoints[0];
  for (const one of checkpoints) if (one.world.now <= at) from = one;
  check(from !== undefined, 'a journey begins with a checkpoint');
  const world = copyWorld(from.world);
  const chooser = new ScriptedChooser(choices.slice(from.choicesMade), null);
  const advance = advancing(world, machinery, chooser, null);
  while (world.queue.nextAt() <= at) advance();
  return world;
}

/** A world before the event that made a record, and when all that follows at once is recorded. */
export interface Around {
  readonly before: World;
  readonly after: World;
}

/** The world on both sides of a record: the nearest checkpoint before, then the same choices. */
export function worldAround(
  { machinery, choices, checkpoints }: Journey,
  record: RecordNumber,
): Around {
  const from = checkpoints.findLast((one) => one.record < record) ?? checkpoints[0];
  check(from !== undefined, 'a journey begins with a checkpoint');
  const world = copyWorld(from.world);
  const chooser = new ScriptedChooser(choices.slice(from.choicesMade), null);
  const advance = advancing(world, machinery, chooser, null);
  let before = copyWorld(world);
  while (world.recordCount < record && world.queue.size > 0) {
    before = copyWorld(world);
    advance();
  }
  return { before, after: world };
}

function checkpointOf(world: World, choicesMade: number): Checkpoint {
  return { record: recordNumber(world.recordCount), world: copyWorld(world), choicesMade };
}
