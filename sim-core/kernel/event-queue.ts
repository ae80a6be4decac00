import { check } from '../base/check.ts';
import { limits } from './limits.ts';

/** No queue has seen as many events. */
const rankStep = 0x4000000000000;

/** One event that is due. */
export interface DueEvent<Payload> {
  readonly at: number;
  readonly rank: number;
  readonly node: number;
  readonly cause: number;
  readonly slot: number;
  readonly payload: Payload;
}

/**
 * What is due, earliest first. Equal instants leave by rank, then by insertion: a total order,
 * so that a run never depends on the heap's history. A binary heap of slots in typed arrays;
 * positions are kept, so that a stopped timer really leaves.
 */
export class EventQueue<Payload> {
  size = 0;
  /** Read these at the slot that `pop` gave, before the next `push`. */
  at: Float64Array;
  node: Int32Array;
  cause: Int32Array;
  payload: (Payload | null)[];
  #order: Float64Array;
  #heap: Int32Array;
  #position: Int32Array;
  #free: Int32Array;
  #freeCount: number;
  #inserted = 0;

  constructor(capacity = 64) {
    this.at = new Float64Array(capacity);
    this.cause = new Int32Array(capacity);
    this.node = new Int32Array(capacity);
    this.payload = Array.from<Payload | null>({ length: capacity }).fill(null);
    this.#order = new Float64Array(capacity);
    this.#heap = new Int32Array(capacity);
    this.#position = new Int32Array(capacity);
    this.#free = new Int32Array(capacity);
    this.#freeCount = capacity;
    for (let slot = 0; slot < capacity; slot += 1) this.#free[slot] = capacity - 1 - slot;
  }

