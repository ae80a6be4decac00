import type { LadderMessage, Lifeline, LifelineId, MessageId, Micros } from './ladder-input.ts';
import { foldedPlaces, indexLifelines, lifelinePlace } from './lifelines.ts';

/** A message with its ends looked up, in the order in which ladders are laid out. */
export interface Flight {
  readonly message: LadderMessage;
  readonly fromIndex: number;
  readonly toIndex: number;
  /** When it arrives, or would have arrived. */
  readonly arrivesMicros: Micros;
  /** The share of the way it makes: 1 unless it is lost. */
  readonly share: number;
  /** A reply whose command is there too: it has no label, and no row of its own. */
  readonly answersCommand: boolean;
  /** Folded lifelines at which it begins or ends: it is drawn from there, or no further. */
  readonly tailAt: LifelineId | null;
  readonly headAt: LifelineId | null;
}

function before(a: Flight, b: Flight): number {
  const first = a.message;
  const second = b.message;
  if (first.sentMicros !== second.sentMicros) return first.sentMicros - second.sentMicros;
  if (first.number !== second.number) return first.number - second.number;
  return first.id < second.id ? -1 : 1;
}

function checkJourney(message: LadderMessage, arrivesMicros: Micros): void {
  const { id, sentMicros, journey } = message;
  if (!Number.isSafeInteger(sentMicros) || !Number.isSafeInteger(arrivesMicros)) {
    throw new RangeError(`Message "${id}" has a time that is no whole number of microseconds.`);
  }
  if (arrivesMicros < sentMicros) {
    throw new RangeError(`Message "${id}" arrives at ${arrivesMicros}, sent at ${sentMicros} µs.`);
  }
  if (journey.end === 'lost' && !(journey.lossAt > 0 && journey.lossAt <= 1)) {
    throw new RangeError(`Message "${id}" is lost at ${journey.lossAt} of its way, not in (0, 1].`);
  }
  if ((message.kind === 'media') !== (message.media !== null)) {
    throw new RangeError(`Message "${id}" is of kind '${message.kind}' and its media disagree.`);
  }
}

/**
 * Orders messages by send time, then number, then name, so that the order given means nothing.
 * A message between two folded lifelines is none of a ladder without them.
 * @throws RangeError for an unknown lifeline, a doubled name, a time that runs backwards or is
 *   not whole, a loss outside its way, and media that do not fit the kind.
 */
export function orderFlights(
  messages: readonly LadderMessage[],
  lifelines: readonly Lifeline[],
): readonly Flight[] {
  const places = indexLifelines(lifelines);
  const folded = foldedPlaces(lifelines);
  const commands = new Set<MessageId>();
  const names = new Set<MessageId>();
  for (const { id, kind } of messages) {
    if (names.has(id)) throw new RangeError(`Two messages are named "${id}".`);
    names.add(id);
    if (kind === 'command') commands.add(id);
  }
  const flights: Flight[] = [];
  for (const message of messages) {
    const { journey, replyTo } = message;
    const lost = journey.end === 'lost';
    const arrivesMicros = lost ? journey.wouldArriveMicros : journey.atMicros;
    checkJourney(message, arrivesMicros);
    const tailAt = folded.has(message.from) ? message.from : null;
    const headAt = folded.has(message.to) ? message.to : null;
    if (tailAt !== null && headAt !== null) continue;
    flights.push({
      message,
      ...endsOf(message, places, folded),
      arrivesMicros,
      share: lost ? journey.lossAt : 1,
      answersCommand: message.kind === 'reply' && replyTo !== null && commands.has(replyTo),
      tailAt,
      headAt,
    });
  }
  return flights.sort(before);
}

/** An end at a folded lifeline counts as at the drawn one beyond it, seen from the other end. */
function endsOf(
  message: LadderMessage,
  places: ReadonlyMap<LifelineId, number>,
  folded: ReadonlyMap<LifelineId, number>,
): Pick<Flight, 'fromIndex' | 'toIndex'> {
  const owner = `Message "${message.id}"`;
  const tail = folded.get(message.from);
  const head = folded.get(message.to);
  const beyond = (after: number, other: number): number => (other <= after ? after + 1 : after);
  if (tail !== undefined) {
    const toIndex = lifelinePlace(places, message.to, owner);
    return { fromIndex: beyond(tail, toIndex), toIndex };
  }
  const fromIndex = lifelinePlace(places, message.from, owner);
  const toIndex =
    head === undefined ? lifelinePlace(places, message.to, owner) : beyond(head, fromIndex);
  return { fromIndex, toIndex };
}
