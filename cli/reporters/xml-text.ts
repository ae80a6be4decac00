import { markupText } from '../../sim-core/reading.ts';

/** What XML 1.0 has no place for at all. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Any text as XML or HTML text, or as an attribute's value in double quotes. */
export function xmlText(text: string): string {
  return markupText(
    text.replaceAll(forbidden, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`),
  );
}
