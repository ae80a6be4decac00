import { describe, expect, it } from 'vitest';

import type { Micros } from '../../../sim-core/base/micros.ts';
import type { Note, RecordNumber, TraceRecord } from '../../../sim-core/kernel/trace-record.ts';
import type { ClauseId } from '../../../sim-core/base/clause-id.ts';
import { ladderRows, textLadder, type LadderOptions } from '../../../sim-core/trace/text-ladder.ts';
import { figure, told } from '../../support/scenarios.ts';
import { header, ids, viewOf, withoutColour, type WrittenView } from './written-views.ts';

const plain: LadderOptions = {
  width: 100,
  colour: false,
  ascii: true,
  steps: false,
  timers: 'with effect',
};

function rows(
  views: readonly WrittenView[],
  options: Partial<LadderOptions> = {},
  records: readonly TraceRecord[] = [],
): string[] {
  return ladderRows(header, views.map(viewOf), records, { ...plain, ...options });
}

/** What stands at a node at that moment, in ms. */
function record(
  number: number,
  party: keyof typeof ids,
  at: number,
  what: Partial<TraceRecord> & { readonly kind: TraceRecord['kind'] },
): TraceRecord {
  const base = { number, cause: 0, at: at * 1_000, node: ids[party] };
  return { ...base, ...what } as unknown as TraceRecord;
}

function note(number: number, party: keyof typeof ids, at: number, what: Note): TraceRecord {
  return record(number, party, at, { kind: 'note', note: what });
}

/** What is to be read, however it is broken into lines. */
function words(ladder: readonly string[]): string {
  return ladder.join('').replace(/[|\s]+/g, '');
}

const invite: WrittenView = {
  record: 3,
  from: 'A',
  to: 'S',
  at: 0,
  takes: 40,
  text: 'INVITE',
  marks: [{ side: 'O', number: 1, disposition: 'session' }],
};

