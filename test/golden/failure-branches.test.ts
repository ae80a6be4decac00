import { describe, expect, it } from 'vitest';

import { shellWord } from '../../sim-core/base/shell-word.ts';
import { runScenario, type Run } from '../../sim-core/index.ts';
import { isSip } from '../../sim-core/sip/message.ts';
import { shippedWith } from '../support/scenarios.ts';

/*
 * Every way in which Continue can fail (GAP-26) and a ring can fail to be fetched, one run each:
 * a shipped scenario, or one changed in a value or by a fault.
 */

interface Branch {
  readonly what: string;
  readonly scenario: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly faults?: readonly string[];
  readonly ends: Run['outcome'];
  /** Messages in this order, others between them: `S>A UPDATE`, `A>S 488 (UPDATE)`. */
  readonly seen: readonly string[];
  /** What must not be seen at all. */
  readonly never?: readonly string[];
}

const letters: Readonly<Record<string, string>> = {
  'client-a': 'A',
  'client-b': 'B',
  'cmr-server': 'S',
  'resource-server': 'R',
};

function messagesOf({ header, records }: Run): string[] {
  const letter = (id: number) => letters[header.nodes.find((one) => one.id === id)?.name ?? ''];
  return records.flatMap((one) => {
    if (one.kind !== 'sent') return [];
    const { packet } = one;
    const response = isSip(packet) && packet.kind === 'response';
    const text = response ? `${packet.status} (${packet.cseq.method})` : packet.label;
    return [`${letter(one.node)}>${letter(one.to)} ${text}`];
  });
}

/** The first that does not follow the ones before it, or null. */
function missingFrom(messages: readonly string[], wanted: readonly string[]): string | null {
  let at = 0;
  for (const one of wanted) {
    const place = messages.indexOf(one, at);
    if (place < 0) return one;
    at = place + 1;
  }
  return null;
}

const answersInvite = (code: number, more = '') => ({
  'nodes.client-b.responds': `[{ to: INVITE, in-dialog: true, with: ${code}${more} }]`,
});
const answersUpdate = (code: number, more = '') => ({
  'nodes.client-a.responds': `[{ to: UPDATE, with: ${code}${more} }]`,
});
const release = { 'switches.SW-CONT-FAIL': 'release' };

/** GAP-26 a: as it would be without Continue, in Gateway Mode. */
const stopped = ['S>A UPDATE', 'A>S 200 (UPDATE)', 'S>A 200 (INVITE)'];

