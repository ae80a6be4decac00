import { z } from 'zod';

import { warningCodes } from '../base/diagnostics.ts';
import { profiles, switchTable } from '../base/switches.ts';
import { limits } from '../kernel/limits.ts';
import { baselineNames } from './baselines.ts';
import { shortOrMap } from './alternatives-schema.ts';
import { digit, name, nameSchema, nodesSchema } from './node-schema.ts';
import {
  bandwidth,
  duration,
  expectedMetric,
  likelihood,
  occurrenceKeys,
  span,
  wordOrDuration,
} from './quantity-schema.ts';
import { readingLimits } from './reading-limits.ts';
import { metricTable } from '../conformance/metrics.ts';
import { deeds, digitCarriers, outcomes, renegotiations } from './scenario-words.ts';

const switches = z
  .strictObject(
    Object.fromEntries(
      switchTable.map((row) => {
        const description = `${row.says} (${row.gap})`;
        return row.orTime === true
          ? [row.name, wordOrDuration(row.values, description).optional()]
          : [row.name, z.enum(row.values).optional().meta({ description })];
      }),
    ),
  )
  .prefault({})
  .meta({ description: "Readings of the standard's gaps that differ from the profile's." });

const burstLoss = z
  .strictObject({
    'to-bad': likelihood('Before each datagram: that a good link turns bad.'),
    'to-good': likelihood('Before each datagram: that a bad link turns good again.'),
    'when-bad': likelihood('While it is bad: that a datagram is lost.').default('1'),
    'when-good': likelihood('While it is good: that a datagram is lost.').default('0'),
  })
  .meta({ description: 'Losses in bursts, as Gilbert and Elliott have them.' });

const link = z
  .strictObject({
    between: z.tuple([name('One end.'), name('The other end.')]).meta({
      description: 'The two nodes it joins.',
    }),
    latency: span('One way; a range leaves it to the seed.'),
    loss: shortOrMap(
      likelihood('How likely a packet is lost.'),
      burstLoss,
      'How likely a packet is lost; a map where losses come in bursts.',
    ).prefault('0'),
    bandwidth: bandwidth(
      'Bits a second it carries each way, IP and UDP included; without limit when left out.',
    ).optional(),
    queue: duration('With bandwidth: a datagram that would wait longer is lost.').default('1s'),
    transport: z.enum(['udp', 'tcp']).default('udp').meta({
      description: 'What carries its SIP messages; over tcp they are neither lost nor overtaken.',
    }),
    duplicate: likelihood('How likely the network delivers a packet twice.').default('0'),
    reorder: z.boolean().default(false).meta({
      description: 'A packet may overtake an earlier one.',
    }),
  })
  .meta({ description: 'Both directions of a link between two nodes.' });

const matching = {
  message: z.union([z.string(), z.int()]).meta({
    description:
      'Method, status code, command or medium: "200", ACK, play; "200 (PRACK)": only those ' +
      'that answer a PRACK.',
  }),
  from: name('Only what this node sends.').optional(),
  to: name('Only what is sent to this node.').optional(),
  ...occurrenceKeys,
};

const faultMap = z
  .strictObject({
    drop: z.strictObject(matching).optional().meta({ description: 'It gets lost.' }),
    delay: z
      .strictObject({ ...matching, by: duration('Added to the latency of the link.') })
      .optional()
      .meta({ description: 'It takes longer.' }),
    duplicate: z
      .strictObject({ ...matching, after: duration('Between the two copies.') })
      .optional()
      .meta({ description: 'It arrives twice.' }),
  })
  .meta({
    description: 'One of drop, delay and duplicate. The first rule that matches decides.',
    minProperties: 1,
    maxProperties: 1,
  });

const fault = shortOrMap(
  z.string().meta({
    description: 'A sentence: a deed, what it is done to, between whom, by how much, and when.',
    examples: [
      'drop the 1st 200 of client-b',
      'delay the 2nd ACK by 600ms',
      'duplicate every PRACK after 5ms',
      'drop everything between client-a and cmr-server from 3s to 5s',
      'change the RAck of the 1st PRACK',
      'corrupt every 180 to client-a',
    ],
  }),
  faultMap,
  'One fault, as a sentence or as a map. The first that matches decides.',
);

