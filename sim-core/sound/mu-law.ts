/** G.711: what a µ-law channel leaves of a sample. */

const bias = 132;
/** The loudest sample that still has a code of its own. */
const clip = 32_635;

/** The octet that stands for a sample of 16 bits: sign, segment and step, all inverted. */
export function muLawCode(sample: number): number {
  const magnitude = Math.min(clip, Math.abs(sample)) + bias;
  const segment = 24 - Math.clz32(magnitude);
  const step = (magnitude >>> (segment + 3)) & 15;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff;
}

/** The sample, 16 bits, as it comes out of µ-law coding and decoding; the nearest of 255 values. */
export function throughMuLaw(sample: number): number {
  const code = ~muLawCode(sample);
  const segment = (code >>> 4) & 7;
  // Segment e holds 2^(e+7) to 2^(e+8) in sixteen even steps.
  const decoded = ((((code & 15) << 3) + bias) << segment) - bias;
  return sample < 0 ? -decoded : decoded;
}
