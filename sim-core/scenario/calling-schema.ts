import { z } from 'zod';

import { span } from './quantity-schema.ts';
import { renegotiations } from './scenario-words.ts';

/** How terminals call and ring, as a scenario file says it. */

const reliable = z.boolean().default(false).meta({
  description: 'Sent reliably where the INVITE allows it (RFC 3262).',
});

const withAnswer = z.boolean().default(false).meta({
  description: 'With the answer; a preview of it where the response is not reliable.',
});

export const optionTags = z
  .array(
    z
      .string()
      .regex(/^[A-Za-z0-9.!%*_+`'~-]+$/, { error: 'an option tag is one word, as in 100rel' }),
  )
  .max(32);

export const alerting = z
  .strictObject({
    after: span('From the arrival of the INVITE to the 180.').default('100ms'),
    reliable,
    'with-answer': withAnswer,
    progress: z
      .strictObject({
        after: span('From the arrival of the INVITE to the 183.'),
        reliable,
        'with-answer': withAnswer,
        again: span('From the arrival of the INVITE to a second 183.').optional(),
      })
      .optional()
      .meta({ description: 'A 183 before the 180.' }),
    'auto-answer': z.boolean().default(false).meta({
      description: 'Answers in place of ringing, without any provisional response but 100.',
    }),
    repeats: z.boolean().default(true).meta({
      description: 'Says again that it rings: each minute, or 150 s where the 180 is reliable.',
    }),
    supported: optionTags.optional().meta({
      description: 'Supported in its provisional responses, where that differs.',
    }),
    'plays-media': z.boolean().default(false).meta({
      description: 'Plays what reaches its regular ports while it rings.',
    }),
  })
  .prefault({})
  .meta({ description: 'How the terminal rings.' });

export const calling = z
  .strictObject({
    offer: z.boolean().default(true).meta({
      description: 'Whether its INVITE has the offer; otherwise the other end makes it.',
    }),
    media: z
      .array(z.enum(['audio', 'video']))
      .min(1)
      .optional()
      .meta({
        description: 'Of its media, those that its INVITE offers; all of them when left out.',
      }),
    'prack-offer': z.enum(renegotiations).default('none').meta({
      description: 'What the PRACK of a response that brought the answer offers anew.',
    }),
  })
  .prefault({})
  .meta({ description: 'How the terminal calls.' });
