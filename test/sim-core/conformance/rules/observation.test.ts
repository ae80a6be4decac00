import { describe, expect, test } from 'vitest';

import { micros } from '../../../../sim-core/base/micros.ts';
import { clauses } from '../../../../sim-core/conformance/catalogue.ts';
import {
  breaks,
  breaksAt,
  holds,
  newFindings,
  staysOpen,
  summed,
} from '../../../../sim-core/conformance/rules/findings.ts';
import { rules } from '../../../../sim-core/conformance/rules/index.ts';
import { rule } from '../../../../sim-core/conformance/rules/rule.ts';
import type { Happening } from '../../../../sim-core/conformance/rules/observation.ts';
import { dialogOf } from '../../../../sim-core/conformance/rules/reading-messages.ts';
import type { RecordNumber } from '../../../../sim-core/kernel/trace-record.ts';
import { continueCall, rejectedCall, stopCall } from '../reference-call.ts';
import { errorsOf, observed } from './judging-rules.ts';

const at = (record: number): Happening => ({ record: record as RecordNumber, at: micros(0) });
const kept = (count: number) => `${count} held`;

describe('what was seen of a run', () => {
  test('a message has its transaction, its copies and its first arrival', () => {
    const trace = continueCall({}, { dA: 150, dB: 150, dR: 10, p: 10 }).build();
    const seen = observed(trace);
    const success = seen.messageOf[trace.record('B 200 re-INVITE')];
    expect(success?.transaction.request?.packet.method).toBe('INVITE');
    expect(success?.copies).toHaveLength(1);
    expect(success?.received?.record).toBe(trace.arrival('B 200 re-INVITE'));
    expect(success?.sent.arrivals).toHaveLength(1);
    expect(seen.messages).toHaveLength(new Set(seen.messages).size);
  });

  test('the ACK of a refusal is part of its INVITE, the ACK of a 2xx is not', () => {
    const refused = observed(rejectedCall().build());
    expect(refused.byMethod.get('ACK')).toBeUndefined();
    expect(refused.byMethod.get('INVITE')?.map(({ ack }) => ack !== null)).toEqual([true, true]);
    const answered = observed(continueCall().build());
    expect(answered.byMethod.get('ACK')).toHaveLength(3);
    expect(answered.byMethod.get('INVITE')?.every(({ ack }) => ack === null)).toBe(true);
  });

  test('a CANCEL is found from its INVITE, and the INVITE from it', () => {
    const trace = rejectedCall().sip('A', 'S', 'CANCEL', {
      at: 4_000,
      arrives: 4_040,
      like: 'A INVITE',
      opens: true,
    });
    const [cancel] = observed(trace.build()).byMethod.get('CANCEL') ?? [];
    expect(cancel?.cancels?.method).toBe('INVITE');
    expect(cancel?.cancels?.cancelledBy).toBe(cancel);
  });

  test('a dialog has two ends, each with what it sent and received in its order', () => {
    const seen = observed(continueCall().build());
    expect(seen.dialogs).toHaveLength(4);
    for (const dialog of seen.dialogs) {
      expect(dialog.opening?.method).toBe('INVITE');
      expect(dialog.caller).toBe(dialog.opening?.client === dialog.node);
      expect(dialog.events[0]?.message).toBe(dialog.opening?.request);
      const records = dialog.events.map(({ record }) => record);
      expect(records).toEqual([...records].sort((a, b) => a - b));
      for (const { message } of dialog.events.slice(1)) {
        expect(dialogOf(seen, message, dialog.node)).toBe(dialog);
      }
    }
  });

  test('a proxy has no end of a dialog', () => {
    const seen = observed(continueCall().role('S', 'proxy').build());
    expect(seen.dialogs.map(({ node }) => seen.nodes.get(node)?.party)).toEqual(['B', 'A']);
  });

  test('commands have their replies, streams their changes', () => {
    const seen = observed(continueCall().build());
    expect(seen.commands.map(({ packet, reply }) => [packet.label, reply?.packet.label])).toEqual([
      ['reserve', 'ok'],
      ['play', 'ok'],
      ['allocate conference', 'ok'],
      ['mix', 'ok'],
    ]);
    expect(seen.streams.find(({ name }) => name === 'voice direct')?.changes).toHaveLength(2);
  });
});

const ruleOf = (untouched = '') => rule('R-1', () => {}, kept, untouched);

describe('what findings come to', () => {
  test('one breach violates, at the weight of the gravest', () => {
    const found = newFindings();
    holds(found, at(1));
    staysOpen(found, 'open', at(2));
    breaksAt(found, 'info', 'odd', at(3));
    expect(summed(ruleOf(), 'error', found)).toMatchObject({ verdict: 'inconclusive' });
    breaks(found, 'wrong', at(5), at(4));
    expect(summed(ruleOf(), 'error', found)).toEqual({
      clause: 'R-1',
      verdict: 'violated',
      level: 'error',
      evidence: [3, 4, 5],
      says: 'wrong One more case like it.',
    });
  });

  test('a remark violates nothing, and is what is said', () => {
    const found = newFindings();
    holds(found, at(1));
    breaksAt(found, 'info', 'odd', at(3));
    expect(summed(ruleOf(), 'error', found)).toEqual({
      clause: 'R-1',
      verdict: 'satisfied',
      level: 'info',
      evidence: [3],
      says: 'odd',
    });
  });

  test('a doubt leaves it open, a good case satisfies, nothing leaves it untouched', () => {
    const found = newFindings();
    expect(summed(ruleOf('none'), 'warning', found)).toEqual({
      clause: 'R-1',
      verdict: 'not exercised',
      level: 'warning',
      evidence: [],
      says: 'none',
    });
    holds(found, at(1));
    expect(summed(ruleOf(), 'error', found)).toMatchObject({
      verdict: 'satisfied',
      says: '1 held',
    });
    staysOpen(found, 'open', at(2));
    expect(summed(ruleOf(), 'error', found)).toMatchObject({
      verdict: 'inconclusive',
      says: 'open',
    });
  });
});

describe('the rules', () => {
  test('are each in the catalogue, and registered once', () => {
    const known = new Set(clauses.map(({ id }) => id));
    expect(rules.filter(({ id }) => !known.has(id))).toEqual([]);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  test.each([
    ['Continue', continueCall],
    ['the ring stops', stopCall],
    ['Client-B declines', rejectedCall],
  ])('find no error in the reference sequence: %s', (_, call) => {
    expect(errorsOf(call())).toEqual([]);
  });
});