const ofContinue: readonly Branch[] = [
  {
    what: 'the conference is refused',
    scenario: 'failures/f-20-conference-refused',
    ends: 'ring stopped',
    seen: ['S>R allocate conference', 'S>R stop', ...stopped],
    never: ['S>R mix'],
  },
  {
    what: 'nothing is heard about the conference',
    scenario: 'failures/f-21-conference-unanswered',
    ends: 'ring stopped',
    seen: stopped,
    never: ['S>R mix'],
  },
  {
    what: 'the conference is refused, and SW-CONT-FAIL=release',
    scenario: 'failures/f-20-conference-refused',
    settings: release,
    ends: 'failed',
    seen: ['S>R allocate conference', 'S>B BYE'],
    never: ['S>A 200 (INVITE)', 'S>R mix'],
  },
  ...[488, 500, 504, 580, 606].map(
    (code): Branch => ({
      what: `Client-B answers the re-INVITE with ${code}`,
      scenario: 'failures/f-22-client-b-refuses-the-re-invite',
      ...(code === 488 ? {} : { settings: answersInvite(code) }),
      ends: 'ring stopped',
      seen: ['S>B INVITE', `B>S ${code} (INVITE)`, 'S>B ACK', ...stopped],
      never: ['S>R mix'],
    }),
  ),
  {
    what: 'the same with SW-CONT-FAIL=release',
    scenario: 'failures/f-22-client-b-refuses-the-re-invite',
    settings: release,
    ends: 'failed',
    seen: ['B>S 488 (INVITE)', 'S>B BYE'],
    never: ['S>A 200 (INVITE)'],
  },
  {
    what: 'Client-B answers the re-INVITE with 491, once',
    scenario: 'failures/f-23-re-invite-meets-491',
    ends: 'ring continues',
    seen: ['B>S 491 (INVITE)', 'S>B INVITE', 'B>S 200 (INVITE)', 'S>R mix'],
  },
  {
    what: 'Client-B answers the re-INVITE with 491, each time',
    scenario: 'failures/f-23-re-invite-meets-491',
    settings: answersInvite(491),
    ends: 'ring stopped',
    seen: ['B>S 491 (INVITE)', 'S>B INVITE', 'B>S 491 (INVITE)', ...stopped],
    never: ['S>R mix'],
  },
  {
    what: 'Client-B answers the re-INVITE with 500 and Retry-After, once',
    scenario: 'failures/f-24-re-invite-meets-500',
    ends: 'ring continues',
    seen: ['B>S 500 (INVITE)', 'S>B INVITE', 'B>S 200 (INVITE)', 'S>R mix'],
  },
  ...[404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 502, 604].map(
    (code): Branch => ({
      what: `Client-B answers the re-INVITE with ${code}: leg B is lost`,
      scenario: 'failures/f-26-client-b-knows-no-such-dialog',
      ...(code === 481 ? {} : { settings: answersInvite(code) }),
      ends: 'failed',
      seen: ['S>B INVITE', `B>S ${code} (INVITE)`, 'S>A 480 (INVITE)'],
      never: ['S>A UPDATE', 'S>A 200 (INVITE)'],
    }),
  ),
  {
    what: 'Client-B does not answer the re-INVITE',
    scenario: 'failures/f-25-client-b-vanishes',
    ends: 'failed',
    seen: ['S>B INVITE', 'S>A 480 (INVITE)'],
    never: ['S>A UPDATE'],
  },
  {
    what: 'the same within SW-CONT-BUDGET',
    scenario: 'failures/f-25b-client-b-vanishes-within-a-budget',
    ends: 'ring stopped',
    seen: ['S>B INVITE', 'S>A 200 (INVITE)'],
  },
  {
    what: 'Client-B hangs up between steps 2 and 4',
    scenario: 'races/rc-17-hang-up-between-steps-2-and-4',
    ends: 'failed',
    seen: ['B>S BYE', 'S>A 480 (INVITE)'],
    never: ['S>R mix'],
  },
  {
    what: 'Client-B hangs up between steps 5 and 8',
    scenario: 'races/rc-18-hang-up-between-steps-5-and-8',
    ends: 'failed',
    seen: ['S>A UPDATE', 'B>S BYE', 'S>A 480 (INVITE)'],
  },
  ...[488, 405, 500, 501, 504, 580, 606].flatMap((code): Branch[] => [
    {
      what: `Client-A answers the UPDATE with ${code}, and then the one without the CMR lines`,
      scenario: 'failures/f-27b-client-a-refuses-both',
      ...(code === 488 ? {} : { settings: answersUpdate(code) }),
      ends: 'ring stopped',
      seen: [
        `A>S ${code} (UPDATE)`,
        'S>A UPDATE',
        `A>S ${code} (UPDATE)`,
        'S>A 200 (INVITE)',
        'A>S ACK',
        'S>R mix',
      ],
    },
    {
      what: `Client-A answers the UPDATE of Application Server Mode with ${code}`,
      scenario: 'failures/f-28-client-a-refuses-the-update',
      ...(code === 488 ? {} : { settings: answersUpdate(code) }),
      ends: 'ring stopped',
      seen: [`A>S ${code} (UPDATE)`, 'S>B INVITE', 'B>S 200 (INVITE)', 'S>A 200 (INVITE)'],
      never: ['S>R mix'],
    },
  ]),
  {
    what: 'Client-A refuses the UPDATE with the CMR lines alone',
    scenario: 'failures/f-27-client-a-refuses-the-picture',
    ends: 'ring continues',
    seen: ['A>S 488 (UPDATE)', 'S>A UPDATE', 'A>S 200 (UPDATE)', 'S>A 200 (INVITE)', 'S>R mix'],
  },
  {
    what: 'Client-A refuses the UPDATE, and Client-B the way back',
    scenario: 'failures/f-28-client-a-refuses-the-update',
    settings: {
      'nodes.client-b.responds': '[{ to: INVITE, in-dialog: true, occurrence: 2, with: 488 }]',
    },
    ends: 'failed',
    seen: ['A>S 488 (UPDATE)', 'S>B INVITE', 'B>S 488 (INVITE)', 'S>B BYE'],
  },
  {
    what: 'Client-A refuses the UPDATE, and SW-CONT-FAIL=release',
    scenario: 'failures/f-28-client-a-refuses-the-update',
    settings: release,
    ends: 'failed',
    seen: ['A>S 488 (UPDATE)', 'S>B BYE'],
    never: ['S>A 200 (INVITE)'],
  },
  {
    what: 'Client-A answers the UPDATE with 504',
    scenario: 'failures/f-29-update-needs-the-user',
    ends: 'ring continues',
    seen: ['A>S 504 (UPDATE)', 'S>A UPDATE', 'A>S 200 (UPDATE)', 'S>R mix'],
  },
  {
    what: 'Client-A answers the UPDATE with 500 and Retry-After, once',
    scenario: 'failures/f-30-update-meets-500',
    ends: 'ring continues',
    seen: ['A>S 500 (UPDATE)', 'S>A UPDATE', 'A>S 200 (UPDATE)', 'S>R mix'],
  },
  {
    what: 'UPDATEs cross, and both ends answer 491',
    scenario: 'races/rc-07-two-updates-cross',
    ends: 'ring continues',
    seen: ['A>S 491 (UPDATE)', 'S>A UPDATE', 'A>S 200 (UPDATE)', 'S>R mix'],
  },
  // 408 is no status that an UPDATE may get (R-TX-18): its sender makes it of its silence.
  ...[404, 410, 416, 480, 481, 482, 483, 484, 485, 489, 502, 604].map(
    (code): Branch => ({
      what: `Client-A answers the UPDATE with ${code}: leg A is lost`,
      scenario: 'failures/f-33-client-a-knows-no-such-dialog',
      ...(code === 481 ? {} : { settings: answersUpdate(code) }),
      ends: 'failed',
      seen: [`A>S ${code} (UPDATE)`, 'S>B ACK', 'S>B BYE'],
      never: ['S>A 200 (INVITE)', 'S>R mix'],
    }),
  ),
  {
    what: 'Client-A does not answer the UPDATE, and the ACK to Client-B is held back',
    scenario: 'failures/f-31-client-a-vanishes',
    ends: 'failed',
    seen: ['S>A UPDATE', 'B>S BYE', 'S>B 200 (BYE)'],
  },
  {
    what: 'Client-A does not answer the UPDATE, and Client-B has its ACK',
    scenario: 'failures/f-32-client-a-vanishes-client-b-acknowledged',
    ends: 'failed',
    seen: ['S>A UPDATE', 'S>B BYE'],
  },
  {
    what: 'Client-A answers the UPDATE later than the budget',
    scenario: 'continue/c-31-answer-later-than-the-budget',
    ends: 'ring stopped',
    seen: ['S>A UPDATE', 'A>S 200 (UPDATE)', 'S>B INVITE', 'S>A 200 (INVITE)'],
  },
  {
    what: 'Client-A cancels between steps 2 and 4',
    scenario: 'races/rc-14-cancel-between-steps-2-and-4',
    ends: 'cancelled',
    seen: ['A>S CANCEL', 'S>B BYE'],
    never: ['S>R mix'],
  },
  {
    what: 'Client-A cancels between steps 4 and 5',
    scenario: 'races/rc-15-cancel-between-steps-4-and-5',
    ends: 'cancelled',
    seen: ['S>B INVITE', 'A>S CANCEL', 'S>A 487 (INVITE)'],
    never: ['S>A UPDATE', 'S>R mix'],
  },
  {
    what: 'Client-A cancels between steps 6 and 7',
    scenario: 'races/rc-16-cancel-between-steps-6-and-7',
    ends: 'cancelled',
    seen: ['S>A UPDATE', 'A>S CANCEL', 'S>A 487 (INVITE)'],
    never: ['S>R mix'],
  },
  {
    what: 'the mixing is refused',
    scenario: 'failures/f-35-mixing-refused',
    ends: 'ring stopped',
    seen: ['S>R mix', 'S>B INVITE', 'S>A INVITE'],
  },
  {
    what: 'the Resource Server dies while it mixes',
    scenario: 'failures/f-34-resource-server-breaks-down',
    ends: 'ring continues',
    seen: ['S>R mix', 'S>B INVITE', 'S>A INVITE'],
  },
];

