import { describe, expect, it } from 'vitest';

import { arrangeLadder } from '../../../renderer/ladder/arrange-ladder.ts';
import { colouringOf } from '../../../renderer/ladder/colouring.ts';
import { filterSentence } from '../../../renderer/ladder/filter-sentence.ts';
import { findMessages, wireTexts } from '../../../renderer/ladder/find-messages.ts';
import { readQuery } from '../../../renderer/ladder/find-query.ts';
import { arrowsOf, ladderInputOf } from '../../../renderer/ladder/from-trace.ts';
import { layoutLadder } from '../../../renderer/ladder/layout/layout-ladder.ts';
import { clausesByArrow } from '../../../renderer/ladder/message-groups.ts';
import { asTheCallGoes, type Arrangement } from '../../../renderer/store/arrangement.ts';
import type { TraceStore } from '../../../renderer/store/trace-store.ts';
import type { NodeId, RecordNumber } from '../../../sim-core/reading.ts';
import { figureTrace, measure, shippedTrace } from '../trace-of-run.ts';
import { size, timeView } from './layout/fixture.ts';

const room = { axis: 'time', height: 561 } as const;
const open = { ...asTheCallGoes, folds: { ...asTheCallGoes.folds, setUp: false } };

function arranged(traces: TraceStore, changes: Partial<Arrangement> = {}) {
  return arrangeLadder(traces, { ...open, ...changes }, room);
}

function folded(traces: TraceStore, folds: Partial<Arrangement['folds']>) {
  return arranged(traces, { folds: { ...open.folds, ...folds } }).input.folds;
}

describe('hops in the core', () => {
  const traces = shippedTrace('forking/fk-01-two-phones-one-answers');

  it('are folded, and every way of a forked message is one arrow with its hop', () => {
    const { input } = arranged(traces);
    const proxy = input.lifelines.find((line) => line.folded);
    expect(input.lifelines.map(({ title }) => title)).toEqual([
      'CMR Client-A',
      'CMR Server',
      'CMR Resource Server',
      'Proxy',
      'CMR Client-B',
      'CMR Client-B2',
    ]);
    const invites = input.messages.filter(({ text, passes }) => {
      return text === 'INVITE' && passes.includes(proxy?.id ?? '');
    });
    expect(invites.map(({ from, to }) => [from, to])).toEqual([
      ['1', '3'],
      ['1', '5'],
    ]);
    expect(new Set(invites.map(({ id }) => id)).size).toBe(2);
    const layout = layoutLadder(input, timeView, size, measure);
    expect(layout.foldedLifelines.map(({ title }) => title)).toEqual(['Proxy']);
    const drawn = layout.arrows.filter(({ zigzags }) => zigzags.length > 0);
    expect(drawn.length).toBeGreaterThan(5);
  });

  it('leave an arrow for every record, and come apart again', () => {
    const whole = traces.view(arrowsOf);
    const { input, arrowOf } = arranged(traces);
    const ids = new Set(input.messages.map(({ id }) => id));
    for (const record of whole.arrowOf.keys()) expect(ids).toContain(arrowOf(record));
    const apart = arranged(traces, { unfolded: [4 as NodeId] }).input;
    expect(apart.messages).toEqual(traces.view(ladderInputOf).messages);
    expect(apart.lifelines.some((line) => line.folded)).toBe(false);
  });

  it('belong to the leg of the telephones they serve', () => {
    const { messages } = traces.view(ladderInputOf);
    const legs = messages.filter(({ to, kind }) => to === '4' && kind !== 'media');
    expect(new Set(legs.map(({ leg }) => leg))).toEqual(new Set(['B']));
  });
});

