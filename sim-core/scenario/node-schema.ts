import { z } from 'zod';

import { defectsOfRole, type Defect } from '../base/defects.ts';
import { readHttpUrl } from '../http/http-url.ts';
import { shortOrMap } from './alternatives-schema.ts';
import { alerting, calling, optionTags } from './calling-schema.ts';
import { policy } from './policy-schema.ts';
import { presetNames } from './presets.ts';
import { bandwidth, duration, occurrenceKeys, octets, percent, span } from './quantity-schema.ts';
import {
  commands,
  earlySessionHabits,
  methods,
  ownHeaderFields,
  servingHabits,
} from './scenario-words.ts';

/** The names of nodes, links and resources: also what `--set` paths are made of. */
export const nameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
  error: 'a name is lower-case letters, digits and hyphens, at most 40, letter first',
});

export function name(description: string) {
  return nameSchema.meta({ description });
}

/** A key of a telephone. */
export function digit(description: string) {
  return z
    .string()
    .regex(/^[0-9A-D*#]$/, { error: "a key is 0 to 9, A to D, '*' or '#', in quotation marks" })
    .meta({ description });
}

const address = z
  .string()
  .refine((text) => z.ipv4().safeParse(text).success || z.ipv6().safeParse(text).success, {
    error: 'an IP address is due here, as in 10.20.0.17 or 2001:db8::17',
  })
  .meta({ description: 'IP address, without port; no two nodes share one.' });

const port = z
  .int()
  .min(1)
  .max(65_535)
  .default(5060)
  .meta({ description: 'Port of its signalling.' });

const processingSays =
  'Between the arrival of a message and the departure of what follows from it.';

const processing = shortOrMap(
  duration(processingSays),
  z
    .record(z.string(), duration('For this kind of message: a method, status code or command.'))
    .meta({ description: 'By kind of message; default: for every other kind.' }),
  `${processingSays} A map says it by kind of message.`,
).prefault('10ms');

const outages = z
  .array(
    z.strictObject({
      kind: z.enum(['crash', 'freeze', 'clock-jump']).meta({
        description:
          'crash: memory and timers are lost; freeze: it only does nothing for a while; ' +
          'clock-jump: its timers fire earlier.',
      }),
      at: duration('The instant at which it begins.'),
      for: duration('How long it lasts; for the rest of the run when left out.').optional(),
      by: duration('With clock-jump: how far its clock jumps ahead.').optional(),
    }),
  )
  .max(20)
  .default([])
  .meta({ description: 'When the node is not there.' });

const token = /^[A-Za-z0-9.!%*_+`'~-]+$/;

const headerField = z
  .string()
  .superRefine((text, context) => {
    const colon = text.indexOf(':');
    const field = text.slice(0, Math.max(0, colon)).trimEnd();
    const value = text.slice(colon + 1).trim();
    const plain = /^[^\p{Cc}]*$/u.test(text);
    if (colon < 0 || !token.test(field) || value === '' || !plain) {
      const message = 'a header field is a name, a colon and a value in one line';
      context.addIssue({ code: 'custom', message: `${message}, as in "User-Agent: X"` });
      return;
    }
    const lower = field.toLowerCase();
    const why = lower.startsWith('content-')
      ? 'it follows from the body'
      : ownHeaderFields.get(lower);
    if (why === undefined) return;
    context.addIssue({
      code: 'custom',
      message: `${field} is not for a scenario to write: ${why}`,
    });
  })
  .meta({ pattern: "^[A-Za-z0-9.!%*_+`'~-]+ *:.*[^ ]" });

function headerFields(says: string) {
  return z.array(headerField).max(64).default([]).meta({ description: says });
}

const sdp = z
  .string()
  .min(1)
  .meta({
    description:
      'Its whole capability as it would offer it, after "sdp: |" one line each: ' +
      'ports, formats and attributes in its own order (RFC 8866).',
  });

const party = z.enum(['A', 'B']).meta({
  description: 'A calls, B is called.',
});

const responds = z
  .array(
    z
      .strictObject({
        to: z.enum(methods).exclude(['ACK', 'CANCEL']).meta({ description: 'To which request.' }),
        'in-dialog': z.boolean().optional().meta({
          description: 'Only within a dialog, as a re-INVITE; or only outside one.',
        }),
        ...occurrenceKeys,
        with: z
          .union([z.int().min(300).max(699), z.literal('nothing')])
          .optional()
          .meta({ description: 'The status code; nothing: silence. As usual when left out.' }),
        headers: headerFields('In that response.'),
        after: duration('How late it answers.').default('0s'),
      })
      .meta({ description: 'An answer against its habit. The first that matches decides.' }),
  )
  .max(32)
  .default([])
  .meta({ description: 'How it answers requests against its habit.' });

function defects(role: Exclude<Defect['role'], 'user agent'>) {
  return z
    .array(z.enum(defectsOfRole(role)))
    .max(8)
    .default([])
    .meta({
      description: 'Rules it breaks on purpose, to see them noticed: ringscope explain <defect>.',
    });
}

const earlySession = z
  .strictObject({
    answers: z.enum(earlySessionHabits).default('accept').meta({
      description:
        'accept; refuse: ports zero; ignore: no answer; wrong-m-lines: one line too few or many.',
    }),
    sdp: sdp.optional().meta({
      description: 'Its capability there; like sdp at other ports when left out (RFC 3959 §4).',
    }),
  })
  .prefault({})
  .meta({ description: 'How it takes an early-session offer, if supported lists early-session.' });

const client = z
  .strictObject({
    role: z.literal('cmr-client').meta({ description: 'A terminal that knows CMR.' }),
    party,
    preset: z.enum(presetNames).optional().meta({
      description: 'What it is; telephone: a SIP telephone with RFC 3261 alone, and no CMR.',
    }),
    identity: z
      .string()
      .regex(/^(?:sips?:[^\s@<>",;?]+@[^\s@<>",;?]+|tel:\+?[0-9().-]+)$/, {
        error: 'an address of record is due here, as in sip:alice@home1.example',
      })
      .meta({ description: 'Address of record: sip:alice@home1.example.' }),
    address,
    port,
    processing,
    outages,
    supported: optionTags
      .default(['timer', '100rel'])
      .meta({ description: 'Option tags of its Supported header field.' }),
    allow: z
      .array(z.enum(methods))
      .default(['INVITE', 'ACK', 'CANCEL', 'BYE', 'PRACK', 'UPDATE', 'INFO', 'OPTIONS'])
      .meta({ description: 'Methods of its Allow header field.' }),
    'early-media': z
      .enum(['supported', 'gated'])
      .optional()
      .meta({
        description:
          'Puts P-Early-Media: supported into its INVITE and obeys it (RFC 5009); gated: ' +
          'besides, renders no early media that P-Early-Media has not authorised.',
      }),
    'contact-parameters': z
      .string()
      .regex(/^(?:;[^\p{Cc}]+)?$/u, { error: 'parameters begin with a semicolon, in one line' })
      .default('')
      .meta({ description: 'Parameters after its Contact URI, as printed.' }),
    headers: z
      .strictObject({
        invite: headerFields('In its INVITE.'),
        provisional: headerFields('In its provisional responses but 100.'),
        success: headerFields('In its 2xx responses to INVITE.'),
      })
      .prefault({})
      .meta({ description: 'More header fields, as printed: "User-Agent: X".' }),
    sdp,
    'session-timer': z
      .strictObject({
        expires: duration(
          'The interval it asks for; without it, it does as others ask.',
        ).optional(),
        least: duration('The shortest interval it accepts, at least 90s (RFC 4028 §5).').default(
          '90s',
        ),
      })
      .optional()
      .meta({
        description: 'How it keeps sessions alive (RFC 4028); goes with timer in supported.',
      }),
    'early-session': earlySession,
    alerting,
    calling,
    reservation: z
      .strictObject({
        after: span('From the moment both descriptions are known.').default('200ms'),
        'early-session': span(
          'From its answer to an early-session offer with preconditions; as after when left out.',
        ).optional(),
        fails: z.boolean().default(false).meta({
          description: 'Its network has nothing left: a called terminal then answers 580.',
        }),
      })
      .prefault({})
      .meta({ description: 'With SW-PRECOND: what its network does (RFC 3312).' }),
    ringback: z.enum(['until-media', 'until-early-session']).default('until-media').meta({
      description: 'What ends its own ring-back tone before the answer (RFC 3960 §3.2, §4).',
    }),
    'jitter-buffer': duration(
      'How long what arrives waits before it is heard; a new source (SSRC) fills it anew.',
    ).default('0s'),
    'alert-info': z.enum(['play', 'ignore']).default('play').meta({
      description: 'Whether it fetches and plays what Alert-Info names (RFC 7462).',
    }),
    responds,
    defects: defects('cmr-client'),
  })
  .meta({ title: 'CMR Client' });

const server = z
  .strictObject({
    role: z.literal('cmr-server').meta({ description: 'The CMR Server between the two clients.' }),
    address,
    port,
    processing,
    outages,
    mode: z
      .enum(['gateway', 'application-server', 'http', 'auto', 'none'])
      .default('gateway')
      .meta({
        description:
          'How resources are delivered; auto: by the first of application-server, gateway and ' +
          'http that the INVITE lets work; none: the call is relayed as it is.',
      }),
    services: z
      .array(z.enum(['cmrbt', 'cmrt']))
      .min(1)
      .max(2)
      .default(['cmrbt'])
      .meta({
        description:
          'cmrbt: the caller gets "resource" as ring-back tone; cmrt: the called party gets ' +
          '"ring-tone" as ring tone.',
      }),
    resource: name("The CMR Resource the called party's subscriber chose for callers.").optional(),
    'ring-tone': name('The CMR Resource that the called party is to be rung with.').optional(),
    policy,
    'early-preconditions': z
      .boolean()
      .default(false)
      .meta({
        description:
          'With SW-PRECOND: its early-session offers to a caller have preconditions of their own ' +
          '(RFC 3959 §5).',
      }),
    'stop-digit': digit(
      'The key by which the caller stops the ring, told by INFO; left out: none does.',
    ).optional(),
    defects: defects('cmr-server'),
    'audit-every': duration(
      'How often it asks the Resource Server for a sign of life while a call is mixed; ' +
        'left out: never.',
    ).optional(),
  })
  .meta({ title: 'CMR Server' });

const httpUrl = z
  .string()
  .refine((text) => readHttpUrl(text) !== null, { error: 'an http URL is due here' })
  .meta({ description: 'Its URL; http://<address of the server>/<name> when left out.' });

const resource = z
  .strictObject({
    media: z
      .array(z.enum(['audio', 'video']))
      .min(1)
      .max(2)
      .meta({
        description: 'What it consists of.',
      }),
    duration: duration('It is played again from the start for as long as it is wanted.'),
    'mixed-gain': percent('How loud it is under the voices while it is mixed.').default('25%'),
    'mixed-picture': z
      .enum(['gives way', 'corner'])
      .default('gives way')
      .meta({
        description:
          'What becomes of its picture where the parties see each other: it gives way, or is put ' +
          'into a corner of the called party\u2019s.',
      }),
    url: httpUrl.optional(),
    size: octets('Its size as a file.').default('100kB'),
    bandwidth: bandwidth('How fast its octets leave the server.').default('2Mbit/s'),
    'slow-start': z.boolean().default(false).meta({
      description: 'Lets TCP begin slowly and double every round trip (RFC 5681).',
    }),
    pause: duration('Somewhere in its middle nothing comes for so long.').default('0s'),
    type: z
      .string()
      .regex(/^[a-z]+\/[a-zA-Z0-9.+-]+$/, { error: 'a media type is due, as in audio/3gpp' })
      .optional()
      .meta({ description: 'Its Content-Type; audio/3gpp or video/3gpp when left out.' }),
    serves: z
      .union([z.enum(servingHabits), z.literal([404, 500, 503])])
      .default('well')
      .meta({ description: 'What a GET gets: it, a status code, reset, or silence.' }),
    'moved-to': httpUrl.optional().meta({ description: 'Where a 302 sends the terminal.' }),
  })
  .meta({ description: 'A CMR Resource.' });

const resourceServer = z
  .strictObject({
    role: z.literal('cmr-resource-server').meta({ description: 'Plays and mixes CMR Resources.' }),
    address,
    port,
    processing,
    outages,
    resources: z.record(nameSchema, resource).meta({ description: 'Its CMR Resources, by name.' }),
    sdp,
    capacity: z.int().min(0).max(1_000).optional().meta({
      description: 'How many rings and conferences it keeps at once; left out: as many as come.',
    }),
    refuses: z
      .array(z.enum(commands).exclude(['stop', 'release', 'audit']))
      .default([])
      .meta({ description: 'Commands it refuses, to see what the CMR Server does then.' }),
    defects: defects('cmr-resource-server'),
  })
  .meta({ title: 'CMR Resource Server' });

const proxy = z
  .strictObject({
    role: z.literal('proxy').meta({
      description: 'A stateful SIP proxy; it forks, and stays on the way (RFC 3261 §16).',
    }),
    address,
    port,
    processing,
    outages,
    targets: z.array(name('A node it sends INVITEs on to.')).min(1).max(8).meta({
      description: 'Where an INVITE to a person goes, to all at once: clients, or the CMR Server.',
    }),
    'ring-time': duration(
      'One target after another: how long each rings before the next is tried; else all at once.',
    ).optional(),
    'timer-c': duration('How long a branch may ring without another word (Timer C).').default(
      '181s',
    ),
    strips: z
      .array(z.enum(['P-Early-Media']))
      .default([])
      .meta({
        description: 'Header fields it takes out of responses, at the edge of a trust domain.',
      }),
    defects: defects('proxy'),
  })
  .meta({ title: 'Proxy' });

export const nodeSchema = z.discriminatedUnion('role', [client, server, resourceServer, proxy]);

export const nodesSchema = z.record(nameSchema, nodeSchema).meta({
  description:
    'The parties, by name: one client of party A, one CMR Server, and one client of party B, ' +
    'or several behind a proxy.',
});
