import { describe, expect, it } from 'vitest';

import { findClause } from '../../sim-core/conformance/catalogue.ts';
import { excusedClauses } from '../../sim-core/requirements/excused-clauses.ts';
import { missingOf } from '../../sim-core/requirements/matrix-reports.ts';
import { shippedMatrix } from '../support/shipped-runs.ts';

describe('every MUST of the catalogue', () => {
  const musts = shippedMatrix().filter(({ clause }) => clause.strength === 'MUST');

  it('is cited by code, judged and exercised, or excused in sim-core/requirements/excused-clauses.ts', () => {
    const open = musts
      .map((row) => ({ id: row.clause.id, lacks: missingOf(row) }))
      .map(({ id, lacks }) => ({
        id,
        lacks: lacks.filter((what) => excusedClauses.get(id)?.lacks.includes(what) !== true),
      }))
      .filter(({ lacks }) => lacks.length > 0)
      .map(({ id, lacks }) => `${id} lacks ${lacks.join(', ')}`);
    expect(musts.length).toBeGreaterThan(200);
    expect(open).toEqual([]);
  });

  it('is excused from nothing that it has: the list grows shorter', () => {
    const idle: string[] = [];
    for (const [id, { lacks }] of excusedClauses) {
      const row = musts.find(({ clause }) => clause.id === id);
      if (row === undefined) idle.push(`${id} is no MUST of the catalogue`);
      const has = lacks.filter((what) => row !== undefined && !missingOf(row).includes(what));
      if (has.length > 0) idle.push(`${id} has ${has.join(', ')} now: take it off the list`);
    }
    expect(idle).toEqual([]);
  });

  it('has a reason where it is excused', () => {
    for (const [id, { why }] of excusedClauses) {
      expect(findClause(id), id).not.toBeNull();
      expect(why, id).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});
