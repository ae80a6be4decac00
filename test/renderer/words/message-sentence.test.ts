import { describe, expect, test } from 'vitest';

import { arrowsOf, eventsOf, messagesOf } from '../../../renderer/ladder/from-trace.ts';
import type { TraceStore } from '../../../renderer/store/trace-store.ts';
import { eventSentence } from '../../../renderer/words/event-sentence.ts';
import { messageSentence } from '../../../renderer/words/message-sentence.ts';
import { shippedFiles } from '../../support/shipped-files.ts';
import { figureTrace, shippedTrace } from '../trace-of-run.ts';

function sentences(store: TraceStore, which: (text: string, step: number | null) => boolean) {
  const { header } = store.trace;
  if (header === null) throw new Error('there is no run');
  return store
    .view(messagesOf)
    .filter(({ text, step }) => which(text, step))
    .map((message) => messageSentence(message, header));
}

describe('what a message does, in plain words', () => {
  test('the eleven steps of the Continue flow', () => {
    const store = figureTrace();
    const steps = store
      .view(messagesOf)
      .filter(({ step }) => step !== null)
      .toSorted((one, other) => (one.step ?? 0) - (other.step ?? 0))
      .map((message) => messageSentence(message, store.trace.header!));
    expect(steps).toEqual([
      'B answers the call with audio, video off.',
      'Acknowledges B’s answer at once, before A knows of it.',
      'Asks for a conference that can mix the clip into the call.',
      'Moves B’s media to 198.51.100.6: audio and video, as A last offered.',
      'B accepts and moves to the Resource Server: audio, video off.',
      'Offers A the media B accepted plus the CMR media B did not: ' +
        'audio and video, at 198.51.100.6.',
      'A accepts the new media: audio and video.',
      'Tells A that B has answered. No SDP: the media are settled already.',
      'Says that A has the 200. This is the cue to mix.',
      'Acknowledges B’s 200 to the re-INVITE, which was held back until A’s ACK.',
      'Has clip and call mixed for A, and A’s media merely forwarded to B.',
    ]);
  });

  test('the delivery before it', () => {
    expect(sentences(figureTrace(), (_text, step) => step === null).slice(0, 8)).toEqual([
      'Calls bob and offers audio and video. It can play early media.',
      'Says that the INVITE has arrived, so that it is not resent.',
      'Passes the call on to B and offers audio and video.',
      'Says that the INVITE has arrived, so that it is not resent.',
      'Says that B’s terminal rings.',
      'Asks for ringing-7: ports, and an answer to A’s offer.',
      'The ports are reserved; here is what to tell A.',
      'Says that B’s terminal rings, and answers A’s offer for the clip: ' +
        'audio and video, at the Resource Server.',
    ]);
  });

  test('what was lost, resent and absorbed', () => {
    const store = shippedTrace('loss/last-ack-lost');
    const told = sentences(store, (text, step) => step === 10 || text.includes('re-INVITE'));
    expect(told).toContain(
      'Acknowledges B’s 200 to the re-INVITE, which was held back until A’s ACK. ' +
        'It is lost on the way.',
    );
    expect(told.some((one) => one.startsWith('B sends it again (R1), having heard nothing.'))).toBe(
      true,
    );
    expect(
      told.some((one) => one.endsWith('The Server already has it and absorbs this copy.')),
    ).toBe(true);
  });

  test('a refusal and a cancellation', () => {
    const busy = sentences(shippedTrace('gateway-mode/client-b-busy'), (text) =>
      text.startsWith('486'),
    );
    expect(busy[0]).toBe('B declines the INVITE: 486 Busy Here.');
    const cancelled = sentences(shippedTrace('gateway-mode/client-a-cancels'), (text) =>
      text.startsWith('487'),
    );
    expect(cancelled.length).toBeGreaterThan(0);
    expect(cancelled.every((one) => one.includes('the call was cancelled'))).toBe(true);
  });

  test.each(shippedFiles().map(({ path }) => path.slice(0, -'.cmr.yaml'.length)))(
    '%s: every message and every event has a sentence',
    (path) => {
      const store = shippedTrace(path);
      const { header } = store.trace;
      const told = sentences(store, () => true);
      const events = store
        .view(eventsOf)
        .map((record) => eventSentence(record, store.view(arrowsOf), header!));
      for (const sentence of [...told, ...events]) {
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(sentence).not.toMatch(/undefined|null|\[object| {2}/);
      }
    },
  );
});
