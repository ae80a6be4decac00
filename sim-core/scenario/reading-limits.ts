/** What a scenario file may not exceed; whatever does is refused before anything costly begins. */
export const readingLimits = {
  /** UTF-16 code units of the whole file. */
  fileMost: 1_000_000,
  /** Maps and lists within one another. */
  depthMost: 32,
  /** Words, signs, spaces and line ends. */
  lexemesMost: 50_000,
  /** Values after every alias has been put in its place. */
  valuesMost: 40_000,
  /** Uses of an anchor: `*name`. */
  aliasesMost: 20,
  /** UTF-16 code units of one value. */
  textMost: 65_536,
  /** Clauses a scenario names in one place. */
  clausesMost: 500,
  /** Problems a reader is shown at once. */
  problemsPrinted: 20,
  /** µs: no length of time in a scenario is longer than a day. */
  durationMost: 86_400_000_000,
} as const;
