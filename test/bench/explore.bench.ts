import { explorerOf, frontierOf, type ExploreBounds } from '../../sim-core/experimenting.ts';
import type { Places } from '../../sim-core/explore/place.ts';
import { alternatingBit } from './alternating-bit.ts';
import { short } from './measure.ts';
import { searchBySpin } from './spin.ts';

/** A protocol large enough for either search to be warm most of the time. */
const messages = 8;
const losses = 5;
const rounds = 5;

/** States a second of our search and of SPIN's, over one and the same protocol. */
export async function printExploreFigures(): Promise<void> {
  console.log(`\nExploring: alternating bit, ${messages} messages, ${losses} losses`);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ours = explored(alternatingBit(messages, losses));
    const theirs = await searchBySpin(messages, losses);
    if (theirs === null) {
      console.log('  there is no spin or no gcc here: ours alone');
      tell('ours', ours);
      return;
    }
    if (round === 0) {
      // The first round warms up, and shows that it is the same search.
      tell('ours', ours);
      tell('SPIN, exact, no reduction', theirs);
      continue;
    }
    ratios.push(ours.distinct / ours.seconds / (theirs.distinct / theirs.seconds));
  }
  ratios.sort((a, b) => a - b);
  const [least, most] = [ratios[0] ?? 0, ratios.at(-1) ?? 0];
  const middle = ratios[Math.floor(ratios.length / 2)] ?? 0;
  const spread = `[${least.toPrecision(2)}..${most.toPrecision(2)}]`;
  console.log(`  ours × ${middle.toPrecision(3)} ${spread} of SPIN, states a second of CPU time`);
}

interface Search {
  readonly distinct: number;
  readonly generated: number;
  /** Of CPU time. */
  readonly seconds: number;
}

function explored({ places, bounds }: { places: Places; bounds: ExploreBounds }): Search {
  const before = process.cpuUsage();
  const explorer = explorerOf(places, bounds);
  const frontier = frontierOf(places, true);
  for (let asks = explorer.ask(); asks !== null; asks = explorer.ask()) {
    explorer.take(asks.map((ask) => frontier.answer(ask)));
  }
  const { user, system } = process.cpuUsage(before);
  const { distinct, generated } = explorer.counts();
  return { distinct, generated, seconds: (user + system) / 1e6 };
}

function tell(name: string, { distinct, generated, seconds }: Search): void {
  const rate = short(distinct / seconds);
  console.log(`  ${name.padEnd(28)} ${distinct} distinct of ${generated} generated, ${rate}/s`);
}
