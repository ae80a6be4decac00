import { describe, expect, test } from 'vitest';

import {
  arrowsOf,
  eventsOf,
  instantsOf,
  ladderInputOf,
  lastInstantOf,
  settledAtOf,
} from '../../../renderer/ladder/from-trace.ts';
import type { LadderView, StateBand } from '../../../renderer/ladder/layout/ladder-input.ts';
import { layoutLadder } from '../../../renderer/ladder/layout/layout-ladder.ts';
import { messageNames } from '../../../renderer/ladder/message-names.ts';
import { makeTraceStore } from '../../../renderer/store/trace-store.ts';
import { shippedFiles } from '../../support/shipped-files.ts';
import { measure, figureTrace, shippedTrace } from '../trace-of-run.ts';

const view: LadderView = {
  axis: 'time',
  pxPerMs: null,
  scrollX: 0,
  scrollY: 0,
  playheadMicros: null,
  selected: null,
  evidence: [],
  timers: 'all',
  live: false,
  narrow: false,
};
const size = { width: 815, height: 561 };

describe('the arrows of the Continue call', () => {
  const store = figureTrace();
  const { arrows, messageOf, arrowOf } = store.view(arrowsOf);

  test('the eleven steps are there, in order, with their names', () => {
    const steps = arrows.filter(({ step }) => step !== null);
    expect(steps.map(({ step, text }) => `${step} ${text}`)).toEqual([
      '1 200 (INVITE)',
      '2 ACK',
      '3 allocate conference',
      '4 re-INVITE',
      '5 200 (re-INVITE)',
      '6 UPDATE',
      '7 200 (UPDATE)',
      '8 200 (INVITE)',
      '9 ACK',
      '10 ACK',
      '11 mix',
    ]);
  });

  test('they are numbered from 1 in the order of sending', () => {
    expect(arrows.map(({ number }) => number)).toEqual(arrows.map((_arrow, index) => index + 1));
    const sent = arrows.map(({ sentMicros }) => sentMicros);
    expect(sent).toEqual(sent.toSorted((one, other) => one - other));
  });

  test('offers and answers are tagged as the legs exchange them', () => {
    const tagged = arrows.filter(({ tags }) => tags.length > 0);
    expect(tagged.map(({ text, leg, tags }) => `${leg} ${text} ${tags[0]?.text}`)).toEqual([
      'A INVITE O1',
      'B INVITE O1',
      'A 180 Ringing A1',
      'B 200 (INVITE) A1',
      'B re-INVITE O2',
      'B 200 (re-INVITE) A2',
      'A UPDATE O2',
      'A 200 (UPDATE) A2',
    ]);
  });

  test('audio and video that start together are one arrow, and all their records lead to it', () => {
    const media = arrows.filter(({ kind }) => kind === 'media');
    expect(media.map(({ text, media: start }) => `${text}: ${start?.sources.join()}`)).toEqual([
      'CMR audio + video: R',
      'A’s audio + video: A',
      'B’s voice: B',
      'B’s voice: B',
      'A’s voice: A',
      'CMR + B, mixed: R,B',
      'A’s voice: A',
    ]);
    const [first] = media;
    const shown = [...arrowOf].filter(([, id]) => id === first?.id);
    // Two streams begin and end: four packets, each sent and received.
    expect(shown).toHaveLength(8);
  });

  test('a reply knows its command, a response may be called by its status', () => {
    const reserve = arrows.find(({ text }) => text === 'reserve');
    expect(arrows.find(({ kind }) => kind === 'reply')?.replyTo).toBe(reserve?.id);
    expect(arrows.find(({ text }) => text === '200 (UPDATE)')?.shortText).toBe('200');
    expect(arrows.find(({ text }) => text === 'UPDATE')?.shortText).toBeNull();
  });

  test('every sent and received message leads to an arrow that shows it', () => {
    for (const record of store.trace.records) {
      if (record.kind !== 'sent' && record.kind !== 'received') continue;
      expect(messageOf.get(arrowOf.get(record.number) ?? '')).toBeDefined();
    }
  });

  test('each arrow is known by a sentence', () => {
    const update = arrows.find(({ step }) => step === 6);
    expect(store.view(messageNames)(update?.id ?? '')).toBe(
      'Step 6. UPDATE with offer 2, CMR Server to CMR Client-A, ' +
        'sent 5\u2009390, received 5\u2009430 milliseconds.',
    );
  });
});

