import { printSeconds } from '../../base/micros.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { Run } from '../../run/run.ts';
import type { MessageView } from '../../trace/message-view.ts';
import { traceIndex, type TraceIndex } from '../../trace/trace-index.ts';

/** One copy of a message on the wire. */
export interface Copy {
  readonly view: MessageView;
  readonly isSecond: boolean;
  /** Which of the TCP segments that it takes, counted from 1; null where it is one packet. */
  readonly segment: { readonly number: number; readonly of: number } | null;
}

/**
 * What each packet's comment says, in three parts: the record and where it comes from; the clauses
 * that it is evidence for; what became of it. `record 136, caused by 126, step 6; CON-SRV-07
 * satisfied, FLOW-CON-06 satisfied; received at 5.430000 s, record 139`.
 */
export function packetComments({ records, verdicts }: Run): (copy: Copy) => string {
  const judged = new Map<RecordNumber, number[]>();
  for (const [place, { evidence }] of verdicts.entries()) {
    for (const record of evidence) judged.set(record, [...(judged.get(record) ?? []), place]);
  }
  const index = traceIndex(records);

  /** Each clause once, in the order in which the run's verdicts stand. */
  const clausesOf = (copy: Copy): string => {
    const shown = [copy.view.record, ...arrivalOf(copy)];
    const places = new Set(shown.flatMap((record) => judged.get(record) ?? []));
    return verdicts
      .filter((_verdict, place) => places.has(place))
      .map(({ clause, verdict }) => `${clause} ${verdict}`)
      .join(', ');
  };

  return (copy) => {
    const parts = [originOf(copy), clausesOf(copy), fateOf(copy, index)];
    return parts.filter((part) => part !== '').join('; ');
  };
}

function originOf({ view, isSecond, segment }: Copy): string {
  const { record, cause, step, resent, first } = view;
  const said = [
    `record ${record}`,
    cause === 0 ? 'caused by the scenario' : `caused by ${cause}`,
    ...(step === null ? [] : [`step ${step}`]),
    ...(resent === 0 ? [] : [`retransmission ${resent} of ${first}`]),
    ...(isSecond ? ['second copy, made by the network'] : []),
    ...(segment === null ? [] : [`segment ${segment.number} of ${segment.of}`]),
  ];
  return said.join(', ');
}

function fateOf(copy: Copy, index: TraceIndex): string {
  const departure = index.record(copy.view.record);
  if (departure?.kind === 'dropped') return `lost: ${departure.why}`;
  const [number] = arrivalOf(copy);
  const arrival = number === undefined ? null : index.record(number);
  if (arrival === null) return 'not received before the end of the run';
  return `received at ${printSeconds(arrival.at, 6)} s, record ${arrival.number}`;
}

/** The record of this copy's own arrival: copies arrive in their order. */
function arrivalOf({ view, isSecond }: Copy): readonly RecordNumber[] {
  return view.received.slice(isSecond ? 1 : 0, isSecond ? 2 : 1);
}
