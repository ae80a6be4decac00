import { clause } from '../../../../sim-core/base/clause-id.ts';
import { traceBuilder, type TraceBuilder } from '../../../support/trace-builder.ts';
import type { SipMove } from '../../../support/trace-packets.ts';
import { sdp } from '../reference-media.ts';

/*
 * Calls of Client-A and the CMR Server alone, 40 ms apart: the INVITE leaves at 10 ms, the 180 at
 * 100 ms, the 200 at 200 ms, a BYE at 1 000 ms.
 */

const says = { Supported: '100rel, timer', Allow: 'INVITE, ACK, CANCEL, BYE, PRACK, UPDATE' };

export function asked(more: Partial<SipMove> = {}): TraceBuilder {
  const move = { at: 10, arrives: 50, opens: true, sdp: sdp.offerOfA, headers: says };
  return traceBuilder().sip('A', 'S', 'INVITE', { ...move, ...more });
}

export function rung(): TraceBuilder {
  return asked()
    .sip('S', 'A', 100, { at: 50, arrives: 90, answers: 'A INVITE', cause: 'A INVITE' })
    .sip('S', 'A', 180, { at: 100, arrives: 140, answers: 'A INVITE' });
}

export function answered(): TraceBuilder {
  return rung()
    .sip('S', 'A', 200, {
      at: 200,
      arrives: 240,
      answers: 'A INVITE',
      sdp: sdp.ring,
      headers: says,
    })
    .sip('A', 'S', 'ACK', { at: 250, arrives: 290, cause: 'S 200' });
}

export function refused(status = 486): TraceBuilder {
  return rung()
    .sip('S', 'A', status, { at: 200, arrives: 240, answers: 'A INVITE' })
    .sip('A', 'S', 'ACK', { at: 250, arrives: 290, like: 'A INVITE', cause: `S ${status}` });
}

/** The caller or the called side hangs up an answered call. */
export function hungUp(by: 'A' | 'S'): TraceBuilder {
  const other = by === 'A' ? 'S' : 'A';
  return answered()
    .sip(by, other, 'BYE', { at: 1_000, arrives: 1_040, cseq: 2 })
    .sip(other, by, 200, { at: 1_050, arrives: 1_090, answers: `${by} BYE` }, 'last 200');
}

export function cancelled(): TraceBuilder {
  return rung()
    .sip('A', 'S', 'CANCEL', { at: 300, arrives: 340, like: 'A INVITE', opens: true })
    .sip(
      'S',
      'A',
      200,
      { at: 350, arrives: 390, answers: 'A CANCEL', cause: 'A CANCEL' },
      'S 200 C',
    )
    .sip('S', 'A', 487, { at: 350, arrives: 390, answers: 'A INVITE', cause: 'A CANCEL' })
    .sip('A', 'S', 'ACK', { at: 400, arrives: 440, like: 'A INVITE', cause: 'S 487' });
}

/** A request within the answered call and its response, from 1 000 ms on. */
export function within(
  what: 'UPDATE' | 'INFO' | 'INVITE' | 'PRACK',
  status: number,
  move: Partial<SipMove> = {},
  by: 'A' | 'S' = 'S',
): TraceBuilder {
  const other = by === 'A' ? 'S' : 'A';
  const name = `${by} re-${what}`;
  const request = { at: 1_000, arrives: 1_040, cseq: 2, sdp: sdp.update, ...move };
  return answered()
    .sip(by, other, what, request, name)
    .sip(other, by, status, { at: 1_050, arrives: 1_090, answers: name, sdp: null }, 'answer');
}

/** The state a transaction of Client-A enters, as its node says. */
export function state(
  trace: TraceBuilder,
  machine: string,
  branch: string,
  to: string,
  at: number,
): TraceBuilder {
  const note = {
    kind: 'state',
    machine,
    subject: branch,
    peer: 2,
    from: 'Calling',
    to,
    clause: clause('R-TX-04'),
  } as const;
  return trace.note('A', { ...note, peer: note.peer as never }, at, `${machine} ${to}`);
}

/** Copies after the first at these offsets, each 40 ms on its way, or lost. */
export function copies(
  first: number,
  offsets: readonly number[],
  lost = false,
): NonNullable<SipMove['again']> {
  return offsets.map((offset) => {
    const at = first + offset;
    return { at, arrives: lost ? null : at + 40 };
  });
}

export const timerA = [500, 1_500, 3_500, 7_500, 15_500, 31_500];
export const timerE = [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
