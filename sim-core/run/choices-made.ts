import { micros, type Micros } from '../base/micros.ts';
import type { Ratio } from '../base/ratio.ts';
import type { ChoicePoint, Chooser } from '../kernel/chooser.ts';
import type { NodeId } from '../kernel/node.ts';
import { recordNumber, type RecordNumber } from '../kernel/trace-record.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { placeOfSite } from '../world/place-of-site.ts';
import { startRun } from './live-run.ts';

/** A choice that a run made, and what else it could have been. */
export interface ChoiceMade {
  /** In the order in which they were asked for; the first is 1. */
  readonly choice: number;
  readonly point: ChoicePoint;
  /** Where it was made: at a node, or on a link from one to another. */
  readonly from: NodeId;
  /** Null at a node. */
  readonly to: NodeId | null;
  /** 0 and 1 are no and yes; times are in µs. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** How likely a yes was; null where no yes or no was asked for. */
  readonly likelihood: Ratio | null;
  /** The record made next: of a link, the packet that was on its way. */
  readonly record: RecordNumber;
  readonly at: Micros;
}

/**
 * The choices made by the event that made a record, in order.
 * @param chance whoever made the choices of the run
 */
export function choicesAround(
  scenario: Scenario,
  seed: number,
  chance: Chooser,
  record: RecordNumber,
): readonly ChoiceMade[] {
  const asked: Asked[] = [];
  const watched = watching(chance, asked);
  const live = startRun(scenario, { engine: '', seed, afterwards: watched, observe: null });
  const { world } = live;
  while (world.recordCount < record) {
    asked.length = 0;
    if (live.advance(1) !== null) break;
  }
  if (world.recordCount < record) return [];
  const at = micros(world.now);
  return asked.map((one) => ({ ...one, ...placeOfSite(live.machinery, one.site), at }));

  function watching(chooser: Chooser, seen: Asked[]): Chooser {
    const note = (one: Omit<Asked, 'choice' | 'record'>): void => {
      const next = recordNumber(live.world.recordCount + 1);
      seen.push({ ...one, choice: chooser.log.length, record: next });
    };
    return {
      log: chooser.log,
      chance(point, site, likelihood) {
        const before = chooser.log.length;
        const happens = chooser.chance(point, site, likelihood);
        if (chooser.log.length > before) {
          note({ point, site, value: Number(happens), least: 0, most: 1, likelihood });
        }
        return happens;
      },
      between(point, site, least, most) {
        const before = chooser.log.length;
        const value = chooser.between(point, site, least, most);
        if (chooser.log.length > before)
          note({ point, site, value, least, most, likelihood: null });
        return value;
      },
    };
  }
}

type Asked = Omit<ChoiceMade, 'from' | 'to' | 'at'> & { readonly site: number };
