import { clause, type ClauseId } from './clause-id.ts';

/**
 * One place where the source texts are silent or contradict SIP, and the readings of it that
 * this engine can run. The table grows with the engine: a switch that nothing obeys is not here.
 */
export interface Switch {
  readonly name: string;
  /** The gap this closes, or the clause that leaves it open. */
  readonly gap: ClauseId;
  /** Lines of the source texts that leave it open, and what the base standards say there. */
  readonly source: string;
  /** The literal profile takes the first. */
  readonly values: readonly [string, ...string[]];
  /** Besides these, any length of time as scenario files write it: `'3s'`. */
  readonly orTime?: true;
  /** What the clean profile takes, where it differs. */
  readonly clean: string | null;
  /** One sentence: what is chosen here. */
  readonly says: string;
}

/** Every switch, in the order in which people read of them. */
export const switchRows = [
  {
    name: 'SW-MODE',
    gap: clause('GAP-33'),
    source: 'Delivery 53–114 (no rule); RFC 3960 §3',
    values: ['as-configured', 'auto', 'as', 'gw', 'http'],
    clean: null,
    says:
      'How resources are delivered: as the CMR Server is configured, or one way for every call; ' +
      'auto takes the first of AS, GW and HTTP that the INVITE lets work.',
  },
  {
    name: 'SW-FORK-A',
    gap: clause('GAP-32'),
    source: 'silent; RFC 3960 §3.1, RFC 5009 §7',
    values: ['single-dialog', 'per-branch'],
    clean: null,
    says:
      'What Client-A sees of several telephones that ring: one early dialog, or one for each, ' +
      'of which the first has the ring.',
  },
  {
    name: 'SW-INSERT-AT',
    gap: clause('GAP-41'),
    source: 'Delivery 73–76, 98–105; RFC 3262 §3',
    values: ['first18x', 'first180'],
    clean: 'first180',
    says: 'Which provisional response carries the ring to Client-A: the first, or the first 180.',
  },
  {
    name: 'SW-PLAY-GATE',
    gap: clause('GAP-29'),
    source: 'Delivery 69, 95; RFC 3312 §6',
    values: ['answer-only', 'alerting'],
    clean: 'alerting',
    says: "What a ring waits for beside its answer: nothing, or Client-B's 180.",
  },
  {
    name: 'SW-RING-LOOP',
    gap: clause('GAP-45'),
    source: 'Delivery 77; RFC 3960 §3.2',
    values: ['loop', 'once'],
    clean: null,
    says: 'What a resource shorter than the ringing does at its end: begin again, or fall silent.',
  },
  {
    name: 'SW-RS-RESERVE-AT',
    gap: clause('GAP-47'),
    source: 'Delivery 73, 98; RFC 3261 §17.2.1',
    values: ['18x', 'invite'],
    clean: null,
    says: "When the ring is reserved: at Client-B's provisional response, or at the INVITE.",
  },
  {
    name: 'SW-RS-WAIT',
    gap: clause('GAP-47'),
    source: 'Delivery 73, 98; RFC 3261 §17.2.1',
    values: ['500ms'],
    orTime: true,
    clean: null,
    says: 'The longest a provisional response waits for a reservation.',
  },
  {
    name: 'SW-GW-NO100REL',
    gap: clause('GAP-12'),
    source: 'Delivery 98–105; RFC 3262 §3',
    values: ['no-cmr', 'unreliable-preview', 'literal'],
    clean: null,
    says:
      'What Gateway Mode does for a Client-A without 100rel: nothing; the ring in a response ' +
      'that nobody acknowledges, and again in the 200; or as if it had it.',
  },
  {
    name: 'SW-GW-CMRT',
    gap: clause('GAP-24'),
    source: 'Delivery 95–114, Continue 20',
    values: ['off', 'update-early'],
    clean: null,
    says:
      'Whether Gateway Mode has a ring tone: no; or on the regular session, which an UPDATE ' +
      "gives the Resource Server's media while Client-B rings.",
  },
  {
    name: 'SW-CMRT-TRIGGER',
    gap: clause('GAP-14'),
    source: 'Delivery 79, 91; RFC 3261 Table 3',
    values: ['union', 'strict'],
    clean: null,
    says: "Where Client-B's 100rel may stand for a ring tone: Supported or Require, or the first.",
  },
  {
    name: 'SW-CMRT-ES-CARRIER',
    gap: clause('GAP-15'),
    source: 'Delivery 79–83; RFC 3262 §5, RFC 3959 §4',
    values: ['prack', 'update', 'invite'],
    clean: 'update',
    says: 'Which request carries the early-session offer of a ring tone to Client-B.',
  },
  {
    name: 'SW-ES-SPELLING',
    gap: clause('GAP-19'),
    source: 'Delivery 73–91; RFC 3959 §9, RFC 3261 §7.3.1',
    values: ['registered', 'seed'],
    clean: null,
    says: 'How the CMR Server spells its option tag: early-session, or Early-Session.',
  },
  {
    name: 'SW-HTTP-HDR',
    gap: clause('GAP-20'),
    source: 'Delivery 59–61; RFC 3261 §20.4, RFC 7462 §4',
    values: ['alert-info', 'call-info', 'body-alert'],
    clean: null,
    says:
      "What carries a resource's URL in HTTP Mode: a header field, or a body whose disposition " +
      'is alert.',
  },
  {
    name: 'SW-HTTP-1XX',
    gap: clause('GAP-21'),
    source: 'Delivery 59; RFC 3261 §13.3.1.1',
    values: ['180', 'any18x', 'reliable'],
    clean: null,
    says:
      'Which provisional responses carry the URL: 180, and 183 before it; any; ' +
      'or any, and those sent reliably.',
  },
  {
    name: 'SW-CONT',
    gap: clause('GAP-01'),
    source: 'Delivery 78, 107–109, Continue 24–36',
    values: ['by-policy', 'stop', 'continue'],
    clean: null,
    says:
      'Whether the ring goes on after the answer: as operator and subscriber have it, ' +
      'or one way for every call.',
  },
  {
    name: 'SW-POLICY',
    gap: clause('GAP-30'),
    source: 'Continue 24',
    values: ['operator-denial-first', 'subscriber-first', 'both-must-want'],
    clean: null,
    says:
      "What operator's rule and subscriber's preference make together: a denial wins; or the " +
      'preference; or nothing continues that the subscriber has not asked for.',
  },
  {
    name: 'SW-REINV-ACK',
    gap: clause('GAP-03'),
    source: 'Continue 29–36, 90; RFC 3261 §13.2.2.4, RFC 3725 §4.1',
    values: ['deferred', 'immediate'],
    clean: 'immediate',
    says: "When Client-B's 200 to the re-INVITE is acknowledged: at step 10, or at once.",
  },
  {
    name: 'SW-ACK-B-STOP',
    gap: clause('GAP-44'),
    source: 'Continue 29; RFC 3261 §13.2.2.4',
    values: ['immediate', 'after-A-ack'],
    clean: null,
    says: "When the CMR Server acknowledges Client-B's 200 if the ring does not continue.",
  },
  {
    name: 'SW-GW-SWITCH',
    gap: clause('GAP-08'),
    source: 'Delivery 110; RFC 3261 §14.1, RFC 3311 §5.1',
    values: ['update', 'reinvite-after-answer', 'literal-reinvite'],
    clean: null,
    says:
      "What takes Client-A to Client-B's media: an UPDATE before the 200, a re-INVITE after " +
      'its ACK, or the re-INVITE before the 200 that the text allows and SIP does not.',
  },
  {
    name: 'SW-GW-RESYNC',
    gap: clause('GAP-09'),
    source: 'Delivery 110; RFC 3264 §8, RFC 3725 §7',
    values: ['auto', 'never'],
    clean: null,
    says:
      'Whether Client-B gets a re-INVITE where Client-A answered the UPDATE with other media ' +
      'than it had offered.',
  },
  {
    name: 'SW-200-SDP',
    gap: clause('GAP-07'),
    source: 'Delivery 110, Continue 34, 86; RFC 6337 §3.1.1',
    values: ['none', 'repeat'],
    clean: null,
    says: 'Whether the 200 after an UPDATE repeats the first answer or carries no SDP.',
  },
  {
    name: 'SW-AS-CONT-UNANSWERED',
    gap: clause('GAP-05'),
    source: 'Continue 33, 83; RFC 3311 §5.1 and §5.2',
    values: ['answer-first', 'literal-491', 'answer-in-200-then-reinvite'],
    clean: null,
    says:
      "What Continue does where Client-A's offer has no answer yet: answer it in a reliable 183, " +
      'send the UPDATE all the same, or answer in the 200 and ask again after it.',
  },
  {
    name: 'SW-CMRT-CONT',
    gap: clause('GAP-34'),
    source: 'Continue 41–60',
    values: ['off', 'derived-D1', 'derived-D2'],
    clean: null,
    says:
      'Whether a ring tone goes on after the answer: no text says how, so it does not; or by ' +
      'flows derived, not standardised: D1 mirrors that of the ring-back tone, D2 has Client-A ' +
      'at the Resource Server from its first answer on.',
  },
  {
    name: 'SW-CONT-FALLBACK',
    gap: clause('GAP-25'),
    source: 'Continue 38; RFC 3311 §4',
    values: ['stop', 'reinvite-after-answer'],
    clean: null,
    says: 'What becomes of Continue where Client-A does not allow UPDATE.',
  },
  {
    name: 'SW-CONT-FAIL',
    gap: clause('GAP-26'),
    source: 'Continue 24–36 (silent); RFC 3261 §14.1, RFC 5057',
    values: ['downgrade', 'release'],
    clean: null,
    says: 'What follows where Continue fails: a call without the ring, or no call.',
  },
  {
    name: 'SW-RETRY-MAX',
    gap: clause('GAP-26'),
    source: 'Continue 24–36 (silent); RFC 3261 §14.1',
    values: ['1', '0', '2', '3'],
    clean: null,
    says: 'How often an offer that met 491, or 500 with Retry-After, is made again.',
  },
  {
    name: 'SW-CONT-BUDGET',
    gap: clause('GAP-48'),
    source: 'Continue 29–36 (silent)',
    values: ['none'],
    orTime: true,
    clean: '3s',
    says: "How long Continue may keep Client-A's 200 back before it is given up.",
  },
  {
    name: 'SW-CONT-MAX',
    gap: clause('GAP-27'),
    source: 'Continue 36 (silent)',
    values: ['none'],
    orTime: true,
    clean: null,
    says: 'How long the ring goes on in the call at most.',
  },
  {
    name: 'SW-CONT-END',
    gap: clause('GAP-27'),
    source: 'Continue 36 (silent); RFC 3264 §8.3.1',
    values: ['stay-anchored', 'reinvite-to-direct'],
    clean: 'reinvite-to-direct',
    says: 'Where media go when the ring has ended in the call: as before, or from party to party.',
  },
  {
    name: 'SW-CONT-MEDIA',
    gap: clause('CON-SRV-09'),
    source: 'Continue 33, 36',
    values: ['all', 'non-overlapping-only'],
    clean: null,
    says: 'Whether the ring is mixed under a voice, or keeps only media the parties do not use.',
  },
  {
    name: 'SW-CONT-SLOT',
    gap: clause('GAP-10'),
    source: 'Continue 33; RFC 3264 §8.1 and §8.3.3',
    values: ['reuse', 'append-only'],
    clean: null,
    says: 'Whether CMR media take an m-line that Client-B refused, or a new one below.',
  },
  {
    name: 'SW-PEM',
    gap: clause('GAP-16'),
    source: 'Delivery 104; RFC 5009 §8',
    values: ['sendrecv', 'sendonly'],
    clean: 'sendonly',
    says: 'The direction P-Early-Media authorises towards Client-A.',
  },
  {
    name: 'SW-GW-SDP-DIR',
    gap: clause('GAP-16'),
    source: 'Delivery 102–104; RFC 3264 §6.1',
    values: ['mirror', 'sendonly'],
    clean: 'sendonly',
    says: "The direction of the Resource Server's answer: the offer's, mirrored, or sendonly.",
  },
  {
    name: 'SW-GW-PLAY-AT',
    gap: clause('DEL-GW-SRV-05'),
    source: 'Delivery 106',
    values: ['tx1xx', 'prack'],
    clean: 'prack',
    says: 'When the ring starts in Gateway Mode: with the provisional response, or at its PRACK.',
  },
  {
    name: 'SW-HTTP-PLAY',
    gap: clause('GAP-20'),
    source: 'Delivery 64–65',
    values: ['complete', 'progressive'],
    clean: null,
    says: 'When a terminal plays a resource that it fetches: once it is whole, or from its start.',
  },
  {
    name: 'SW-A-SOURCE-FILTER',
    gap: clause('GAP-28'),
    source: 'Continue 29–36 (silent); RFC 6337 §3.1.1',
    values: ['none', 'sdp-remote'],
    clean: null,
    says: 'Whether a terminal takes media from anywhere, or only from the address agreed on.',
  },
  {
    name: 'SW-ES-TAIL',
    gap: clause('GAP-17'),
    source: 'Delivery 92; RFC 3959 §4',
    values: ['rfc', 'until-first-regular-rtp'],
    clean: null,
    says: 'How long Client-A renders the early session: to the 200, or to the first regular media.',
  },
  {
    name: 'SW-MIX-START',
    gap: clause('GAP-18'),
    source: 'Continue 36, 92',
    values: ['on-ack', 'on-200-update', 'on-200-invite-tx'],
    clean: 'on-200-update',
    says: 'What starts the mixing: the ACK of step 9, or something earlier.',
  },
  {
    name: 'SW-SE',
    gap: clause('GAP-39'),
    source: 'silent; RFC 4028 §7',
    values: ['off', '90', '180', '600', '1800'],
    clean: null,
    says: 'The session interval in seconds that the CMR Server asks for on both legs, or none.',
  },
  {
    name: 'SW-PRECOND',
    gap: clause('GAP-29'),
    source: 'Delivery 69, 95; RFC 3312, RFC 4032',
    values: ['off', 'segmented', 'e2e'],
    clean: null,
    says:
      'Whether networks are reserved before anybody is disturbed: no, each end its own, or the ' +
      'whole way.',
  },
  {
    name: 'SW-TIMERS',
    gap: clause('GAP-39'),
    source: 'silent; RFC 3261 Table 4, 3GPP TS 24.229 Table 7.7.1',
    values: ['rfc3261', 'ims-ue'],
    clean: null,
    says: 'T1, T2 and T4: 0.5, 4 and 5 s, or the 2, 16 and 17 s of a 3GPP terminal.',
  },
] as const satisfies readonly Switch[];
