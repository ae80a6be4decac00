import { describe, expect, test } from 'vitest';

import { clause } from '../../../sim-core/base/clause-id.ts';
import type { MessageView } from '../../../sim-core/trace/message-view.ts';
import { messageViewer, viewMessages } from '../../../sim-core/trace/view-messages.ts';
import { traceBuilder, type BuiltTrace, type TraceBuilder } from '../../support/trace-builder.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { continueCall, rejectedCall, stopCall } from '../conformance/reference-call.ts';
import { sdp } from '../conformance/reference-media.ts';

function viewed(trace: TraceBuilder): { built: BuiltTrace; views: readonly MessageView[] } {
  const built = trace.build();
  return { built, views: viewMessages(built.header, built.records) };
}

function viewOf({ built, views }: ReturnType<typeof viewed>, name: string): MessageView {
  const view = views.find((one) => one.record === built.record(name));
  if (view === undefined) throw new Error(`no view of ${name}`);
  return view;
}

const marksOf = (view: MessageView) => view.marks.map(({ side, number }) => `${side}${number}`);
const steps = (views: readonly MessageView[]) =>
  views.flatMap((view) => (view.step === null ? [] : [`${view.step} ${view.text}`]));

describe('the Continue call', () => {
  test('is named as a ladder names it', () => {
    const { views } = viewed(continueCall());
    expect(views.map(({ leg, text }) => `${leg}: ${text}`)).toEqual([
      'A: INVITE',
      'A: 100 Trying',
      'B: INVITE',
      'B: 180 Ringing',
      'R: reserve',
      'R: ok',
      'A: 180 Ringing',
      'R: play',
      'R: ok',
      'media: audio from beach-waves',
      'media: video from beach-waves',
      'A: PRACK',
      'A: 200 (PRACK)',
      'B: 200 (INVITE)',
      'media: audio from client-b',
      'B: ACK',
      'R: allocate conference',
      'R: ok',
      'B: re-INVITE',
      'B: 200 (re-INVITE)',
      'media: audio ends',
      'media: audio from client-b',
      'A: UPDATE',
      'A: 200 (UPDATE)',
      'A: 200 (INVITE)',
      'A: ACK',
      'B: ACK',
      'R: mix',
      'R: ok',
      'media: audio from beach-waves, client-b',
      'media: audio from client-a',
    ]);
  });

  test('has the eleven steps, each once', () => {
    const { views } = viewed(continueCall());
    expect(steps(views)).toEqual([
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

  test('has offers and answers numbered per dialog', () => {
    const call = viewed(continueCall());
    const marked = call.views.filter((view) => view.marks.length > 0);
    expect(marked.map((view) => `${view.leg} ${view.text} ${marksOf(view).join()}`)).toEqual([
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

  test('says who, when, and what is worth a note', () => {
    const call = viewed(continueCall());
    const ringing = viewOf(call, 'S 180');
    expect(ringing).toMatchObject({
      shortText: '180',
      isRequest: false,
      isReply: false,
      from: 2,
      to: 0,
      sentAt: 290_000,
      arrivesAt: 330_000,
      lost: false,
      againAt: null,
      resent: 0,
      absorbed: false,
      facts: ['100rel', 'P-Early-Media: sendrecv'],
      cause: call.built.arrival('reserve reply'),
      received: [call.built.arrival('S 180')],
    });
    expect(viewOf(call, 'S UPDATE')).toMatchObject({ shortText: 'UPDATE', isRequest: true });
    expect(viewOf(call, 'play')).toMatchObject({ isRequest: true, isReply: false });
    expect(viewOf(call, 'play reply')).toMatchObject({ isRequest: false, isReply: true });
    expect(viewOf(call, 'ring audio')).toMatchObject({ shortText: 'audio', facts: ['AMR-WB'] });
  });
});

describe('steps', () => {
  test('a call whose ring stops, or that is refused, has none', () => {
    expect(steps(viewed(stopCall()).views)).toEqual([]);
    expect(steps(viewed(rejectedCall()).views)).toEqual([]);
  });

  test('are told by order: an ACK for the re-INVITE before step 9 is not step 10', () => {
    const { views } = viewed(continueCall({ 'SW-REINV-ACK': 'immediate' }));
    expect(steps(views)).not.toContain('10 ACK');
    expect(steps(views)).toContain('11 mix');
  });

  test('need no decision and no commands: the messages of the two legs suffice', () => {
    const trace = continueCall().without('decision', 'allocate conference', 'mix', 'mix reply');
    trace.without('allocate conference reply');
    expect(steps(viewed(trace).views).map((step) => Number(step.split(' ')[0]))).toEqual([
      1, 2, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  test('end where the server gives the ring up', () => {
    const trace = continueCall()
      .until(5_195)
      .command({ kind: 'release' }, { at: 5_200, arrives: 5_210 })
      .sip('S', 'A', 'UPDATE', { at: 5_200, arrives: 5_240, sdp: sdp.updateDirect })
      .sip('S', 'A', 200, { at: 5_300, arrives: 5_340, answers: 'A INVITE' });
    expect(steps(viewed(trace).views).at(-1)).toBe('5 200 (re-INVITE)');
  });

  test('a retransmission carries none', () => {
    const trace = continueCall().change('S UPDATE', {
      arrives: null,
      again: [{ at: 5_700, arrives: 5_740 }],
    });
    const updates = viewed(trace).views.filter((view) => view.text === 'UPDATE');
    expect(updates.map(({ step, resent, lost, first }) => [step, resent, lost, first])).toEqual([
      [6, 0, true, updates[0]?.record],
      [null, 1, false, updates[0]?.record],
    ]);
    expect(updates.map(marksOf)).toEqual([['O2'], ['O2']]);
  });
});

describe('offers and answers', () => {
  const offer = session({ of: 'A', id: '1', version: 1 }, addresses.A, [mediaLine('audio', 4_000)]);

  /** An INVITE and one provisional response to it. */
  function invited(withOffer: boolean): TraceBuilder {
    return traceBuilder().sip('A', 'S', 'INVITE', {
      at: 0,
      arrives: 40,
      opens: true,
      sdp: withOffer ? offer : null,
    });
  }
  const at = (time: number) => ({ at: time, arrives: time + 40 });
  const all = (trace: TraceBuilder) => viewed(trace).views.map((view) => marksOf(view).join());

  test('SDP in an unreliable 1xx is a preview, and the answer comes with the 200', () => {
    const trace = invited(true)
      .sip('S', 'A', 183, { ...at(50), answers: 'A INVITE', sdp: offer })
      .sip('S', 'A', 200, { ...at(100), answers: 'A INVITE', sdp: offer });
    expect(all(trace)).toEqual(['O1', '', 'A1']);
  });

  test('SDP after the reliable answer is a repeat', () => {
    const trace = invited(true)
      .sip('S', 'A', 183, { ...at(50), answers: 'A INVITE', sdp: offer, headers: { RSeq: '1' } })
      .sip('S', 'A', 200, { ...at(100), answers: 'A INVITE', sdp: offer });
    expect(all(trace)).toEqual(['O1', 'A1', '']);
  });

  test('an INVITE without SDP: offer in the reliable 1xx, answer in its PRACK', () => {
    const trace = invited(false)
      .sip('S', 'A', 183, { ...at(50), answers: 'A INVITE', sdp: offer, headers: { RSeq: '7' } })
      .sip('A', 'S', 'PRACK', { ...at(100), cseq: 2, sdp: offer, headers: { RAck: '7 1 INVITE' } })
      .sip('S', 'A', 200, { ...at(150), answers: 'A INVITE', sdp: offer });
    expect(all(trace)).toEqual(['', 'O1', 'A1', '']);
  });

  test('an INVITE without SDP: offer in the 200, answer in the ACK', () => {
    const trace = invited(false)
      .sip('S', 'A', 200, { ...at(50), answers: 'A INVITE', sdp: offer })
      .sip('A', 'S', 'ACK', { ...at(100), sdp: offer });
    expect(all(trace)).toEqual(['', 'O1', 'A1']);
  });

  test('an offer in a PRACK is answered in its 200', () => {
    const trace = invited(true)
      .sip('S', 'A', 183, { ...at(50), answers: 'A INVITE', sdp: offer, headers: { RSeq: '1' } })
      .sip('A', 'S', 'PRACK', { ...at(100), cseq: 2, sdp: offer, headers: { RAck: '1 1 INVITE' } })
      .sip('S', 'A', 200, { ...at(150), answers: 'A PRACK', sdp: offer }, 'S 200 PRACK');
    expect(all(trace)).toEqual(['O1', 'A1', 'O2', 'A2']);
  });

  test('a refused offer is answered by nobody, and the next has the next number', () => {
    const trace = invited(true)
      .sip('S', 'A', 200, { ...at(50), answers: 'A INVITE', sdp: offer })
      .sip('S', 'A', 'UPDATE', { ...at(100), sdp: offer }, 'first')
      .sip('A', 'S', 488, { ...at(150), answers: 'first', sdp: offer })
      .sip('S', 'A', 'UPDATE', { ...at(200), cseq: 2, sdp: offer }, 'second')
      .sip('A', 'S', 200, { ...at(250), answers: 'second', sdp: offer });
    expect(all(trace)).toEqual(['O1', 'A1', 'O2', '', 'O3', 'A3']);
  });

  test('offers that cross keep their own answers', () => {
    const trace = invited(true)
      .sip('S', 'A', 200, { ...at(50), answers: 'A INVITE', sdp: offer }, 'S 200 INVITE')
      .sip('S', 'A', 'UPDATE', { ...at(100), sdp: offer }, 'of S')
      .sip('A', 'S', 'UPDATE', { ...at(110), cseq: 2, sdp: offer }, 'of A')
      .sip('S', 'A', 200, { ...at(160), answers: 'of A', sdp: offer })
      .sip('A', 'S', 491, { ...at(170), answers: 'of S' });
    expect(all(trace)).toEqual(['O1', 'A1', 'O2', 'O3', 'A3', '']);
  });

  test('early-session SDP is numbered by itself', () => {
    const early = { disposition: 'early-session', description: offer } as const;
    const trace = invited(true)
      .sip('S', 'A', 183, {
        ...at(50),
        answers: 'A INVITE',
        headers: { RSeq: '1' },
        bodies: [{ disposition: 'session', description: offer }, early],
      })
      .sip('A', 'S', 'PRACK', {
        ...at(100),
        cseq: 2,
        bodies: [early],
        headers: { RAck: '1 1 INVITE' },
      });
    const marks = viewed(trace).views.map((view) =>
      view.marks.map((mark) => `${mark.disposition} ${mark.side}${mark.number}`),
    );
    expect(marks).toEqual([
      ['session O1'],
      ['session A1', 'early-session O1'],
      ['early-session A1'],
    ]);
  });
});

describe('copies', () => {
  test('of the network arrive twice, and are absorbed only if every copy was', () => {
    const built = traceBuilder()
      .sip('A', 'S', 'INVITE', { at: 0, arrives: 40, opens: true })
      .build();
    const [sent, received] = built.records;
    if (sent?.kind !== 'sent' || received === undefined) throw new Error('the trace is too short');
    const twice = { ...sent, againAt: received.at };
    const second = { ...received, number: (received.number + 1) as typeof received.number };
    const ignored = (cause: number, number: number) =>
      ({
        ...received,
        number: number as typeof received.number,
        cause: cause as typeof received.number,
        kind: 'note',
        note: { kind: 'ignored', why: 'a copy', clause: clause('R-TX-14') },
      }) as const;
    const viewer = messageViewer(built.header);
    for (const record of [twice, received, second, ignored(second.number, 4)]) {
      viewer.observe(record);
    }
    expect(viewer.views()[0]).toMatchObject({ againAt: received.at, received: [2, 3] });
    expect(viewer.views()[0]?.absorbed).toBe(false);
    viewer.observe(ignored(received.number, 5));
    expect(viewer.views()[0]?.absorbed).toBe(true);
  });

  test('two reliable 180s are two messages, one 180 sent twice is one', () => {
    const at = (time: number) => ({ at: time, arrives: time + 40, answers: 'A INVITE' });
    const trace = traceBuilder()
      .sip('A', 'S', 'INVITE', { at: 0, arrives: 40, opens: true })
      .sip('S', 'A', 180, { ...at(50), headers: { RSeq: '1' } }, 'first')
      .sip('S', 'A', 180, { ...at(100), headers: { RSeq: '2' } }, 'second')
      .change('second', { again: [{ at: 600, arrives: 640 }] });
    expect(viewed(trace).views.map((view) => view.resent)).toEqual([0, 0, 0, 1]);
  });
});

describe('while the run goes on', () => {
  test('views are replaced, never changed, and the last ones are those of the whole', () => {
    const { header, records } = continueCall().build();
    const viewer = messageViewer(header);
    const seen: { view: MessageView; copy: string }[] = [];
    for (const record of records) {
      viewer.observe(record);
      const view = viewer.views().at(-1);
      if (view !== undefined) seen.push({ view, copy: JSON.stringify(view) });
    }
    for (const { view, copy } of seen) expect(JSON.stringify(view)).toBe(copy);
    expect(viewer.views()).toEqual(viewMessages(header, records));
  });

  test('step 1 is known with the decision, and put on the answer afterwards', () => {
    const built = continueCall().build();
    const viewer = messageViewer(built.header);
    const answer = built.record('B 200');
    const stepOfAnswer = () => viewer.views().find((view) => view.record === answer)?.step;
    for (const record of built.records) {
      viewer.observe(record);
      if (record.number === built.arrival('B 200')) expect(stepOfAnswer()).toBeNull();
      if (record.number === built.record('decision')) expect(stepOfAnswer()).toBe(1);
    }
  });

  test('a message in flight has not been received', () => {
    const built = continueCall().build();
    const viewer = messageViewer(built.header);
    for (const record of built.records.slice(0, built.record('A INVITE'))) viewer.observe(record);
    expect(viewer.views().map((view) => view.received)).toEqual([[]]);
  });
});

test('responses that refuse are named with what they refuse', () => {
  const trace = continueCall()
    .without('A 200 UPDATE', 'B 200 re-INVITE')
    .sip('A', 'S', 488, { at: 5_250, arrives: 5_290, answers: 'S UPDATE' })
    .sip('B', 'S', 491, { at: 5_150, arrives: 5_190, answers: 'S re-INVITE' });
  const call = viewed(trace);
  expect(viewOf(call, 'A 488')).toMatchObject({
    text: '488 Not Acceptable Here (UPDATE)',
    shortText: '488 (UPDATE)',
  });
  expect(viewOf(call, 'B 491').text).toBe('491 Request Pending (re-INVITE)');
  expect(viewOf(viewed(rejectedCall()), 'S 486')).toMatchObject({
    text: '486 Busy Here',
    shortText: '486',
  });
});
