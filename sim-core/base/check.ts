/** Thrown when the simulator contradicts itself. Never the fault of a scenario. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Asserts what must hold whatever the input; `says` completes "internal error: …". */
export function check(condition: boolean, says: string): asserts condition {
  if (!condition) throw new InternalError(`internal error: ${says}`);
}

/** Marks a branch that the types already exclude. */
export function unreachable(value: never): never {
  throw new InternalError(`internal error: unexpected value ${JSON.stringify(value)}`);
}
