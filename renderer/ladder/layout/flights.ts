import type { LadderMessage, LifelineId, MessageId, Micros } from './ladder-input.ts';
import { lifelinePlace } from './lifelines.ts';

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
 * @throws RangeError for an unknown lifeline, a doubled name, a time that runs backwards or is
 *   not whole, a loss outside its way, and media that do not fit the kind.
 */
export function orderFlights(
  messages: readonly LadderMessage[],
  places: ReadonlyMap<LifelineId, number>,
): readonly Flight[] {
  const commands = new Set<MessageId>();
  const names = new Set<MessageId>();
  for (const { id, kind } of messages) {
    if (names.has(id)) throw new RangeError(`Two messages are named "${id}".`);
    names.add(id);
    if (kind === 'command') commands.add(id);
  }
  const flights = messages.map((message): Flight => {
    const { journey, replyTo } = message;
    const lost = journey.end === 'lost';
    const arrivesMicros = lost ? journey.wouldArriveMicros : journey.atMicros;
    checkJourney(message, arrivesMicros);
    const owner = `Message "${message.id}"`;
    return {
      message,
      fromIndex: lifelinePlace(places, message.from, owner),
      toIndex: lifelinePlace(places, message.to, owner),
      arrivesMicros,
      share: lost ? journey.lossAt : 1,
      answersCommand: message.kind === 'reply' && replyTo !== null && commands.has(replyTo),
    };
  });
  return flights.sort(before);
}
