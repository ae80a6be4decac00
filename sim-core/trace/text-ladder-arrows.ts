import { micros, printMilliseconds, type Micros } from '../base/micros.ts';
import type { MessageView } from './message-view.ts';
import { columnsOf, wrapText, write, type Ink, type TextRow } from './text-ladder-row.ts';
import { inkOf, laneRow, type Lanes, type Signs } from './text-ladder-lanes.ts';

/** A lost message's shaft ends here, of the way to the receiver; as in every other ladder. */
const lossAt = 0.62;

/** `6 UPDATE O2`, `R1 200 (re-INVITE) A2`: step, resending, what it is, offer and answer. */
export function labelOf(view: MessageView, name = view.text): string {
  const parts: string[] = [];
  if (view.step !== null) parts.push(String(view.step));
  if (view.resent > 0) parts.push(`R${view.resent}`);
  parts.push(name);
  for (const mark of view.marks) {
    const early = mark.disposition === 'early-session' ? 'e' : '';
    parts.push(`${early}${mark.side}${mark.number}`);
  }
  return parts.join(' ');
}

/** What became of it: `+40`, in ms; `lost`; `+40 ×2 +63`; `+40 in flight`. */
export function fateOf(view: MessageView, signs: Signs): string {
  if (view.lost) return 'lost';
  const after = `+${printMilliseconds(span(view.sentAt, view.arrivesAt))}`;
  if (view.againAt !== null) {
    return `${after} ${signs.twice} +${printMilliseconds(span(view.sentAt, view.againAt))}`;
  }
  return view.received.length === 0 ? `${after} in flight` : after;
}

function span(from: Micros, to: Micros): Micros {
  return micros(to - from);
}

/** Columns that an arrow with everything on its shaft takes from lane to lane. */
export function columnsNeeded(view: MessageView, signs: Signs): number {
  return columnsOf(labelOf(view)) + columnsOf(fateOf(view, signs)) + 7;
}

/**
 * The message as one row; with rows for its facts, or for its label, where these do not fit on
 * the shaft.
 */
export function arrowRows(view: MessageView, lanes: Lanes, signs: Signs): TextRow[] {
  const from = lanes.column.get(view.from) ?? lanes.gutter;
  const to = lanes.column.get(view.to) ?? lanes.gutter;
  const shaft: Shaft = {
    left: Math.min(from, to) + 1,
    length: Math.abs(to - from) - 1,
    rightwards: to > from,
    ink: inkOfView(view, lanes),
  };
  const label = labelOf(view);
  const fate = fateOf(view, signs);
  const facts = view.facts.join(signs.fact);
  const whole = facts === '' ? label : `${label}${signs.fact}${facts}`;
  for (const [text, below] of [
    [whole, ''],
    [label, facts],
    [labelOf(view, view.leg === 'media' ? view.text : view.shortText), facts],
  ] as const) {
    if (!fits(text, fate, view, shaft)) continue;
    const row = laneRow(lanes, signs);
    drawShaft(row, view, shaft, text, fate, signs);
    return [row, ...noteRows(below, shaft, lanes, signs)];
  }
  const row = laneRow(lanes, signs);
  drawShaft(row, view, shaft, '', fate, signs);
  return [...noteRows(whole, shaft, lanes, signs), row];
}

interface Shaft {
  /** First column between the two lanes. */
  readonly left: number;
  readonly length: number;
  readonly rightwards: boolean;
  readonly ink: Ink;
}

function inkOfView(view: MessageView, lanes: Lanes): Ink {
  if (view.leg !== 'media') return view.leg;
  const sender = lanes.nodes.find((node) => node.id === view.from);
  return inkOf(sender?.party ?? null);
}

/** Where a shaft of that length ends: at the other lane, or at the cross that leaves room. */
function reachOf(view: MessageView, length: number, label: string): number {
  if (!view.lost) return length;
  const wanted = Math.max(Math.floor(length * lossAt), columnsOf(label) + 4);
  return Math.max(1, Math.min(wanted, length - columnsOf('lost') - 1));
}

/** One column of shaft at either end, a space round each text, and the head. */
function fits(label: string, fate: string, view: MessageView, shaft: Shaft): boolean {
  if (view.lost) return columnsOf(label) + 4 <= reachOf(view, shaft.length, label);
  return columnsOf(label) + columnsOf(fate) + 6 <= shaft.length;
}

/** Draws from the sender on; a shaft to the left is written from right to left. */
function drawShaft(
  row: TextRow,
  view: MessageView,
  shaft: Shaft,
  label: string,
  fate: string,
  signs: Signs,
): void {
  const { length, rightwards, ink } = shaft;
  const reach = reachOf(view, length, label);
  const place = (fromSender: number, text: string): void => {
    const columns = columnsOf(text);
    const offset = rightwards ? fromSender : length - fromSender - columns;
    write(row, shaft.left + offset, text, ink);
  };
  const line = lineOf(view, signs);
  // Both ends of a response keep a stroke, whatever the pattern.
  for (let at = 0; at < reach; at += 1) place(at, line[at % line.length] ?? ' ');
  place(length - 2, line[0] ?? ' ');
  for (let at = reach; at < length; at += 1) place(at, ' ');
  if (label !== '') place(1, ` ${label} `);
  if (view.lost) {
    place(reach - 1, signs.lost);
    place(reach + 1, fate);
    return;
  }
  place(length - 4 - columnsOf(fate), ` ${fate} `);
  place(length - 1, view.absorbed ? signs.absorbed : rightwards ? signs.right : signs.left);
}

/** Solid for requests and commands, broken for responses and replies, double for media. */
function lineOf(view: MessageView, signs: Signs): string {
  if (view.leg === 'media') return signs.media;
  return view.isRequest ? signs.request : signs.response;
}

/** Text of its own rows, at the sender's end of the shaft; no lane right of it is drawn over. */
function noteRows(text: string, shaft: Shaft, lanes: Lanes, signs: Signs): TextRow[] {
  if (text === '') return [];
  return wrapText(text, shaft.length - 2).map((line) => {
    const row = laneRow(lanes, signs);
    const gap = shaft.rightwards ? 1 : shaft.length - 1 - columnsOf(line);
    write(row, shaft.left + gap, line, shaft.ink);
    return row;
  });
}

/**
 * Messages that passed another on its way: left before it arrived, the other way or faster. Only
 * these need their arrival marked in a ladder whose rows are departures.
 */
export function crossingMessages(views: readonly MessageView[]): ReadonlySet<MessageView> {
  const crossing = new Set<MessageView>();
  const hops = new Map<string, MessageView[]>();
  for (const view of views) {
    if (view.leg === 'media' || view.lost || view.received.length === 0) continue;
    const hop = [view.from, view.to].toSorted((a, b) => a - b).join(' ');
    const known = hops.get(hop);
    if (known === undefined) hops.set(hop, [view]);
    else known.push(view);
  }
  for (const hop of hops.values()) {
    hop.sort((a, b) => a.sentAt - b.sentAt);
    hop.forEach((view, index) => {
      for (let next = index + 1; next < hop.length; next += 1) {
        const later = hop[next];
        if (later === undefined || later.sentAt >= view.arrivesAt) break;
        if (later.from === view.from && later.arrivesAt >= view.arrivesAt) continue;
        crossing.add(view);
        crossing.add(later);
      }
    });
  }
  return crossing;
}
