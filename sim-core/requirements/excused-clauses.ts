/**
 * Clauses that lack code, a judge or a scenario, and why. A test holds this list against the
 * matrix: what is on it and lacks nothing comes off, and nothing may be added without a reason.
 */
export const excusedClauses: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([]);