const act = z
  .strictObject({
    at: duration('At this instant of the run.').optional(),
    after: span('So long after what "since" names.').optional(),
    since: z.enum(['invited', 'ringing', 'answered']).optional().meta({
      description:
        'invited: the INVITE arrived; ringing: 180 sent or received; answered: call confirmed.',
    }),
    who: name('The client whose user acts.'),
    does: z.enum(deeds).meta({ description: 'What the user does.' }),
    target: name('Whom to call; goes with dial.').optional(),
    status: z.int().min(300).max(699).optional().meta({
      description: 'With which status code; goes with reject. 486 Busy Here when left out.',
    }),
    offer: z.enum(renegotiations).optional().meta({
      description:
        'What re-invite and update offer: media as-before (when left out), at new-ports, or none.',
    }),
    digit: digit('Which key; goes with press.').optional(),
    by: z
      .enum(digitCarriers)
      .optional()
      .meta({
        description:
          'What tells the other end of the key; goes with press. info: INFO (RFC 6086); ' +
          'telephone-event: packets within the audio (RFC 4733).',
      }),
  })
  .meta({
    description: 'What a user does, and when: at an instant, or some time after something.',
    oneOf: [{ required: ['at'] }, { required: ['after', 'since'] }],
  });

const expectation = z
  .strictObject({
    outcome: z.enum(outcomes).optional().meta({ description: 'How the call ends.' }),
    verdicts: z
      .record(z.string(), z.enum(['satisfied', 'violated', 'not exercised']))
      .default({})
      .meta({ description: 'Verdicts by clause, where "not violated" is not enough.' }),
    metrics: z
      .strictObject(
        Object.fromEntries(
          Object.entries(metricTable).map(([metric, { measures, says }]) => [
            metric,
            expectedMetric(measures, `Exactly, or a range; null: must not apply. ${says}.`),
          ]),
        ),
      )
      .prefault({})
      .meta({ description: 'Values, exactly or in ranges.' }),
    warnings: z
      .array(z.enum(warningCodes))
      .optional()
      .meta({ description: 'Exactly these warnings, in any order.' }),
  })
  .prefault({})
  .meta({ description: 'What must come out; the run is compared with it.' });

/** A scenario file as written, before names are looked up and units are converted. */
export const scenarioSchema = z
  .strictObject({
    apiVersion: z.literal('ringscope/v1').meta({ description: 'Version of this format.' }),
    baseline: z
      .enum(baselineNames)
      .optional()
      .meta({
        description:
          'A call that this file stands on: it then says only what is different. Its maps are ' +
          'joined with the baseline’s key by key; null takes a key away.',
      }),
    title: z
      .string()
      .min(1)
      .max(120)
      .regex(/^[^\p{Cc}]*$/u, { error: 'a title is one line of text' })
      .meta({ description: 'What the scenario is about, in a few words.' }),
    description: z.string().max(10_000).default('').meta({
      description: 'What there is to see, in a few sentences.',
    }),
    shows: z.array(z.string()).max(readingLimits.clausesMost).default([]).meta({
      description: 'The clauses this scenario is meant to show.',
    }),
    seed: z.int().min(0).default(1).meta({
      description: 'Draws everything left to chance: the same seed, the same run.',
    }),
    until: duration('The run ends here at the latest.').default('120s'),
    media: z.enum(['streams', 'packets']).default('streams').meta({
      description:
        'streams: media as their beginnings, changes and ends; packets: RTP and RTCP too.',
    }),
    profile: z.enum(profiles).default('literal').meta({
      description: 'literal: as the text says; clean: as a careful implementer would do it.',
    }),
    switches,
    nodes: nodesSchema,
    links: z.record(nameSchema, link).meta({ description: 'The network, link by link, by name.' }),
    faults: z.array(fault).max(limits.faultsMost).default([]).meta({
      description: 'What goes wrong in the network, on purpose.',
    }),
    script: z.array(act).min(1).max(limits.actsMost).meta({
      description: 'What the users do.',
    }),
    expect: expectation,
  })
  .meta({
    title: 'Ringscope scenario',
    description: 'Inputs of one simulated CMR call. Every message is computed, none is written.',
  });

/** A scenario file that has passed the schema, with every default in its place. */
export type ScenarioDocument = z.infer<typeof scenarioSchema>;
