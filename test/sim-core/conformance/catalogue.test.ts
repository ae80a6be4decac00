import { describe, expect, test } from 'vitest';

import { switchTable } from '../../../sim-core/base/switches.ts';
import {
  clauses,
  explainClause,
  findClause,
  findGap,
  gaps,
  nearestClauseIds,
} from '../../../sim-core/conformance/catalogue.ts';
import { oracles } from '../../../sim-core/conformance/oracles/index.ts';

describe('the catalogue', () => {
  test('has each id once', () => {
    const ids = clauses.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('holds the rows of spec §1.1, §1.2, §1.4 and §4', () => {
    const count = (begins: RegExp) => clauses.filter((one) => begins.test(one.id)).length;
    expect(count(/^(DEL|CON|FLOW)-/)).toBe(67);
    expect(count(/^GAP-/)).toBe(48);
    expect(count(/^R-/)).toBe(199);
    const groups: Readonly<Record<string, number>> = {
      MSG: 18,
      TX: 21,
      '2XX': 10,
      DLG: 16,
      CAN: 9,
      REI: 10,
      PRK: 18,
      UPD: 12,
      OA: 22,
      SDP: 6,
      ES: 11,
      EM: 8,
      PEM: 12,
      PRE: 9,
      RTP: 6,
    };
    for (const [group, size] of Object.entries(groups)) {
      expect(count(new RegExp(`^R-${group}-`)), group).toBe(size);
    }
  });

  test('numbers the gaps from 01 to 48 without a hole', () => {
    const wanted = Array.from({ length: 48 }, (_, n) => `GAP-${String(n + 1).padStart(2, '0')}`);
    expect(gaps.map((one) => one.id)).toEqual(wanted);
  });

  test('says something short of every clause, in sentences', () => {
    for (const { id, title, says, check, document, section } of clauses) {
      expect(title.split(' ').length, id).toBeLessThanOrEqual(5);
      expect(title, id).not.toMatch(/\.$/);
      expect(says, id).toMatch(/[.]$/);
      expect(check, id).toMatch(/[.…]$/);
      expect(says.length, id).toBeLessThanOrEqual(240);
      expect(document, id).not.toBe('');
      expect(section, id).not.toBe('');
    }
  });

  test('holds the clause of every oracle and the gap of every switch', () => {
    for (const oracle of oracles) {
      for (const id of oracle.clauses) expect(findClause(id), id).not.toBeNull();
    }
    for (const row of switchTable) expect(findClause(row.gap), row.name).not.toBeNull();
  });

  test('finds a gap only where there is one', () => {
    expect(findGap('GAP-03')?.reading).toContain('step 10');
    expect(findGap('R-TX-03')).toBeNull();
    expect(findClause('gap-03')).toBeNull();
  });
});

describe('explaining', () => {
  test('a clause: gloss, strength, source and check', () => {
    expect(explainClause('CON-SRV-04')).toEqual([
      'CON-SRV-04  ACK to the called party',
      'The CMR Server sends Client-B an ACK.',
      'Strength  MUST',
      'Source    OMA CR Continue, §6.1.2.4, line 29',
      "Check     An ACK with the first INVITE's CSeq number leaves after Client-B's 200 and " +
        'before the re-INVITE.',
    ]);
  });

  test('a gap: both texts, the reading, and the switch that chooses another', () => {
    const lines = explainClause('GAP-03').join('\n');
    expect(lines).toContain('Text      ');
    expect(lines).toContain('Base      Each 2xx needs its ACK');
    expect(lines).toContain('Reading   The ACK waits for step 10');
    expect(lines).toContain('Otherwise Acknowledge at once.');
    expect(lines).toContain('Switch    SW-REINV-ACK: deferred (default), immediate');
  });

  test('a clause with a switch of its own names it', () => {
    expect(explainClause('DEL-GW-SRV-05').join('\n')).toContain('SW-GW-PLAY-AT');
  });

  test('takes ids as people type them, and nothing else', () => {
    expect(explainClause(' flow-con-05 ')[0]).toContain('FLOW-CON-05');
    expect(explainClause('rfc3261 17.1.1.2')[0]).toContain('RFC3261 17.1.1.2');
    expect(explainClause('R-031')).toEqual([]);
  });
});

describe('nearest ids', () => {
  test.each([
    ['FLOW-CON-5', 'FLOW-CON-05'],
    ['con-srv-4', 'CON-SRV-04'],
    ['DEL-GW-SVR-01', 'DEL-GW-SRV-01'],
    ['GAP-3', 'GAP-03'],
    ['R-2XX-1', 'R-2XX-01'],
  ])('%s', (word, wanted) => {
    expect(nearestClauseIds(word)).toContain(wanted);
  });

  test('none where nothing is like it, and at most three', () => {
    expect(nearestClauseIds('something else entirely')).toEqual([]);
    expect(nearestClauseIds('')).toEqual([]);
    expect(nearestClauseIds('FLOW-CON-').length).toBeLessThanOrEqual(3);
    expect(nearestClauseIds('x'.repeat(100_000))).toEqual([]);
  });
});
