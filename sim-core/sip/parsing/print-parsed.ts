import { encodeUtf8, octetsOfText } from './octets.ts';
import { field, fieldSize, type ParsedMessage } from './parsed-message.ts';

/**
 * The octets of the message as they were, put together from its parts: whatever was cut, nothing
 * was left out. A text comes in UTF-8.
 */
export function printParsed(message: ParsedMessage): Uint8Array {
  const { text, places, isOctets, fieldsAt, headEnd, bodyAt } = message;
  const parts = [text.slice(0, fieldsAt)];
  for (let at = 0; at < places.length; at += fieldSize) {
    const from = places[at + field.at] ?? 0;
    const nameEnd = places[at + field.nameEnd] ?? 0;
    const valueAt = places[at + field.valueAt] ?? 0;
    const valueEnd = places[at + field.valueEnd] ?? 0;
    const next = places[at + field.next] ?? 0;
    parts.push(
      text.slice(from, nameEnd),
      text.slice(nameEnd, valueAt),
      text.slice(valueAt, valueEnd),
      text.slice(valueEnd, next),
    );
  }
  parts.push(text.slice(headEnd, bodyAt), text.slice(bodyAt));
  const whole = parts.join('');
  return isOctets ? octetsOfText(whole) : encodeUtf8(whole);
}
