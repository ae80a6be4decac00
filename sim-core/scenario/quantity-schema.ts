import { z } from 'zod';

import {
  bandwidthPattern,
  durationPattern,
  likelihoodPattern,
  octetsPattern,
  percentPattern,
  readBandwidth,
  readDuration,
  readLikelihood,
  readOctets,
  readPercent,
  readSpan,
  spanPattern,
  type Reading,
} from './units.ts';

/** Quantities are text with a unit; the JSON Schema shows their form, the reader says the rest. */

type Read = (text: string) => Reading<number | object>;

function quantity(read: Read, example: string, what: string) {
  return z.custom<string>().superRefine((value: unknown, context) => {
    if (value === undefined) {
      context.addIssue({ code: 'custom', message: '', params: { missing: true } });
      return;
    }
    // A bare number goes to the reader too: it knows which unit is missing.
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string') {
      const message = `${what} is due here, as in ${example}`;
      context.addIssue({ code: 'custom', message, params: { kind: true } });
      return;
    }
    const reading = read(text);
    if (reading.value !== null) return;
    context.addIssue({
      code: 'custom',
      message: `${reading.says}, but found ${JSON.stringify(text)}`,
      params: { unit: true, nearest: reading.nearest },
    });
  });
}

export function duration(description: string) {
  const schema = quantity(readDuration, '40ms', 'a length of time');
  return schema.meta({ type: 'string', pattern: durationPattern, examples: ['40ms'], description });
}

/** One of these words, or a length of time. */
export function wordOrDuration(words: readonly string[], description: string) {
  const known = [...words].join(' or ');
  const read: Read = (text) => (words.includes(text) ? { value: 0 } : readDuration(text));
  return quantity(read, `40ms, or ${known},`, 'a length of time').meta({
    anyOf: [{ enum: [...words] }, { type: 'string', pattern: durationPattern }],
    examples: [...words, '3s'],
    description,
  });
}

export function span(description: string) {
  const schema = quantity(readSpan, '40ms or 20ms..60ms', 'a length of time or a range of them');
  const examples = ['40ms', '20ms..60ms'];
  return schema.meta({ type: 'string', pattern: spanPattern, examples, description });
}

export function likelihood(description: string) {
  const schema = quantity(readLikelihood, '1/20, 5% or 0.05', 'a likelihood');
  return schema.meta({
    anyOf: [
      { type: 'string', pattern: likelihoodPattern },
      { type: 'number', minimum: 0, maximum: 1 },
    ],
    examples: ['1/20', '5%', 0.05],
    description,
  });
}

export function bandwidth(description: string) {
  const schema = quantity(readBandwidth, '64kbit/s', 'a bandwidth');
  const examples = ['64kbit/s', '1.5Mbit/s'];
  return schema.meta({ type: 'string', pattern: bandwidthPattern, examples, description });
}

export function octets(description: string) {
  const schema = quantity(readOctets, '300kB', 'a size');
  return schema.meta({ type: 'string', pattern: octetsPattern, examples: ['300kB'], description });
}

export function percent(description: string) {
  const schema = quantity(readPercent, '25%', 'a gain in percent');
  return schema.meta({ type: 'string', pattern: percentPattern, examples: ['25%'], description });
}

/** A metric as expected: time, a range of it, or a count; null where it must not apply. */
export function expectedMetric(measures: 'time' | 'count', description: string) {
  if (measures === 'count') {
    return z.int().min(0).max(1_000_000).nullable().optional().meta({ description });
  }
  return z
    .custom<string | null>()
    .superRefine((value: unknown, context) => {
      if (value === undefined || value === null) return;
      const text = typeof value === 'number' ? String(value) : value;
      const reading = typeof text === 'string' ? readSpan(text) : null;
      if (reading === null) {
        const message = 'a length of time is due here, as in 330ms or 80ms..140ms, or null';
        context.addIssue({ code: 'custom', message, params: { kind: true } });
      } else if (reading.value === null) {
        const message = `${reading.says}, but found ${JSON.stringify(text)}`;
        const params = { unit: true, nearest: reading.nearest };
        context.addIssue({ code: 'custom', message, params });
      }
    })
    .optional()
    .meta({
      type: ['string', 'null'],
      pattern: spanPattern,
      examples: ['330ms', '80ms..140ms'],
      description,
    });
}

const occurrence = z.int().min(1).max(1_000_000);

/** Which of the things that match are meant, where not all of them are. */
export const occurrenceKeys = {
  occurrence: occurrence.optional().meta({
    description: 'Only the n-th that matches, counted from 1.',
  }),
  occurrences: z.array(occurrence).min(1).max(100).optional().meta({
    description: 'Only these, counted from 1.',
  }),
};
