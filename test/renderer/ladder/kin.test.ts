import { expect, it } from 'vitest';

import { arrowsOf } from '../../../renderer/ladder/from-trace.ts';
import { kinOf } from '../../../renderer/ladder/kin-of-message.ts';
import { figureTrace, shippedTrace } from '../trace-of-run.ts';

const traces = figureTrace();
const { arrows, arrowOf, messageOf } = traces.view(arrowsOf);
const textOf = (id: string): string => {
  const message = messageOf.get(id);
  return `${message?.step ?? '–'} ${message?.text}`;
};

it('of what is pointed at, cause and answer are underlined, and its transaction stays', () => {
  const update = [...messageOf.values()].find(({ step }) => step === 6);
  if (update === undefined) throw new Error('the figure has no step 6');
  const kin = kinOf(update.record, traces, (record) => arrowOf.get(record));
  expect(kin?.arrow).toBe(arrowOf.get(update.record));
  expect([...(kin?.related ?? [])].map(textOf)).toEqual(['5 200 (re-INVITE)', '7 200 (UPDATE)']);
  expect([...(kin?.stays ?? [])].map(textOf).toSorted()).toEqual([
    '5 200 (re-INVITE)',
    '6 UPDATE',
    '7 200 (UPDATE)',
  ]);
  // What is not drawn has no kin.
  expect(kinOf(update.record, traces, () => undefined)).toBeNull();
});

it('media stay with what made them begin', () => {
  const voice = arrows.find(({ kind }) => kind === 'media');
  const kin = kinOf(messageOf.get(voice?.id ?? '')!.record, traces, (one) => arrowOf.get(one));
  expect(kin?.stays.has(voice?.id ?? '')).toBe(true);
});

it('offers and answers of an early session are told from those of the session', () => {
  const ring = shippedTrace('negative/ring-tone-without-require').view(arrowsOf);
  const tagged = ring.arrows.flatMap(({ text, leg, tags }) =>
    tags.map((tag) => `${leg} ${text} ${tag.kind} ${tag.text}`),
  );
  expect(tagged).toContain('B PRACK early offer O1');
  expect(tagged).toContain('B INVITE offer O1');
});
