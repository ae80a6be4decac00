/** From keys of 64 bits, as two halves, to the numbers of the states that have them. */
export interface KeyMap {
  readonly size: () => number;
  /** The number the key has; where it has none, it gets this one, which is given back. */
  numberOf(high: number, low: number, otherwise: number): number;
}

interface Table {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** One more than the number; 0 where the place is free. */
  readonly numbers: Uint32Array;
}

/** Open addressing in typed arrays: twelve octets a place, at most two thirds of them taken. */
export function newKeyMap(): KeyMap {
  let table = tableOf(1_024);
  let size = 0;
  return {
    size: () => size,
    numberOf(high, low, otherwise) {
      if ((size + 1) * 3 > table.numbers.length * 2) table = doubled(table);
      const place = placeOf(table, high, low);
      const known = table.numbers[place]!;
      if (known !== 0) return known - 1;
      put(table, place, high, low, otherwise + 1);
      size += 1;
      return otherwise;
    },
  };
}

function tableOf(places: number): Table {
  return {
    high: new Uint32Array(places),
    low: new Uint32Array(places),
    numbers: new Uint32Array(places),
  };
}

/** Where the key is, or the free place where it belongs. */
function placeOf({ high: highs, low: lows, numbers }: Table, high: number, low: number): number {
  const mask = numbers.length - 1;
  let place = (high ^ (low >>> 7)) & mask;
  while (numbers[place] !== 0 && (highs[place] !== high || lows[place] !== low)) {
    place = (place + 1) & mask;
  }
  return place;
}

function put(table: Table, place: number, high: number, low: number, number: number): void {
  table.high[place] = high;
  table.low[place] = low;
  table.numbers[place] = number;
}

function doubled(table: Table): Table {
  const larger = tableOf(table.numbers.length * 2);
  for (const [at, number] of table.numbers.entries()) {
    if (number === 0) continue;
    const [high, low] = [table.high[at]!, table.low[at]!];
    put(larger, placeOf(larger, high, low), high, low, number);
  }
  return larger;
}