describe('what hangs on the lifelines', () => {
  const input = figureTrace().view(ladderInputOf);

  function bandsOf(lifeline: string, side: StateBand['side']): string[] {
    return input.bands
      .filter((band) => band.lifeline === lifeline && band.side === side)
      .map(({ phase, narrow, fromMicros }) => `${narrow ? 'narrow' : phase} ${fromMicros / 1000}`);
  }

  test('the people of the call are named after its INVITE', () => {
    expect(input.lifelines.map(({ subtitle }) => subtitle)).toEqual([
      'alice, caller',
      'B2BUA',
      'media',
      'bob, called',
    ]);
  });

  test('each leg has its state at both ends', () => {
    expect(bandsOf('0', 'centre')).toEqual(['calling 0', 'early 330', 'confirmed 5530']);
    expect(bandsOf('1', 'left')).toEqual(['calling 40', 'early 280', 'confirmed 5480']);
  });

  test('a band is narrow while a re-INVITE is open', () => {
    expect(bandsOf('1', 'right')).toEqual([
      'calling 50',
      'early 240',
      'confirmed 5240',
      'narrow 5290',
      'confirmed 5380',
    ]);
    expect(bandsOf('3', 'centre').slice(2)).toEqual([
      'confirmed 5200',
      'narrow 5330',
      'confirmed 5340',
    ]);
  });

  test('and stays so as long as nobody answers it', () => {
    const { bands } = shippedTrace('failures/f-25-client-b-vanishes').view(ladderInputOf);
    const last = bands.findLast(({ lifeline, side }) => lifeline === '1' && side === 'right');
    expect(last?.narrow).toBe(true);
    const timerB = 32_000_000;
    expect((last?.toMicros ?? 0) - (last?.fromMicros ?? 0)).toBeGreaterThanOrEqual(timerB);
  });

  test('the Resource Server is reserved, plays, mixes', () => {
    expect(bandsOf('2', 'centre')).toEqual(['calling 260', 'early 300', 'confirmed 5600']);
  });

  test('people act, and are said to', () => {
    expect(input.userActions.map(({ verb, atMicros }) => `${verb} ${atMicros}`)).toEqual([
      'dials 0',
      'answers 5200000',
      'hangs up 13540000',
    ]);
  });

  test('a local tone is hatch, a mixture is strands', () => {
    const pieces = input.perceptions.map(({ lifeline, medium, kind, sources }) =>
      `${lifeline} ${medium} ${kind} ${sources.join('')}`.trim(),
    );
    expect(pieces).toEqual([
      '3 audio local tone',
      '0 audio media R',
      '0 video media R',
      '0 audio media RB',
      '0 audio media R',
      '0 audio media RB',
      '3 audio media A',
    ]);
  });

  test('the quiet of ringing is called that', () => {
    expect(input.pauses[0]).toEqual({
      fromMicros: 200_000,
      toMicros: 5_200_000,
      text: 'ringing, no signalling',
    });
  });
});

describe('where a run begins, settles and ends', () => {
  test('steps go through what happens, and no further', () => {
    const store = figureTrace();
    expect(store.view(eventsOf).every(({ kind }) => kind !== 'note')).toBe(true);
    const instants = store.view(instantsOf);
    expect(instants[0]).toBe(0);
    expect(new Set(instants).size).toBe(instants.length);
    expect(store.view(lastInstantOf)).toBe(13_680_000 + 80_000);
  });

  test('an answered call is shown where it has settled, before somebody hangs up', () => {
    const store = shippedTrace('continue/as-in-the-figure');
    expect(store.view(settledAtOf)).toBe(5_650_000);
    expect(store.view(lastInstantOf)).toBeGreaterThan(13_000_000);
  });

  test('a call nobody answers is shown to its end', () => {
    const store = shippedTrace('gateway-mode/client-b-busy');
    expect(store.view(settledAtOf)).toBe(store.view(lastInstantOf));
  });

  test('an empty trace has nothing to show and does not fail', () => {
    const store = makeTraceStore(() => {});
    expect(store.view(ladderInputOf).messages).toEqual([]);
    expect(store.view(instantsOf)).toEqual([]);
    expect(store.view(lastInstantOf)).toBe(0);
  });
});

describe('what other calls show', () => {
  test('a lost ACK has its cross, the 200 its retransmission, and the timer that sent it', () => {
    const input = shippedTrace('loss/last-ack-lost').view(ladderInputOf);
    const lost = input.messages.filter(({ journey }) => journey.end === 'lost');
    expect(lost.map(({ text, step }) => `${step} ${text}`)).toEqual(['10 ACK']);
    const again = input.messages.filter(({ retransmission }) => retransmission !== null);
    expect(again.map(({ text, retransmission }) => [text, retransmission])).toEqual([
      ['200 (re-INVITE)', { number: 1, afterMicros: 500_000 }],
      ['ACK', { number: null, afterMicros: null }],
    ]);
    const fired = input.timers.filter(({ outcome }) => outcome === 'fired');
    expect(fired.map(({ text }) => text)).toEqual(['2xx 500']);
    const [timer] = fired;
    const resent = input.messages.find(({ id }) => id === timer?.message);
    expect(resent?.text).toBe('200 (re-INVITE)');
    expect(timer?.fromMicros).toBe(resent?.sentMicros);
  });

  test('a refused call ends its bands where the refusal passes', () => {
    const { bands } = shippedTrace('gateway-mode/client-b-busy').view(ladderInputOf);
    expect(bands.length).toBeGreaterThan(3);
    expect(bands.every(({ toMicros }) => toMicros !== null)).toBe(true);
    expect(bands.every(({ phase }) => phase !== 'confirmed')).toBe(true);
  });

  test.each(shippedFiles().map(({ path }) => path.slice(0, -'.cmr.yaml'.length)))(
    '%s can be laid out on both axes',
    (path) => {
      const input = shippedTrace(path).view(ladderInputOf);
      for (const axis of ['time', 'rows'] as const) {
        const layout = layoutLadder(input, { ...view, axis }, size, measure);
        expect(layout.arrows.length).toBeGreaterThan(5);
        expect(layout.bands.every(({ height }) => height > 0)).toBe(true);
      }
    },
  );
});
