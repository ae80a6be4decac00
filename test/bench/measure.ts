/** One thing to be timed: does its work `count` times. */
export interface Contender {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  readonly run: (count: number) => void;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Per second of this process's CPU time: median, least and most of the rounds. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Median of the per-round ratios to the first contender. */
  readonly ratio: number;
}

/**
 * Times contenders in turn (A B C, A B C …), each after a warm-up, so that a slow moment of the
 * machine meets all of them. Rates are per CPU second; only ratios of one run mean anything.
 */
export function compare(contenders: readonly Contender[], rounds = 5): Figure[] {
  for (const { run, count } of contenders) run(Math.ceil(count / 3));
  const rates = contenders.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1) {
    contenders.forEach(({ run, count }, index) => {
      const before = process.cpuUsage();
      run(count);
      const spent = process.cpuUsage(before);
      rates[index]?.push((count * 1e6) / Math.max(1, spent.user + spent.system));
    });
  }
  const yardstick = rates[0] ?? [];
  return contenders.map(({ name, unit }, index) => {
    const own = rates[index] ?? [];
    const ratios = own.map((rate, round) => rate / (yardstick[round] ?? rate));
    const sorted = [...own].sort((a, b) => a - b);
    return {
      name,
      unit,
      median: median(own),
      least: sorted[0] ?? 0,
      most: sorted.at(-1) ?? 0,
      ratio: median(ratios),
    };
  });
}

/** Prints a table: name, rate, spread, ratio to the first row. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  for (const { name, unit, median: rate, least, most, ratio } of figures) {
    const spread = `[${short(least)}..${short(most)}]`;
    const cells = [name.padEnd(52), short(rate).padStart(8), unit.padEnd(10), spread.padEnd(20)];
    console.log(`  ${cells.join(' ')} × ${ratio.toPrecision(3)}`);
  }
}

export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  return value >= 1e3 ? `${(value / 1e3).toPrecision(3)}k` : value.toPrecision(3);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
