import { z } from 'zod';

export const policy = z
  .strictObject({
    operator: z.enum(['allow', 'deny']).default('allow').meta({
      description: "The operator's rule on Continue.",
    }),
    subscriber: z.enum(['continue', 'stop', 'no preference']).default('no preference').meta({
      description: "The called subscriber's preference.",
    }),
    otherwise: z.enum(['continue', 'stop']).default('stop').meta({
      description: 'What holds when the subscriber has no preference.',
    }),
  })
  .prefault({})
  .meta({ description: 'Whether the ring goes on after the answer (GAP-30).' });
