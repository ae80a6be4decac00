/**
 * The yardstick: a bare binary heap of (time, slot) in typed arrays, stable by a sequence kept
 * per slot, with nothing round it. Written for the benchmark and shared with nothing.
 */
export class RawHeap {
  readonly #time: Float64Array;
  readonly #sequence: Float64Array;
  readonly #heap: Int32Array;
  #size = 0;
  #next = 0;
  now = 0;

  constructor(capacity: number) {
    this.#time = new Float64Array(capacity);
    this.#sequence = new Float64Array(capacity);
    this.#heap = new Int32Array(capacity);
  }

  push(time: number, slot: number): void {
    const times = this.#time;
    const sequences = this.#sequence;
    const heap = this.#heap;
    times[slot] = time;
    sequences[slot] = this.#next;
    this.#next += 1;
    let place = this.#size;
    this.#size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent]!;
      if (times[above]! <= time) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = slot;
  }

  pop(): number {
    const times = this.#time;
    const sequences = this.#sequence;
    const heap = this.#heap;
    const top = heap[0]!;
    this.now = times[top]!;
    this.#size -= 1;
    const size = this.#size;
    const last = heap[size]!;
    const time = times[last]!;
    const sequence = sequences[last]!;
    const half = size >> 1;
    let place = 0;
    while (place < half) {
      let child = 2 * place + 1;
      let below = heap[child]!;
      const right = child + 1;
      if (right < size) {
        const other = heap[right]!;
        const difference = times[other]! - times[below]!;
        if (difference < 0 || (difference === 0 && sequences[other]! < sequences[below]!)) {
          child = right;
          below = other;
        }
      }
      const difference = times[below]! - time;
      if (difference > 0 || (difference === 0 && sequences[below]! > sequence)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = last;
    return top;
  }
}