describe('the ladder as text', () => {
  it('is one row a message: number, time, sender to receiver, label and latency', () => {
    expect(
      rows(
        [
          invite,
          { record: 12, from: 'S', to: 'B', at: 50, takes: 40, text: 'INVITE' },
          { record: 20, from: 'B', to: 'S', at: 100, takes: 40, text: '180 Ringing' },
          { record: 31, from: 'S', to: 'R', at: 150, takes: 10, text: 'reserve' },
          { record: 34, from: 'R', to: 'S', at: 170, takes: 10, text: 'ok' },
        ],
        { width: 90 },
      ),
    ).toEqual([
      ' #     ms CMR Client-A          CMR Server            CMR Resource Server     CMR Client-B',
      ' 3      0  |- INVITE O1 ------ +40 ->|                         |                         |',
      '12     50  |                         |- INVITE ----------------------------------- +40 ->|',
      '20    100  |                         |<- +40  - - - - - - - - - - - - - - - 180 Ringing -|',
      '31    150  |                         |- reserve -------- +10 ->|                         |',
      '34    170  |                         |<- +10  - - - - - -  ok -|                         |',
    ]);
  });

  it('draws with lines where the terminal has them', () => {
    const [, row] = rows([invite], { ascii: false });
    expect(row).toMatch(/^3 +0 {2}│─ INVITE O1 ─+ \+40 ─▶│ +│ +│$/);
    const [, response] = rows([{ ...invite, text: '200 (INVITE)' }], { ascii: false });
    expect(response).toContain('│╌ 200 (INVITE) O1 ╌');
  });

  it('marks steps, retransmissions, losses, copies taken without effect, and second copies', () => {
    const ladder = rows([
      { record: 1, from: 'S', to: 'A', at: 0, takes: 40, text: 'UPDATE', step: 6 },
      { record: 2, from: 'B', to: 'S', at: 1, takes: 40, text: '200 (re-INVITE)', resent: 1 },
      { record: 3, from: 'S', to: 'B', at: 2, takes: 40, text: 'ACK', step: 10, lost: true },
      { record: 5, from: 'A', to: 'S', at: 3, takes: 40, text: 'PRACK', absorbed: true },
      { record: 7, from: 'A', to: 'S', at: 4, takes: 40, text: 'BYE', againAt: 67_000 as Micros },
      { record: 9, from: 'A', to: 'S', at: 5, takes: 40, text: 'INFO', received: [] },
    ]).slice(1);
    expect(ladder[0]).toMatch(/\|<- \+40 -+ 6 UPDATE -\|/);
    expect(ladder[1]).toMatch(/\|<- \+40 [- ]+ R1 200 \(re-INVITE\) -\|$/);
    expect(ladder[2]).toMatch(/\|- 10 ACK -+X lost +\|$/);
    expect(ladder[3]).toMatch(/\|- PRACK -+ \+40 -o\|/);
    expect(ladder[4]).toMatch(/\|- BYE -* \+40 x2 \+63 ->\|/);
    expect(ladder[5]).toMatch(/\|- INFO -* \+40 in flight ->\|/);
  });

  it('gives early sessions, media and control their own look', () => {
    const ladder = rows([
      {
        record: 1,
        from: 'S',
        to: 'A',
        at: 0,
        takes: 40,
        text: '180 Ringing',
        marks: [
          { side: 'A', number: 1, disposition: 'session' },
          { side: 'O', number: 1, disposition: 'early-session' },
        ],
      },
      { record: 3, from: 'R', to: 'A', at: 1, takes: 40, text: 'audio from ring', leg: 'media' },
    ]).slice(1);
    expect(ladder[0]).toContain(' 180 Ringing A1 eO1 ');
    expect(ladder[1]).toMatch(/\|<= \+40 =+ audio from ring =\|/);
  });

  it('marks the arrival of messages that cross, and of no others', () => {
    const cancel = { record: 1, from: 'A', to: 'S', at: 0, takes: 40, text: 'CANCEL' } as const;
    const crossing = rows([
      cancel,
      { record: 2, from: 'S', to: 'A', at: 10, takes: 40, text: '200 (INVITE)' },
    ]);
    expect(crossing.filter((row) => row.includes('arrives'))).toEqual([
      expect.stringMatching(/^2 +40 .*\| > CANCEL arrives \(#1\)/),
      expect.stringMatching(/^3 +50 {2}\| > 200 \(INVITE\) arrives \(#2\)/),
    ]);
    const after = rows([
      cancel,
      { record: 2, from: 'S', to: 'A', at: 40, takes: 40, text: '200 (INVITE)' },
    ]);
    expect(after.join('\n')).not.toContain('arrives');
    const overtaken = rows([
      { ...cancel, takes: 100 },
      { record: 2, from: 'A', to: 'S', at: 10, takes: 20, text: 'BYE' },
    ]);
    expect(overtaken.filter((row) => row.includes('arrives'))).toHaveLength(2);
  });

  it('gives users, decisions, mixing and timers with effect a row at their lifeline', () => {
    const fired = record(5, 'B', 500, { kind: 'timer fired', timer: 'G z9-1' } as never);
    const idle = record(7, 'B', 600, { kind: 'timer fired', timer: 'K z9-1' } as never);
    const records: TraceRecord[] = [
      record(1, 'A', 0, { kind: 'user', action: { kind: 'dial', target: 'sip:b@x' } } as never),
      note(2, 'S', 10, {
        kind: 'decision',
        about: 'Continue',
        chosen: 'continue',
        why: 'the subscriber prefers to continue',
        clause: 'CON-SRV-01' as ClauseId,
      }),
      note(3, 'R', 20, {
        kind: 'mixing',
        cells: [
          { input: 'ring', output: 'client-a', medium: 'audio', gainPercent: 25 },
          { input: 'client-b', output: 'client-a', medium: 'audio', gainPercent: 100 },
        ],
      }),
      fired,
      {
        ...record(6, 'B', 500, { kind: 'sent', packet: { protocol: 'SIP' } } as never),
        cause: 5 as RecordNumber,
      },
      idle,
    ];
    const ladder = rows([], {}, records);
    expect(ladder.join('\n')).toContain('| * dials sip:b@x');
    expect(words(ladder)).toContain('<>Continue:continue(thesubscriberpreferstocontinue)');
    expect(ladder.join('\n')).toContain('= mixes: client-a hears ring 25% + client-b');
    expect(ladder.join('\n')).toMatch(/\[T:G\] fires \|$/m);
    expect(ladder.join('\n')).not.toContain('T:K');
    expect(ladder.at(-1)).toBe('1 firing of timers without effect not shown');
    const all = rows([], { timers: 'all' }, records).join('\n');
    expect(all).toMatch(/\[T:K z9-1\] fires \|$/m);
    expect(all).not.toContain('not shown');
  });

  it('shows procedure steps when asked', () => {
    const step = note(1, 'S', 0, {
      kind: 'procedure step',
      procedure: 'Continue',
      step: 'Client-A considers the UPDATE',
      clause: 'FLOW-CON-07' as ClauseId,
    });
    expect(rows([], {}, [step]).join('\n')).not.toContain('considers');
    expect(rows([], { steps: true }, [step]).join('\n')).toContain(
      '{Client-A considers the UPDATE}',
    );
  });

  it('says how long nothing happened', () => {
    const ladder = rows([invite, { ...invite, record: 9, at: 5_200 }]);
    expect(ladder[2]).toMatch(/^ *5\.200 s {2}: +: +: +:$/);
  });

  it('counts in microseconds where the run does', () => {
    const ladder = rows([invite, { ...invite, record: 9, at: 50.25, takes: 40.5 }]);
    expect(ladder[1]).toMatch(/^3 +0\.000 /);
    expect(ladder[2]).toMatch(/^9 +50\.250 .* \+40\.5 ->/);
  });

  it('keeps labels whole where they do not fit on the shaft', () => {
    const wide: WrittenView = {
      ...invite,
      text: '487 Request Terminated',
      shortText: '487',
      facts: ['100rel', 'Reason: SIP;cause=200;text="Call completed elsewhere"'],
      from: 'S',
      to: 'A',
    };
    const narrow = rows([wide], { width: 60 });
    expect(words(narrow)).toContain('487O1');
    expect(words(narrow)).toContain('100rel;Reason:SIP;cause=200;text="Callcompletedelsewhere"');
    const endless = rows([{ ...wide, shortText: wide.text, facts: [] }], { width: 60 });
    expect(words(endless)).toContain('487RequestTerminatedO1');
  });

  it('colours by leg, and is the same text without', () => {
    const views = [invite, { ...invite, record: 9, from: 'S', to: 'B' } as const];
    const coloured = rows(views, { colour: true });
    const esc = String.fromCharCode(27);
    expect(coloured[1]).toContain(`${esc}[94m- INVITE O1 `);
    expect(coloured[2]).toContain(`${esc}[33m- INVITE O1 `);
    expect(coloured.map(withoutColour)).toEqual(rows(views));
  });
});

describe('the ladder of a whole call', () => {
  const { header: of, records } = told(figure());

  it.each([60, 72, 80, 100, 132, 200])('stays within %i columns, in ASCII when asked', (width) => {
    for (const ascii of [true, false]) {
      const ladder = textLadder(of, records, {
        ...plain,
        width,
        ascii,
        steps: true,
        timers: 'all',
      });
      const widest = Math.max(...ladder.map((row) => Array.from(row).length));
      expect(widest).toBeLessThanOrEqual(width);
      if (ascii) expect(ladder.join('')).toMatch(/^[\x20-\x7E]*$/);
    }
  });

  it('has the eleven steps of Continue in their order', () => {
    const text = textLadder(of, records, plain).join('\n');
    const steps = [...text.matchAll(/ (\d+) (200|ACK|allocate|re-INVITE|UPDATE|mix)\b/g)];
    expect(steps.map((match) => Number(match[1]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('is the same at every call', () => {
    expect(textLadder(of, records, plain)).toEqual(textLadder(of, records, plain));
  });

  it('has a row for every message', () => {
    const ladder = textLadder(of, records, plain).join('\n');
    for (const { kind, number } of records) {
      if (kind === 'sent' || kind === 'dropped') {
        expect(ladder).toMatch(new RegExp(`^ *${number} +[0-9.]+ `, 'm'));
      }
    }
  });
});
