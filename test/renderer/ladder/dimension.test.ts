import { describe, expect, it } from 'vitest';

import { arrangeLadder } from '../../../renderer/ladder/arrange-ladder.ts';
import { dimensionOf } from '../../../renderer/ladder/dimension.ts';
import { arrowsOf, messagesOf } from '../../../renderer/ladder/from-trace.ts';
import { stepRows } from '../../../renderer/ladder/step-rows.ts';
import { asTheCallGoes } from '../../../renderer/store/arrangement.ts';
import { figureTrace, shippedTrace } from '../trace-of-run.ts';

const room = { axis: 'time', height: 561 } as const;

describe('the distance of two messages', () => {
  const traces = figureTrace();
  const { header } = traces.trace;
  const named = (text: string) => {
    const found = traces.view(messagesOf).find((message) => message.text === text);
    if (found === undefined) throw new Error(`there is no ${text}`);
    return found;
  };

  it('is that of a request and its answer as the node sees it that asks', () => {
    // 5 390 to the arrival of the answer: twice 40 ms on the way, 10 ms to react (spec 5.3).
    const [update, answer] = [named('UPDATE'), named('200 (UPDATE)')];
    const dimension = dimensionOf(update, answer, header);
    expect(dimension?.says).toBe('90 ms, UPDATE to 200 (UPDATE)');
    expect(dimensionOf(answer, update, header)).toEqual(dimension);
    expect(dimension).toMatchObject({ fromMicros: update.sentAt, toMicros: answer.arrivesAt });
  });

  it('is that of two sendings where the second goes elsewhere', () => {
    const dimension = dimensionOf(named('INVITE'), named('re-INVITE'), header);
    expect(dimension?.toMicros).toBe(named('re-INVITE').sentAt);
  });
});

describe('the rows of the table', () => {
  it('are the messages of the ladder, under its filter, and the acts', () => {
    const traces = figureTrace();
    const whole = stepRows(arrangeLadder(traces, asTheCallGoes, room), traces);
    const { arrows } = traces.view(arrowsOf);
    expect(whole.filter(({ number }) => number !== null)).toHaveLength(arrows.length);
    expect(whole.filter(({ number }) => number === null).map(({ what }) => what)).toEqual([
      'dials',
      'answers',
      'hangs up',
    ]);
    const times = whole.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    const update = whole.find(({ step }) => step === 6);
    expect(update).toMatchObject({ what: 'UPDATE', tags: 'O2', from: 'Server', to: 'Client-A' });
    expect(update?.checks.map(({ clause }) => clause)).toContain('FLOW-CON-06');
    const hidden = { ...asTheCallGoes, hidden: ['control'] } as const;
    const filtered = stepRows(arrangeLadder(traces, hidden, room), traces);
    expect(filtered.some(({ what }) => what === 'play')).toBe(false);
    expect(filtered.length).toBeLessThan(whole.length);
  });

  it('say what became of a message, and put the checks that fail first', () => {
    const traces = shippedTrace('loss/last-ack-lost');
    const rows = stepRows(arrangeLadder(traces, asTheCallGoes, room), traces);
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['ACK, lost', '200 (re-INVITE), resent 1, absorbed', 'ACK, again']),
    );
    for (const { checks } of rows) {
      const holds = checks.map((check) => Number(check.holds));
      expect(holds).toEqual(holds.toSorted((one, other) => one - other));
    }
  });
});
