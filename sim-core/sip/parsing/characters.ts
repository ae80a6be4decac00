/** The character classes of RFC 3261 §25.1, one bit each. */
export const alphanum = 1;
export const digit = 2;
export const hex = 4;
export const token = 8;
export const word = 16;
/** unreserved and user-unreserved */
export const userCharacter = 32;
export const passwordCharacter = 64;
/** paramchar but escapes */
export const parameterCharacter = 128;
/** hnv-unreserved and unreserved */
export const headerCharacter = 256;
/** reserved and unreserved, and the brackets that RFC 3986 §3.2.2 has round IPv6 addresses */
export const uric = 512;
/** Reason-Phrase but escapes and what is not ASCII */
export const reasonCharacter = 1024;
/** alphanum and the hyphen: inside the label of a host name */
export const labelCharacter = 2048;
/** of a scheme, behind its first letter */
export const schemeCharacter = 4096;
/** phonedigit-hex of RFC 3966: digits, letters A to F, *, # and visual separators */
export const phoneCharacter = 8192;

const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const mark = "-_.!~*'()";
const unreserved = `${digits}${letters}${mark}`;

const classes = new Uint16Array(128);

function belong(bit: number, characters: string): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    classes[code] = (classes[code] ?? 0) | bit;
  }
}

belong(alphanum, digits + letters);
belong(digit, digits);
belong(hex, `${digits}abcdefABCDEF`);
belong(token, `${digits}${letters}-.!%*_+\`'~`);
belong(word, `${digits}${letters}-.!%*_+\`'~()<>:\\"/[]?{}`);
belong(userCharacter, `${unreserved}&=+$,;?/`);
belong(passwordCharacter, `${unreserved}&=+$,`);
belong(parameterCharacter, `${unreserved}[]/:&+$`);
belong(headerCharacter, `${unreserved}[]/?:+$`);
belong(uric, `${unreserved};/?:@&=+$,[]`);
belong(reasonCharacter, `${unreserved};/?:@&=+$, \t`);
belong(labelCharacter, `${digits}${letters}-`);
belong(schemeCharacter, `${digits}${letters}+-.`);
belong(phoneCharacter, `${digits}abcdefABCDEF*#-.()`);

export function isIn(code: number, bits: number): boolean {
  return code < 128 && ((classes[code] ?? 0) & bits) !== 0;
}

/** Where the run of characters of that class ends. */
export function endOfRun(text: string, from: number, end: number, bits: number): number {
  let at = from;
  while (at < end && isIn(text.charCodeAt(at), bits)) at += 1;
  return at;
}

/** The same, where `%` and two hexadecimal digits stand for a character. */
export function endOfEscapedRun(text: string, from: number, end: number, bits: number): number {
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === percent) {
      if (!isEscape(text, at, end)) return at;
      at += 3;
    } else if (isIn(code, bits)) at += 1;
    else return at;
  }
  return at;
}

export const percent = 0x25;

/** RFC 3261 §25.1 `escaped`. */
export function isEscape(text: string, at: number, end: number): boolean {
  return at + 2 < end && isIn(text.charCodeAt(at + 1), hex) && isIn(text.charCodeAt(at + 2), hex);
}

/** Space, tab and line ends: within one header field, what folds it belongs to its white space. */
export function isWhite(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

export function skipWhite(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isWhite(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the white space before `end` begins, `from` at the earliest. */
export function trimWhite(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isWhite(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Whether the text from `from` to `to` is the ASCII word, whatever the case of its letters. */
export function isWord(text: string, from: number, to: number, lower: string): boolean {
  if (to - from !== lower.length) return false;
  for (let index = 0; index < lower.length; index += 1) {
    const code = text.charCodeAt(from + index);
    const folded = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (folded !== lower.charCodeAt(index)) return false;
  }
  return true;
}

/** The place of a character, `end` where there is none before it. */
export function findCode(text: string, code: number, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) !== code) at += 1;
  return at;
}
