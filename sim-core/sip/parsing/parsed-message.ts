/** Header fields of a message or of a body part, by their places in the text. */
export interface FieldBlock {
  readonly text: string;
  /** Whether each character of the text stands for one octet. */
  readonly isOctets: boolean;
  /** Places of each field, `fieldSize` numbers in a row; `field` names them. */
  readonly places: readonly number[];
}

/** What stands where in a row of `FieldBlock.places`. */
export const field = {
  /** `nameKey` of the name; 0 where the line has no colon. */
  key: 0,
  /** Where the line begins, and with it the name. */
  at: 1,
  nameEnd: 2,
  /** Behind the colon. */
  valueAt: 3,
  /** Before the line end. */
  valueEnd: 4,
  /** Where the next line begins. */
  next: 5,
} as const;

export const fieldSize = 6;

/**
 * A message cut into its parts, nothing of it left out. Everything else is read from the parts
 * when it is asked for: `fieldValues`, `startLineOf`, `contentOf`.
 */
export interface ParsedMessage extends FieldBlock {
  readonly source: Uint8Array | string;
  readonly kind: 'request' | 'response';
  /** The character that ends the lines: LF, or CR in a text that has no LF. */
  readonly feed: string;
  /** Where the start line begins and ends, behind line ends that some send before it. */
  readonly startAt: number;
  readonly startEnd: number;
  /** Where the first header field begins. */
  readonly fieldsAt: number;
  /** Where the empty line begins; the text's length where there is none. */
  readonly headEnd: number;
  /** Where the body begins, and whatever follows it. */
  readonly bodyAt: number;
}

/**
 * A number by which names are told apart before they are compared: two letters, whatever their
 * case, and the length.
 */
export function nameKey(text: string, from: number, to: number): number {
  const second = to - from > 1 ? text.charCodeAt(from + 1) | 0x20 : 0;
  const length = to - from > 255 ? 255 : to - from;
  return ((text.charCodeAt(from) | 0x20) << 16) | ((second & 0xff) << 8) | length;
}