  /**
   * Schedules an event and gives its slot, good until the event is popped or removed. Of equal
   * instants the lower `rank` (0 to 3) leaves first.
   */
  push(at: number, rank: number, node: number, cause: number, payload: Payload): number {
    if (this.#freeCount === 0) this.#grow();
    this.#freeCount -= 1;
    const slot = this.#free[this.#freeCount]!;
    this.at[slot] = at;
    this.#order[slot] = rank * rankStep + this.#inserted;
    this.#inserted += 1;
    this.node[slot] = node;
    this.cause[slot] = cause;
    this.payload[slot] = payload;
    this.#siftUp(this.size, slot);
    this.size += 1;
    return slot;
  }

  /** When the next event is due; Infinity when nothing is. */
  nextAt(): number {
    return this.size === 0 ? Infinity : this.at[this.#heap[0]!]!;
  }

  /** Takes the next event and gives its slot, whose fields stay readable until the next push. */
  pop(): number {
    check(this.size > 0, 'an empty event queue gave an event');
    const slot = this.#heap[0]!;
    this.size -= 1;
    if (this.size > 0) this.#siftDown(0, this.#heap[this.size]!);
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
    return slot;
  }

  /** Takes an event out before it is due. */
  remove(slot: number): void {
    const position = this.#position[slot]!;
    check(this.#heap[position] === slot && position < this.size, 'a scheduled event');
    this.size -= 1;
    if (position < this.size) {
      const last = this.#heap[this.size]!;
      if (position > 0 && this.#before(last, this.#heap[(position - 1) >> 1]!)) {
        this.#siftUp(position, last);
      } else {
        this.#siftDown(position, last);
      }
    }
    this.payload[slot] = null;
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
  }

  /** Everything that is due, in the order in which it would be popped. */
  inOrder(): DueEvent<Payload>[] {
    const due: DueEvent<Payload>[] = [];
    for (let place = 0; place < this.size; place += 1) {
      const slot = this.#heap[place]!;
      const payload = this.payload[slot];
      if (payload === null || payload === undefined) continue;
      const rank = Math.floor(this.#order[slot]! / rankStep);
      const [at, node, cause] = [this.at[slot]!, this.node[slot]!, this.cause[slot]!];
      due.push({ at, rank, node, cause, slot, payload });
    }
    return due.sort((a, b) => (this.#before(a.slot, b.slot) ? -1 : 1));
  }

  /** Forgets everything and has this due instead: what `inOrder` gave, of a queue of this kind. */
  restore(due: readonly DueEvent<Payload>[]): void {
    for (let place = 0; place < this.size; place += 1) this.payload[this.#heap[place]!] = null;
    this.size = 0;
    this.#inserted = due.length;
    for (const { at, rank, node, cause, slot, payload } of due) {
      while (slot >= this.at.length) this.#grow();
      this.at[slot] = at;
      this.#order[slot] = rank * rankStep + this.size;
      this.node[slot] = node;
      this.cause[slot] = cause;
      this.payload[slot] = payload;
      // What is in order is a heap.
      this.#heap[this.size] = slot;
      this.#position[slot] = this.size;
      this.size += 1;
    }
    this.#freeCount = 0;
    for (let slot = this.at.length - 1; slot >= 0; slot -= 1) {
      if (this.payload[slot] !== null) continue;
      this.#free[this.#freeCount] = slot;
      this.#freeCount += 1;
    }
  }

  copy(): EventQueue<Payload> {
    const twin = new EventQueue<Payload>(0);
    twin.size = this.size;
    twin.at = this.at.slice();
    twin.node = this.node.slice();
    twin.cause = this.cause.slice();
    twin.payload = this.payload.slice();
    twin.#order = this.#order.slice();
    twin.#heap = this.#heap.slice();
    twin.#position = this.#position.slice();
    twin.#free = this.#free.slice();
    twin.#freeCount = this.#freeCount;
    twin.#inserted = this.#inserted;
    return twin;
  }

  #before(a: number, b: number): boolean {
    const difference = this.at[a]! - this.at[b]!;
    return difference < 0 || (difference === 0 && this.#order[a]! < this.#order[b]!);
  }

  #siftUp(from: number, slot: number): void {
    const heap = this.#heap;
    const positions = this.#position;
    const at = this.at;
    const order = this.#order;
    const time = at[slot]!;
    const rank = order[slot]!;
    let position = from;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      const above = heap[parent]!;
      const aboveAt = at[above]!;
      if (aboveAt < time || (aboveAt === time && order[above]! < rank)) break;
      heap[position] = above;
      positions[above] = position;
      position = parent;
    }
    heap[position] = slot;
    positions[slot] = position;
  }

  #siftDown(from: number, slot: number): void {
    const heap = this.#heap;
    const positions = this.#position;
    const at = this.at;
    const order = this.#order;
    const size = this.size;
    const half = size >> 1;
    const time = at[slot]!;
    const rank = order[slot]!;
    let position = from;
    while (position < half) {
      let child = 2 * position + 1;
      let below = heap[child]!;
      let belowAt = at[below]!;
      if (child + 1 < size) {
        const right = heap[child + 1]!;
        const rightAt = at[right]!;
        if (rightAt < belowAt || (rightAt === belowAt && order[right]! < order[below]!)) {
          child += 1;
          below = right;
          belowAt = rightAt;
        }
      }
      if (time < belowAt || (time === belowAt && rank < order[below]!)) break;
      heap[position] = below;
      positions[below] = position;
      position = child;
    }
    heap[position] = slot;
    positions[slot] = position;
  }

  #grow(): void {
    const old = this.at.length;
    const capacity = Math.max(64, old * 2);
    check(capacity <= limits.scheduledEventsMost, 'fewer scheduled events than the limit');
    this.at = grown(this.at, new Float64Array(capacity));
    this.cause = grown(this.cause, new Int32Array(capacity));
    this.node = grown(this.node, new Int32Array(capacity));
    this.#order = grown(this.#order, new Float64Array(capacity));
    this.#heap = grown(this.#heap, new Int32Array(capacity));
    this.#position = grown(this.#position, new Int32Array(capacity));
    this.#free = new Int32Array(capacity);
    for (let slot = old; slot < capacity; slot += 1) {
      this.payload.push(null);
      this.#free[slot - old] = capacity - 1 - (slot - old);
    }
    this.#freeCount = capacity - old;
  }
}

function grown<T extends Float64Array | Int32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
