import type { MatrixRow } from './clause-matrix.ts';

export interface DocumentRows {
  readonly document: string;
  readonly rows: readonly MatrixRow[];
}

/** The rows by document, in the order in which the catalogue first names each. */
export function clausesOfDocument(matrix: readonly MatrixRow[]): DocumentRows[] {
  const byName = new Map<string, MatrixRow[]>();
  for (const row of matrix) {
    const own = byName.get(row.clause.document) ?? [];
    byName.set(row.clause.document, own);
    own.push(row);
  }
  return [...byName].map(([document, rows]) => ({ document, rows }));
}
