/**
 * Things on the page, found by column (the space between two neighbouring lifelines) and height.
 * Items are numbers of the caller's; one that spans several buckets is in each of them. Every
 * bucket is a chain of entries, so that filling the index makes no garbage.
 */
export interface ColumnIndex {
  readonly bucketPx: number;
  /** Buckets of a column; what lies above or below the page is in the first or last. */
  readonly buckets: number;
  /** For every bucket, column after column, its newest entry, or -1. */
  readonly newest: Int32Array;
  /** For every entry, its item and the entry before it in its bucket. */
  readonly items: number[];
  readonly older: number[];
}

/** An empty index of `columns` columns of a page, in buckets `bucketPx` high. */
export function emptyIndex(columns: number, pageHeight: number, bucketPx: number): ColumnIndex {
  const buckets = Math.max(1, Math.ceil(pageHeight / bucketPx));
  const newest = new Int32Array(columns * buckets).fill(-1);
  return { bucketPx, buckets, newest, items: [], older: [] };
}

function bucketOf(index: ColumnIndex, y: number): number {
  return Math.min(index.buckets - 1, Math.max(0, Math.floor(y / index.bucketPx)));
}

/** Adds an item that reaches from `top` to `bottom` px in a column. */
export function addItem(
  index: ColumnIndex,
  column: number,
  top: number,
  bottom: number,
  item: number,
): void {
  const first = column * index.buckets;
  const last = first + bucketOf(index, bottom);
  for (let bucket = first + bucketOf(index, top); bucket <= last; bucket++) {
    const entry = index.items.push(item) - 1;
    index.older.push(index.newest[bucket] ?? -1);
    index.newest[bucket] = entry;
  }
}

/**
 * Calls `visit` with the items of all buckets that `top` to `bottom` px touches, some of them
 * more than once, until it answers false.
 */
export function visitItems(
  index: ColumnIndex,
  column: number,
  top: number,
  bottom: number,
  visit: (item: number) => boolean,
): void {
  const first = column * index.buckets;
  const last = first + bucketOf(index, bottom);
  for (let bucket = first + bucketOf(index, top); bucket <= last; bucket++) {
    let entry = index.newest[bucket] ?? -1;
    while (entry >= 0) {
      if (!visit(index.items[entry] ?? -1)) return;
      entry = index.older[entry] ?? -1;
    }
  }
}
