import { describe, expect, test } from 'vitest';

import { chosenRows, clauseGrid, verdictOfSign } from '../../../renderer/judgement/clause-grid.ts';
import { judgedBy, makeLibraryStore } from '../../../renderer/store/library-store.ts';
import type { ClauseId, Verdict } from '../../../sim-core/reading.ts';

const verdict = (clause: string, verdict: Verdict) => ({ clause: clause as ClauseId, verdict });

const library = makeLibraryStore(() => {});
library.take(
  'first',
  judgedBy([verdict('CON-SRV-07', 'satisfied'), verdict('R-TX-12', 'not exercised')]),
);
library.take(
  'third',
  judgedBy([verdict('CON-SRV-07', 'violated'), verdict('R-TX-12', 'inconclusive')]),
);
const rows = clauseGrid(library.coverage(), ['first', 'second', 'third']);

describe('the matrix of clauses and scenarios', () => {
  test('has a sign for each scenario in its place, one that has not run yet among them', () => {
    expect(rows.map(({ signs }) => signs)).toEqual(['• ×', '  ~']);
    const [first] = rows;
    expect(Array.from(first?.signs ?? '', verdictOfSign)).toEqual([
      'satisfied',
      'not exercised',
      'violated',
    ]);
  });

  test('lists those that nobody exercises, which an open verdict does not, and those broken', () => {
    const ids = (...asked: [Parameters<typeof chosenRows>[1], string]) =>
      chosenRows(rows, ...asked).map(({ id }) => String(id));
    expect(ids('exercised by none', '')).toEqual(['R-TX-12']);
    expect(ids('broken somewhere', '')).toEqual(['CON-SRV-07']);
    expect(ids('all', 'update client-a')).toEqual(['CON-SRV-07']);
    expect(ids('all', 'srv tx')).toEqual([]);
  });
});
