/**
 * MUST clauses that no defect breaks, and why none can, by clause. A test holds the list against
 * the mutants: what is killed comes off.
 */
const reasons: ReadonlyMap<string, string> = /* @__PURE__ */ new Map<string, string>([]);

/** Why nothing breaks a clause; of one that has no reason of its own, that no defect is there. */
export function whyUnkilled(id: string): string {
  return reasons.get(id) ?? 'No defect is there to break it.';
}
