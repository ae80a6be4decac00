import { describe, expect, test } from 'vitest';

import { statesAround, journeyThrough, startRun } from '../../../sim-core/index.ts';
import {
  viewMessages,
  type NodeView,
  type RecordNumber,
  type StateFact,
  type TraceRecord,
} from '../../../sim-core/reading.ts';
import { figure } from '../../support/scenarios.ts';

const records: TraceRecord[] = [];
const live = startRun(figure(), { engine: 'test', observe: (record) => records.push(record) });
live.advance(Infinity);
const journey = journeyThrough(figure(), figure().seed, live.chooser.log, 40);
const views = viewMessages(live.header, records);

const [clientA, server, resourceServer, clientB] = live.header.nodes.map(({ id }) => id);

/** The record in which the message of that step of Continue arrives. */
function arrivalOf(step: number): RecordNumber {
  const [received] = views.find((view) => view.step === step)?.received ?? [];
  if (received === undefined) throw new Error(`step ${step} never arrives`);
  return received;
}

function around(record: RecordNumber, node = server) {
  const { before, after } = statesAround(journey, record);
  const of = (list: readonly NodeView[]): NodeView => {
    const found = list.find((one) => one.node === node);
    if (found === undefined) throw new Error('a node has no state');
    return found;
  };
  return { before: of(before), after: of(after) };
}

function facts({ groups }: NodeView, title: string, peer: number | null = null): string[] {
  return groups
    .filter((group) => group.title === title && group.peer === peer)
    .flatMap((group) => group.facts.map(({ name, value }: StateFact) => `${name}: ${value}`));
}

describe('the state of a node around a record', () => {
  test('step 7 ends the exchange on leg A, confirms its dialog and answers its INVITE', () => {
    const { before, after } = around(arrivalOf(7));
    expect(facts(before, 'leg', clientA)).toContain('Dialog: early');
    expect(facts(after, 'leg', clientA)).toContain('Dialog: confirmed');
    expect(facts(before, 'leg', clientA)).toContain('UPDATE client: Trying, CSeq 1');
    expect(facts(after, 'leg', clientA)).toContain('UPDATE client: Completed, CSeq 1');
    expect(facts(before, 'leg', clientA).find((one) => one.startsWith('Session'))).toMatch(
      /^Session: offer sent/,
    );
    expect(facts(after, 'leg', clientA).find((one) => one.startsWith('Session'))).toMatch(
      /^Session: agreed: audio 198\.51\.100\.6:40004 ⇄ 192\.0\.2\.17:50056; video /,
    );
    expect(facts(after, 'call')).toContain('Continue, CMRBT: Client-A acknowledges the 200');
    expect(facts(after, 'call')).toContain('Owes: ACK for CSeq 2');
  });

  test('a 200 waits for its ACK, and so does its timer, with the time it has left', () => {
    const { after } = around(arrivalOf(7));
    expect(facts(after, 'leg', clientA)).toContain('2xx: 200 waits for its ACK');
    // The 200 leaves when the Server's 10 ms have passed; T1 counts from there.
    const sent = (records[arrivalOf(7) - 1]?.at ?? 0) + 10_000;
    expect(after.timers.find(({ timer }) => timer.startsWith('2xx z'))?.firesAt).toBe(
      sent + 500_000,
    );
    const { before, after: acknowledged } = around(arrivalOf(9));
    expect(facts(before, 'leg', clientA)).toContain('2xx: 200 waits for its ACK');
    expect(facts(acknowledged, 'leg', clientA)).not.toContain('2xx: 200 waits for its ACK');
  });

  test('a reliable response waits for its PRACK', () => {
    const ringing = views.find(({ packet, to }) => packet.label === '180' && to === clientA);
    const sent = records[(ringing?.record ?? 1) - 1]?.cause;
    expect(facts(around(sent ?? arrivalOf(1)).after, 'leg', clientA)).toContain(
      'Reliable: 180 RSeq 1 waits for its PRACK',
    );
  });

  test('the Resource Server plays, has ports, and mixes', () => {
    const mixing = records.find(
      (record) => record.kind === 'note' && record.note.kind === 'mixing',
    );
    const { before, after } = around(mixing?.number ?? arrivalOf(11), resourceServer);
    expect(facts(before, 'ring of Client-A')).toContain('Mixer: allocated, not mixing');
    expect(facts(after, 'ring of Client-A')).toEqual(
      expect.arrayContaining([
        'Player: plays ringing-7',
        'Port 40004: audio towards Client-A',
        'Mixer: on',
        'ringing-7 → client-a: audio, −12 dB',
      ]),
    );
  });

  test('a terminal knows what its party hears', () => {
    const answers = records.find(({ kind, node }) => kind === 'user' && node === clientB);
    const { before, after } = around(answers?.number ?? arrivalOf(1), clientB);
    expect(facts(before, 'call')).toEqual([
      'The call: alerting',
      'Hears: ring tone',
      'Sees: nothing',
    ]);
    expect(facts(after, 'call')).toEqual(['The call: in call', 'Hears: nothing', 'Sees: nothing']);
  });

  test('it is the same whichever checkpoint it is reached from, forwards and backwards', () => {
    const far = journeyThrough(figure(), figure().seed, live.chooser.log, 100_000);
    for (const record of [arrivalOf(11), arrivalOf(1), 1 as RecordNumber, arrivalOf(6)]) {
      expect(statesAround(journey, record)).toEqual(statesAround(far, record));
    }
  });
});