const fetches = 'http-mode/n-02-client-a-fetches-its-ring-back-tone';
const served = (key: string, value: string) => ({
  [`nodes.resource-server.resources.melody.${key}`]: value,
});
const handshake = ['A>R SYN', 'R>A SYN+ACK', 'A>R GET'];
const whole = [...handshake, 'R>A 200', 'R>A body'];

const ofHttp: readonly Branch[] = [
  { what: 'handshake, GET, head, body', scenario: fetches, ends: 'ring stopped', seen: whole },
  {
    what: 'slow start',
    scenario: fetches,
    settings: served('slow-start', 'true'),
    ends: 'ring stopped',
    seen: whole,
  },
  {
    what: 'a slow body',
    scenario: fetches,
    settings: served('pause', '2s'),
    ends: 'ring stopped',
    seen: whole,
  },
  {
    what: 'a body slower than the ringing',
    scenario: 'failures/f-13-download-too-slow',
    ends: 'answered without ring',
    seen: [...handshake, 'R>A 200', 'S>A 200 (INVITE)'],
  },
  {
    what: 'played from its beginning (SW-HTTP-PLAY=progressive)',
    scenario: fetches,
    settings: { 'switches.SW-HTTP-PLAY': 'progressive' },
    ends: 'ring stopped',
    seen: whole,
  },
  ...(
    [
      ['SYN', 'client-a'],
      ['SYN+ACK', 'resource-server'],
      ['GET', 'client-a'],
      ['200', 'resource-server'],
      ['body', 'resource-server'],
    ] as const
  ).map(
    ([lost, by]): Branch => ({
      what: `${lost} is lost, and comes again`,
      scenario: fetches,
      faults: [`drop the 1st ${lost} from ${by}`],
      ends: 'ring stopped',
      seen: whole,
    }),
  ),
  ...['500', '503'].map(
    (code): Branch => ({
      what: `${code}`,
      scenario: fetches,
      settings: served('serves', code),
      ends: 'answered without ring',
      seen: [...handshake, `R>A ${code}`],
      never: ['R>A body'],
    }),
  ),
  {
    what: '404',
    scenario: 'failures/f-12-http-404',
    ends: 'answered without ring',
    seen: [...handshake, 'R>A 404'],
    never: ['R>A body'],
  },
  {
    what: 'no response',
    scenario: fetches,
    settings: served('serves', 'silence'),
    ends: 'answered without ring',
    seen: handshake,
    never: ['R>A body'],
  },
  {
    what: 'nobody answers the SYN',
    scenario: 'failures/f-14-no-connection',
    ends: 'answered without ring',
    seen: ['S>A 180 (INVITE)', 'S>A 200 (INVITE)'],
    never: ['A>R GET'],
  },
  {
    what: 'the connection is reset',
    scenario: 'failures/f-14-connection-reset',
    ends: 'answered without ring',
    seen: [...handshake, 'R>A RST'],
  },
  {
    what: 'a type that nobody plays',
    scenario: 'failures/f-15-unknown-type',
    ends: 'answered without ring',
    seen: [...handshake, 'R>A 200', 'A>R RST'],
  },
  {
    what: 'a redirection',
    scenario: fetches,
    settings: {
      ...served('moved-to', 'http://198.51.100.6/film'),
    },
    ends: 'ring stopped',
    seen: [...handshake, 'R>A 302', ...whole],
  },
];

