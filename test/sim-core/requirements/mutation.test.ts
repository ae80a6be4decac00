import { describe, expect, it } from 'vitest';

import { defectTable, type DefectName } from '../../../sim-core/base/defects.ts';
import { switchTable, type SwitchName } from '../../../sim-core/base/switches.ts';
import { mutantsOf, withDefect } from '../../../sim-core/requirements/mutation.ts';
import { mutationScore, mutationSummary } from '../../../sim-core/requirements/mutation-report.ts';
import { recordCall } from '../../../sim-core/requirements/recorded-call.ts';
import { whatARunAsks } from '../../../sim-core/requirements/what-a-run-asks.ts';
import { shipped } from '../../support/scenarios.ts';

const engine = 'test';
const busy = shipped('failures/f-01-busy');

describe('what a run asks', () => {
  const asked = whatARunAsks(busy, engine);
  const usual = recordCall(busy, engine).fingerprint;

  it('is a part of all there is', () => {
    expect(asked.defects.length).toBeGreaterThan(1);
    expect(asked.switches.size).toBeGreaterThan(5);
    expect(asked.switches.size).toBeLessThan(switchTable.length);
  });

  it('leaves out no defect that would make another call', () => {
    for (const node of busy.nodes) {
      for (const { name, role } of defectTable) {
        const isAsked = asked.defects.some((one) => one.node === node.name && one.defect === name);
        if (role !== node.role || isAsked) continue;
        const mutant = withDefect(busy, node.name, name as DefectName);
        const other = recordCall(mutant, engine).fingerprint;
        expect(other, `${name} at ${node.name}`).toBe(usual);
      }
    }
  });

  it('leaves out no switch that would make another call', () => {
    for (const row of switchTable) {
      const name = row.name as SwitchName;
      const [, other] = row.values;
      if (asked.switches.has(name) || other === undefined) continue;
      const switches = { ...busy.switches, [name]: other };
      expect(recordCall({ ...busy, switches }, engine).fingerprint, name).toBe(usual);
    }
  });
});

describe('mutants of the call of the figure', () => {
  const results = mutantsOf('figure', shipped('continue/as-in-the-figure'), engine, ({ defect }) =>
    ['answers-before-update', 'never-mixes', 'stops-ring-twice'].includes(defect),
  );

  it('break the clauses that they are there to break', () => {
    const broken = results.find(({ defect }) => defect === 'answers-before-update');
    expect(broken?.newlyViolated.slice(0, 2)).toEqual(['CON-SRV-08', 'FLOW-CON-08']);
  });

  it('kill those clauses, and no others', () => {
    const { clauses, defects } = mutationSummary(results);
    const fate = (id: string) => clauses.find(({ clause }) => clause.id === id);
    expect(fate('CON-SRV-09')?.killedBy?.defect).toBe('never-mixes');
    expect(fate('DEL-HTTP-SRV-01')?.killedBy).toBeNull();
    expect(defects.find(({ defect }) => defect === 'never-mixes')?.noticed).toEqual(['figure']);
    expect(mutationScore(clauses)).toBeLessThan(50);
  });
});
