import { describe, expect, it } from 'vitest';

import { defectsOfRole, defectTable } from '../../../sim-core/base/defects.ts';
import { findClause } from '../../../sim-core/conformance/catalogue.ts';
import { roleNames } from '../../../sim-core/nodes/roles.ts';
import { readSources } from '../../architecture/source-files.ts';

describe('the table of defects', () => {
  it('names every defect once', () => {
    const names = defectTable.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('knows the roles and the clauses it speaks of', () => {
    for (const { name, role, breaks } of defectTable) {
      expect([...roleNames, 'user agent'], name).toContain(role);
      for (const id of breaks) expect(findClause(id)?.id, `${name} breaks ${id}`).toBe(id);
    }
  });

  it('offers each role its own', () => {
    expect(defectsOfRole('cmr-server')).toContain('keeps-origin-version');
    expect(defectsOfRole('cmr-client')).not.toContain('keeps-origin-version');
    expect(defectsOfRole('cmr-client')).toContain('sends-no-ack');
    expect(defectsOfRole('cmr-server')).toContain('sends-no-ack');
    expect(defectsOfRole('cmr-resource-server')).not.toContain('sends-no-ack');
  });

  it('has each obeyed at exactly one place of the code', () => {
    const code = readSources()
      .filter(({ place }) => !place.startsWith('sim-core/base/defects'))
      .map(({ text }) => text)
      .join('\n');
    for (const { name } of defectTable) {
      expect(code.split(`'${name}'`).length - 1, name).toBe(1);
    }
  });
});
