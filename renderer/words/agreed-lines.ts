import { isSip, type Disposition, type MessageView } from '../../sim-core/reading.ts';
import { mediaLines, type MediaLine } from './media-lines.ts';

/** An offer and its answer, beside each other. */
export interface Exchange {
  readonly disposition: Disposition;
  readonly number: number;
  readonly offer: MessageView;
  /** Null while there is none. */
  readonly answer: MessageView | null;
  readonly rows: readonly ExchangeRow[];
}

export interface ExchangeRow {
  readonly offered: MediaLine;
  readonly answered: MediaLine | null;
  /** Which way media may go then, seen from the offerer: `⇄`, `→`, `←`, `∅`; null: not agreed. */
  readonly effective: string | null;
  /** The codec that both name, the answer's first; null where nothing flows. */
  readonly codec: string | null;
}

/** The exchanges of which a message carries the offer or the answer. */
export function exchangesOf(message: MessageView, messages: readonly MessageView[]): Exchange[] {
  const { packet } = message;
  if (!isSip(packet)) return [];
  const { callId } = packet;
  return message.marks.flatMap(({ disposition, number }) => {
    const half = (side: 'O' | 'A'): MessageView | null =>
      messages.find(
        (one) =>
          isSip(one.packet) &&
          one.packet.callId === callId &&
          one.marks.some(
            (mark) =>
              mark.side === side && mark.number === number && mark.disposition === disposition,
          ),
      ) ?? null;
    const offer = half('O');
    const answer = half('A');
    if (offer === null) return [];
    const answered = linesOf(answer, disposition);
    const rows = linesOf(offer, disposition).map((line, place): ExchangeRow => {
      const other = answered[place] ?? null;
      return { offered: line, answered: other, ...effectOf(line, other) };
    });
    return [{ disposition, number, offer, answer, rows }];
  });
}

function linesOf(message: MessageView | null, disposition: Disposition): MediaLine[] {
  if (message === null || !isSip(message.packet)) return [];
  const body = message.packet.bodies.find((one) => one.disposition === disposition);
  return body === undefined ? [] : mediaLines(body.description);
}

function effectOf(
  offered: MediaLine,
  answered: MediaLine | null,
): Pick<ExchangeRow, 'effective' | 'codec'> {
  if (answered === null) return { effective: null, codec: null };
  const out = sends(offered) && receives(answered);
  const back = sends(answered) && receives(offered);
  const effective = out ? (back ? '⇄' : '→') : back ? '←' : '∅';
  const common = answered.codecs.split(', ').find((codec) => offered.codecs.includes(codec));
  return { effective, codec: effective === '∅' ? null : (common ?? null) };
}

function sends({ way }: MediaLine): boolean {
  return way === 'both ways' || way === 'sends only';
}

function receives({ way }: MediaLine): boolean {
  return way === 'both ways' || way === 'receives only';
}