const parts = [
  ['Continue, where it fails (GAP-26)', ofContinue],
  ['A ring that is fetched over HTTP, and where that fails', ofHttp],
] as const;

describe.each(parts)('%s', (_title, branches) => {
  it.each(branches)('$what', ({ scenario, settings = {}, faults = [], ends, seen, never = [] }) => {
    const built = shippedWith(scenario, settings, faults);
    const run = runScenario(built, { engine: 'branches' });
    const messages = messagesOf(run);
    expect(missingFrom(messages, seen)).toBeNull();
    expect(never.filter((one) => messages.includes(one))).toEqual([]);
    expect([run.outcome, run.ended]).toEqual([ends, 'quiet']);
    // What the file itself expects to be broken is what its row is about.
    const due = new Map<string, string>(Object.entries(built.expect.verdicts));
    const broken = run.verdicts.filter(
      ({ verdict, level, clause }) =>
        verdict === 'violated' && level === 'error' && due.get(clause) !== 'violated',
    );
    expect(broken.map(({ clause, says }) => `${clause}: ${says}`)).toEqual([]);
  });
});

it('are told in docs/failure-branches.md: npx vitest run test/golden/failure-branches --update', async () => {
  const lines = [
    '# Where things fail',
    '',
    'Every branch of GAP-26, and of a download, with the run that shows it: a shipped scenario, or',
    'one changed by what stands behind it. `test/golden/failure-branches.test.ts` makes these runs,',
    'sees that the messages come in this order, that the call ends so, and that no clause is broken;',
    '`npx vitest run test/golden/failure-branches.test.ts --update` writes this page.',
    '',
    'A and B are the clients, S the CMR Server, R the CMR Resource Server.',
  ];
  for (const [title, branches] of parts) {
    lines.push('', `## ${title}`, '', '| Branch | Run | Ends | Messages |', '| --- | --- | --- | --- |');
    for (const { what, scenario, settings = {}, faults = [], ends, seen } of branches) {
      const changed = [
        ...Object.entries(settings).map(([place, value]) => `\`--set ${shellWord(`${place}=${value}`)}\``),
        ...faults.map((one) => `\`--fault ${shellWord(one)}\``),
      ];
      const link = `[\`${scenario}\`](../scenarios/${scenario}.cmr.yaml)`;
      lines.push(`| ${what} | ${[link, ...changed].join(' ')} | ${ends} | ${seen.join(', ')} |`);
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../docs/failure-branches.md');
});
