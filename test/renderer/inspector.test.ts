import { describe, expect, test } from 'vitest';

import { freshDescriptionsOf, sinceOf } from '../../renderer/judgement/since.ts';
import { changedGroups, changedTimers } from '../../renderer/judgement/state-changes.ts';
import { streamLengths } from '../../renderer/judgement/stream-lengths.ts';
import { arrowsOf, messagesOf } from '../../renderer/ladder/from-trace.ts';
import { ghostArrows } from '../../renderer/ladder/layout/ghosts.ts';
import { headAt } from '../../renderer/ladder/layout/hit-test.ts';
import { makeLadderScene } from '../../renderer/ladder/ladder-scene.ts';
import { commandItems, foundItems, placeItems } from '../../renderer/panels/palette-items.ts';
import { arriveAt, resizeLadder } from '../../renderer/store/edits.ts';
import { judgedBy, makeLibraryStore } from '../../renderer/store/library-store.ts';
import { initialState } from '../../renderer/store/renderer-state.ts';
import { makeStore } from '../../renderer/store/store.ts';
import { shapeOf } from '../../renderer/store/window-shape.ts';
import { exchangesOf } from '../../renderer/words/agreed-lines.ts';
import { keyTable } from '../../renderer/words/keys.ts';
import { parsedFields } from '../../renderer/words/parsed-message.ts';
import { reviewComment } from '../../renderer/words/review-comment.ts';
import { wireText } from '../../renderer/words/wire-text.ts';
import {
  findClause,
  isSip,
  micros,
  type ClauseId,
  type MessageView,
  type NodeId,
  type NodeView,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import { figureRun, figureTrace, measure } from './trace-of-run.ts';

const traces = figureTrace();
const messages = traces.view(messagesOf);
const { header, records } = traces.trace;

function ofStep(step: number): MessageView {
  const found = messages.find((one) => one.step === step);
  if (found === undefined) throw new Error(`the figure has no step ${step}`);
  return found;
}

describe('the palette', () => {
  const places = placeItems({
    header,
    arrows: traces.view(arrowsOf),
    clauses: figureRun().verdicts.map(({ clause }) => clause),
    scenarios: [],
  });

  test('finds messages, clauses, gaps and switches by any of their words', () => {
    const says = (sought: string): string[] => foundItems(places, sought).map((item) => item.says);
    expect(says('step 6')[0]).toBe('Step 6 UPDATE, Server to Client-A');
    expect(says('con-srv-07')[0]).toBe('CON-SRV-07 UPDATE to Client-A');
    expect(says('reinv')).toEqual(['SW-REINV-ACK']);
    expect(says('gap-03')).toEqual(['GAP-03 When step 5 is acknowledged', 'SW-REINV-ACK']);
    expect(says('no such thing')).toEqual([]);
  });

  test('goes to an instant', () => {
    expect(foundItems(places, '5.65s')[0]?.deed).toEqual({ kind: 'instant', at: 5_650_000 });
    expect(foundItems(places, '5650 ms')[0]?.deed).toEqual({ kind: 'instant', at: 5_650_000 });
  });

  test('knows every command of the key table, with its keys', () => {
    const actions = commandItems().map(({ deed }) => (deed.kind === 'command' ? deed.action : ''));
    const others = keyTable
      .map(({ action }) => action)
      .filter((action) => !actions.includes(action));
    expect(others.filter((action) => !action.startsWith('node '))).toEqual(['leave']);
    expect(foundItems(commandItems(), 'undo')[0]?.hint).toBe('Ctrl Z');
  });
});

describe('a message, read', () => {
  const fieldsOf = (message: MessageView) => {
    if (header === null || !isSip(message.packet)) throw new Error('it is no SIP');
    return parsedFields(message, wireText(message.packet).headers, messages, header);
  };

  test('each field is a field of the wire, and what it means is said', () => {
    const answer = ofStep(7);
    const fields = fieldsOf(answer);
    expect(fields[0]).toMatchObject({ place: -1, name: 'Response', means: 'success' });
    expect(fields.find(({ name }) => name === 'Via')?.means).toBe('answers UPDATE 6');
    const names = isSip(answer.packet)
      ? wireText(answer.packet).headers.map((one) => one.name)
      : [];
    expect(fields.slice(1).map(({ name }) => name)).toEqual(names);
    const ack = fieldsOf(ofStep(10));
    expect(ack.find(({ name }) => name === 'CSeq')?.means).toBe(
      'confirms the answer to re-INVITE 4',
    );
    const prack = messages.find(({ text }) => text === 'PRACK');
    expect(prack === undefined ? [] : fieldsOf(prack)).toContainEqual(
      expect.objectContaining({ name: 'RAck', means: 'acknowledges 180 Ringing' }),
    );
  });

  test('parameters come apart, but not within brackets', () => {
    const from = fieldsOf(ofStep(6)).find(({ name }) => name === 'From');
    expect(from?.parts.map(({ name }) => name)).toEqual(['', 'tag']);
    expect(from?.parts[0]?.value).toMatch(/^<sip:/);
  });
});

describe('an offer and its answer', () => {
  test('stand beside each other, with what is in effect', () => {
    const [exchange] = exchangesOf(ofStep(7), messages);
    expect(exchange?.offer.step).toBe(6);
    expect(exchange?.answer?.step).toBe(7);
    const rows = exchange?.rows.map(({ offered, effective, codec }) => [
      offered.media,
      effective,
      codec,
    ]);
    expect(rows).toEqual([
      ['audio', '⇄', 'AMR-WB'],
      ['video', expect.stringMatching(/[⇄→]/), 'H264'],
    ]);
  });

  test('a line that is refused is in no effect', () => {
    const [exchange] = exchangesOf(ofStep(1), messages);
    expect(exchange?.rows.map(({ effective }) => effective)).toEqual(['⇄', '∅']);
  });
});

describe('ghosts', () => {
  const store = makeStore(initialState([], micros(0), shapeOf(1440, 900)));
  const scene = makeLadderScene(store, traces, measure);
  store.edit(resizeLadder(815, 561));
  store.edit(arriveAt(micros(0), null));
  const { arrows } = traces.view(arrowsOf);

  test('of the same run there are none; of another only what is not just so', () => {
    const layout = scene.layout();
    expect(ghostArrows(layout, arrows, arrows)).toEqual([]);
    const later = arrows.map((arrow) =>
      arrow.step === 6 && arrow.journey.end === 'arrives'
        ? {
            ...arrow,
            journey: { end: 'arrives' as const, atMicros: arrow.journey.atMicros + 100_000 },
          }
        : arrow,
    );
    const [ghost, ...others] = ghostArrows(layout, later, arrows);
    expect(others).toEqual([]);
    const own = layout.arrows.find(({ id }) => `ghost ${id}` === ghost?.id);
    expect(ghost).toMatchObject({ x1: own?.x1, y1: own?.y1, x2: own?.headX });
    expect(ghost?.y2).toBeGreaterThan(own?.headY ?? Infinity);
  });

  test('an arrowhead can be taken hold of at its tip, and of media none', () => {
    const layout = scene.layout();
    const own = layout.arrows.find(({ id }) => id === String(ofStep(6).record));
    const scroll = { scrollX: 0, scrollY: 0 };
    expect(headAt(layout, (own?.headX ?? 0) + 3, own?.headY ?? 0, scroll)).toBe(own?.id);
    expect(
      headAt(layout, ((own?.x1 ?? 0) + (own?.headX ?? 0)) / 2, own?.y1 ?? 0, scroll),
    ).toBeNull();
  });
});

describe('what a record changes', () => {
  const node = 1 as NodeId;
  const view = (value: string | null, timers: NodeView['timers'] = []): NodeView => ({
    node,
    groups: [
      {
        title: 'leg',
        peer: null,
        facts: value === null ? [] : [{ name: 'Dialog', value, subject: 'call' }],
      },
    ],
    timers,
  });

  test('values that differ, come or go', () => {
    const facts = (before: string | null, after: string | null) =>
      changedGroups(view(before), view(after)).flatMap((group) =>
        group.facts.map(({ value, was, changed }) => [was, value, changed]),
      );
    expect(facts('early', 'confirmed')).toEqual([['early', 'confirmed', true]]);
    expect(facts('early', 'early')).toEqual([['early', 'early', false]]);
    expect(facts(null, 'early')).toEqual([[null, 'early', true]]);
    expect(facts('early', null)).toEqual([['early', null, true]]);
  });

  test('timers that start, run and end', () => {
    const running = { timer: 'A x', firesAt: micros(5) };
    const started = { timer: 'B x', firesAt: micros(9) };
    const ended = { timer: 'C x', firesAt: micros(7) };
    const changes = changedTimers(view('a', [running, ended]), view('a', [running, started]));
    expect(changes.map(({ timer, change }) => `${timer} ${change}`)).toEqual([
      'A x runs',
      'B x starts',
      'C x ends',
    ]);
  });

  test('since when it is so: the last record of the same subject', () => {
    const [received] = ofStep(7).received;
    const { packet } = ofStep(7);
    const callId = isSip(packet) ? packet.callId : '';
    const fresh = traces.view(freshDescriptionsOf);
    const sinceAt = (subject: string, node: NodeId, upTo: RecordNumber | number | undefined) =>
      sinceOf(records, node, subject, (upTo ?? 0) as RecordNumber, fresh)?.at;
    // Step 7 itself confirms it: the note of that comes after the arrival.
    const server = ofStep(7).to;
    expect(sinceAt(callId, server, received)).toBe(5_480_000);
    expect(sinceAt(callId, server, ofStep(5).received[0])).toBe(280_000);
    expect(sinceAt(callId, server, records.length)).toBe(13_580_000);
    expect(sinceAt('nothing', server, 5)).toBeUndefined();
    // An exchange is as it is since the description that was sent or came last.
    expect(sinceAt(`session of ${callId}`, server, received)).toBe(5_480_000);
    expect(sinceAt(`session of ${callId}`, server, ofStep(6).record)).toBe(5_390_000);
    expect(sinceAt(`session of ${callId}`, ofStep(6).to, ofStep(6).record)).toBe(330_000);
  });

  test('the Resource Server says how far its player is, and how many packets its ports have had', () => {
    const server = figureRun().header.nodes.find(({ party }) => party === 'R')?.id as NodeId;
    const fresh = traces.view(freshDescriptionsOf);
    const { record } = ofStep(6);
    expect(sinceOf(records, server, 'player of Client-A', record, fresh)?.at).toBe(310_000);
    const at = micros(5_390_000);
    const lengths = [...streamLengths(records, server, at).values()];
    const ring = lengths.find(({ since }) => since === 310_000);
    // A packet every 20 ms, and the first of them at once.
    expect(ring).toEqual({ since: 310_000, packets: (5_390 - 310) / 20 + 1 });
    expect([...streamLengths(records, server, micros(300_000))]).toEqual([]);
    expect([...streamLengths(records, server, micros(60_000_000))]).toEqual([]);
  });
});

describe('clauses beyond this run', () => {
  test('the library knows where each is satisfied, and of one whose text changed only the last', () => {
    const versions: number[] = [];
    const library = makeLibraryStore((version) => versions.push(version));
    const clause = 'FLOW-CON-06' as ClauseId;
    library.take('a', judgedBy([{ clause, verdict: 'violated' }]));
    library.take('b', judgedBy([{ clause, verdict: 'not exercised' }]));
    expect(library.coverage().get(clause)).toMatchObject({ violated: ['a'], satisfied: [] });
    library.take('a', judgedBy([{ clause, verdict: 'satisfied' }]));
    expect(library.coverage().get(clause)).toEqual({
      satisfied: ['a'],
      violated: [],
      inconclusive: [],
      'not exercised': ['b'],
    });
    expect([library.size, versions]).toEqual([2, [1, 2, 3]]);
  });

  test('a review comment says what, where, and how to have it again', () => {
    const run = figureRun();
    const verdict = run.verdicts.find((one) => one.clause === 'CON-SRV-07');
    if (verdict === undefined) throw new Error('CON-SRV-07 is not judged');
    const comment = reviewComment({
      title: run.header.title,
      seed: run.header.seed,
      fingerprint: run.fingerprint,
      command: 'ringscope run figure.cmr.yaml',
      clause: findClause('CON-SRV-07'),
      verdict,
      evidence: ['CMR Server sends UPDATE.'],
    });
    for (const part of [
      '**CON-SRV-07** is satisfied in “Continue, as in the figure”.',
      '- CMR Server sends UPDATE.',
      'ringscope run figure.cmr.yaml',
      run.fingerprint,
    ]) {
      expect(comment).toContain(part);
    }
  });
});
