import type {
  LadderInput,
  LadderMessage,
} from '../../../../renderer/ladder/layout/ladder-input.ts';
import { pictured, run } from './fixture.ts';

/** Calls follow each other every so many microseconds, so that about three overlap. */
const CALL_EVERY_MICROS = 1_900_000;

function shifted(message: LadderMessage, call: number, count: number): LadderMessage {
  const offset = call * CALL_EVERY_MICROS;
  const { journey } = message;
  return {
    ...message,
    id: `${call}/${message.id}`,
    number: call * count + message.number,
    sentMicros: message.sentMicros + offset,
    journey:
      journey.end === 'lost'
        ? { ...journey, wouldArriveMicros: journey.wouldArriveMicros + offset }
        : { ...journey, atMicros: journey.atMicros + offset },
    replyTo: message.replyTo === null ? null : `${call}/${message.replyTo}`,
  };
}

/** A run of `count` messages: the pictured call again and again, overlapping itself. */
export function manyCalls(count: number): LadderInput {
  const each = pictured.messages;
  const messages: LadderMessage[] = [];
  for (let call = 0; messages.length < count; call++) {
    for (const message of each) {
      if (messages.length < count) messages.push(shifted(message, call, each.length));
    }
  }
  return run({ messages });
}