describe('folds', () => {
  it('hold the set-up up to the ring, and by default only where the call would be too small', () => {
    const traces = figureTrace();
    const [setUp] = folded(traces, { setUp: true });
    const messages = traces.view(ladderInputOf).messages;
    const last = messages.find(({ id }) => id === setUp?.messages.at(-1));
    expect(setUp?.messages.length).toBeGreaterThan(10);
    expect(last?.sentMicros).toBeLessThan(1_000_000);
    const byDefault = (height: number): string =>
      arrangeLadder(traces, asTheCallGoes, { axis: 'time', height }).setUp;
    expect([byDefault(561), byDefault(300)]).toEqual(['open', 'folded']);
  });

  it('hold one transaction, the 100 Tryings, or what was sent again, none of them twice', () => {
    const traces = figureTrace();
    const { arrows } = traces.view(arrowsOf);
    const invite = Number(arrows.find(({ text }) => text === 'INVITE')?.id) as RecordNumber;
    const folds = folded(traces, { transactions: [invite], trying: true });
    const texts = folds.map(({ name, messages }) => [
      name,
      messages.map((id) => arrows.find((arrow) => arrow.id === id)?.text),
    ]);
    expect(texts).toEqual([
      ['INVITE', ['INVITE', '100 Trying', '180 Ringing', '200 (INVITE)', 'ACK']],
      ['100 Trying', ['100 Trying']],
    ]);
    const resent = folded(shippedTrace('loss/last-ack-lost'), { resent: true });
    expect(resent.map(({ name }) => name)).toContain('200 (re-INVITE) resent');
  });

  it('carry the worst that the checks found inside', () => {
    // The ring and Client-B are heard at once: what the warning shows begins in the set-up.
    expect(figureTrace().trace.end?.warnings.map(({ code }) => code)).toEqual(['W-DUAL-SOURCE']);
    const [setUp, ...others] = folded(figureTrace(), { setUp: true, trying: true });
    expect(setUp?.worst).toBe('warns');
    expect(others.map(({ worst }) => worst)).not.toContain('warns');
  });
});

describe('the filter', () => {
  it('hides what the legend names, counts the rest and says so', () => {
    const traces = figureTrace();
    const whole = arranged(traces);
    const { input, shown, total } = arranged(traces, { hidden: ['control', '100 Trying'] });
    expect(whole.shown).toBe(whole.total);
    expect(total).toBe(whole.total);
    expect(input.messages.some(({ leg }) => leg === 'R')).toBe(false);
    expect(shown).toBe(input.messages.length);
    expect(filterSentence(['100 Trying', 'control'], 22, 28)).toBe(
      'Hiding control and 100 Trying, 22 of 28 shown',
    );
    layoutLadder(input, timeView, size, measure);
  });
});

describe('the search', () => {
  const traces = figureTrace();

  function found(query: string): readonly (string | undefined)[] {
    const read = readQuery(query);
    if (read.kind === 'problem') return [read.says];
    const { messages } = traces.view(ladderInputOf);
    const hits = findMessages(messages, read.terms, {
      messageOf: traces.view(arrowsOf).messageOf,
      clausesOf: traces.view(clausesByArrow),
      wireOf: traces.view(wireTexts),
    });
    return hits.map((id) => messages.find((one) => one.id === id)?.text);
  }

  it.each([
    ['update step:6', ['UPDATE']],
    ['re-invite', ['re-INVITE', '200 (re-INVITE)']],
    ['method:prack', ['PRACK', '200 (PRACK)']],
    ['code:18x t<250', ['180 Ringing']],
    ['step:6', ['UPDATE']],
    ['"a=sendrecv" step:4', ['re-INVITE']],
    ['gap>4000', ['200 (INVITE)', 'BYE']],
    ['t>13000 method:bye t<13550', ['BYE']],
    ['t<soon', ['t< takes milliseconds']],
    ['code:999', ['code: takes a status as 183, or 18x']],
    ['nothing like it', []],
  ])('%s', (query, texts) => {
    expect(found(query)).toEqual(texts);
  });

  it('knows the clauses a message is evidence for', () => {
    const { end } = traces.trace;
    const verdict = end?.verdicts.find(({ clause }) => clause === 'FLOW-CON-06');
    expect(verdict?.evidence).not.toEqual([]);
    expect(found('clause:flow-con-06')).toContain('UPDATE');
  });
});

describe('the colours', () => {
  it('say whose in every mode but by verdict, which has a hue for what is wrong alone', () => {
    const traces = shippedTrace('forking/fk-01-two-phones-one-answers');
    const { arrows } = traces.view(arrowsOf);
    for (const mode of ['leg', 'dialog', 'transaction'] as const) {
      const colouring = colouringOf(mode, traces.view);
      for (const { id, leg } of arrows) {
        expect(colouring(id, leg)).toContain(`hue-${leg === 'M' ? 'r' : leg.toLowerCase()}`);
      }
    }
    const dialogs = new Set(arrows.map(({ id }) => colouringOf('dialog', traces.view)(id, 'B')));
    expect(dialogs.size).toBeGreaterThan(1);
    const verdicts = arrows.map(({ id }) => colouringOf('verdict', traces.view)(id, 'B'));
    expect(verdicts.some((one) => one === 'verdict-passes')).toBe(true);
    expect(verdicts.every((one) => !one.includes('hue-'))).toBe(true);
  });
});
