/** What a SIP message may not exceed; whatever does is refused, or left unread, and said so. */
export const sipLimits = {
  /** Octets of bytes, UTF-16 code units of a text. */
  messageMost: 1_048_576,
  /** Of the message, and of each body part. */
  headerFieldsMost: 2_000,
  /** Values in one line of a comma-separated header field. */
  valuesMost: 10_000,
  /** Parameters of one value. */
  parametersMost: 50_000,
  /** Multipart bodies within one another. */
  multipartDepthMost: 8,
  /** Parts of all multipart bodies of a message. */
  bodyPartsMost: 1_000,
  /** Problems told of one message. */
  problemsMost: 100,
  /** Problems printed of one message. */
  problemsPrinted: 20,
} as const;
