import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { isSip, printMessage, runScenario } from '../../sim-core/index.ts';
import { printSdp } from '../../sim-core/sdp/print-sdp.ts';
import { sip } from '../support/foreign-parsers.ts';
import { describeWithData, sharedData } from '../support/shared-data.ts';
import { shipped } from '../support/scenarios.ts';
import { descriptionClasses, messageClasses, type OpinionClass } from './opinion-classes.ts';
import {
  descriptionJudges,
  differencesOver,
  messageJudges,
  ourDescription,
  ourMessage,
  type Difference,
  type Input,
} from './second-opinions.ts';

/** Files below a folder of the corpus, but for indexes, lists of values and streams. */
function filesIn(place: string): Input[] {
  const folder = sharedData(place) ?? '';
  const aside = /\.json$|fields\/|tcp-streams|^test\.dat$/;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !aside.test(name) && statSync(path.join(folder, name)).isFile())
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(folder, name), 'latin1');
      // The tests of libosip2 begin with what they expect.
      const from = text.startsWith('expected_error') ? text.indexOf('\n') + 1 : 0;
      return { name: `${place}/${name}`, text: text.slice(from) };
    });
}

/** The messages of an RFC as it prints them, with the lengths and line ends that are meant. */
function examplesOf(rfc: string): Input[] {
  const text = readFileSync(sharedData(`captures/text/${rfc}-messages.txt`) ?? '', 'latin1');
  return text
    .split(/^### .*\n/m)
    .slice(1)
    .map((piece, at) => {
      const [head = '', body = ''] = piece.trim().split(/\n\n(?=v=)/);
      const lines = (part: string) => part.replaceAll('\n', '\r\n');
      const content = body === '' ? '' : lines(`${body}\n`);
      const known = lines(head).replace('Content-Length: ...', `Content-Length: ${content.length}`);
      return { name: `${rfc} ${at + 1}`, text: `${known}\r\n\r\n${content}` };
    });
}

/** The first class that each difference fits, and what fits none. */
function sorted(differences: readonly Difference[], classes: readonly OpinionClass[]) {
  const known = new Map<OpinionClass, Difference[]>(classes.map((one) => [one, []]));
  const unknown: Difference[] = [];
  for (const one of differences) {
    const its = classes.find(({ fits }) => fits(one));
    (its === undefined ? unknown : known.get(its))?.push(one);
  }
  return { known, unknown };
}

const intro = `# Second opinions

Made by \`npx vitest run test/judges/second-opinions.test.ts --update\`, over the collected messages and
descriptions of other people and our own hostile ones. What others make of them:

- **SIP messages**: [JsSIP](https://jssip.net), whose grammar is made from that of RFC 3261, and the package
  \`sip\`, which reads by regular expressions. Compared are whether a message is taken, and where both take it
  its kind, method or status, Call-ID, tags, topmost branch and CSeq.
- **Session descriptions**: the reader of \`sip\`, and sdp-transform. Ours asks sdp-transform for m= lines
  that its own grammar refuses, so that there its word counts for what is refused. Compared are session id and
  version, and the media, ports and protocols of the m= lines.

Our reader is the strict one: it takes what the grammar has and nothing else. The verdicts of RFC 4475 and 5118
have a test of their own (\`test/sim-core/sip/parsing/torture.test.ts\`), and all of them hold. Wireshark judges
what we print (docs/pcapng.md). Every difference below belongs to a class that somebody has looked at; one that
fits none makes the test fail.
`;

describeWithData('second opinions on the corpus', 'torture/VERDICTS.json', () => {
  const messages = [
    ...filesIn('torture'),
    ...filesIn('hostile/sip'),
    ...examplesOf('rfc3665'),
    ...examplesOf('rfc5359'),
  ];
  const descriptions = [...filesIn('sdp'), ...filesIn('hostile/sdp')];
  const onMessages = differencesOver(messages, ourMessage, messageJudges);
  const onDescriptions = differencesOver(descriptions, ourDescription, descriptionJudges);
  const ofMessages = sorted(onMessages, messageClasses);
  const ofDescriptions = sorted(onDescriptions, descriptionClasses);

  it('are on all of it', () => {
    expect([messages.length, descriptions.length]).toEqual([830, 339]);
  });

  it('differ from ours for known reasons alone', () => {
    expect([...ofMessages.unknown, ...ofDescriptions.unknown]).toEqual([]);
  });

  it('differ for every reason that is told', () => {
    const told = [...ofMessages.known, ...ofDescriptions.known];
    expect(told.filter(([, found]) => found.length === 0).map(([{ title }]) => title)).toEqual([]);
  });

  it('are listed in docs/second-opinions.md', async () => {
    const page = [
      intro,
      ...chapter('SIP messages', messages.length, ofMessages.known, Object.keys(messageJudges)),
      ...chapter(
        'Session descriptions',
        descriptions.length,
        ofDescriptions.known,
        Object.keys(descriptionJudges),
      ),
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../../docs/second-opinions.md');
  });
});

function chapter(
  title: string,
  count: number,
  classes: ReadonlyMap<OpinionClass, readonly Difference[]>,
  judges: readonly string[],
): string[] {
  const all = [...classes.values()].flat();
  const agreements = judges.map((judge) => {
    const inputs = new Set(all.filter((one) => one.judge === judge).map(({ input }) => input));
    return `${judge} agrees on ${count - inputs.size}`;
  });
  return [
    `## ${title}`,
    '',
    `Of ${count}, ${agreements.join(', ')}.`,
    '',
    ...[...classes].flatMap(([{ title: name, explains }, found]) => [
      `### ${name}`,
      '',
      explains,
      '',
      ...linesOf(found, judges),
      '',
    ]),
  ];
}

function linesOf(found: readonly Difference[], judges: readonly string[]): string[] {
  const kinds = [...new Set(found.map(({ what }) => what))];
  return kinds.flatMap((what) =>
    judges.flatMap((judge) => {
      const these = found.filter((one) => one.what === what && one.judge === judge);
      if (these.length === 0) return [];
      const names = these.map(({ input }) => `\`${input}\``).join(', ');
      return [`- ${headOf(what, judge)} (${these.length}): ${names}`];
    }),
  );
}

function headOf(what: string, judge: string): string {
  if (what === 'refused') return `We refuse, ${judge} takes`;
  if (what === 'taken') return `We take, ${judge} refuses`;
  return `${what}, otherwise to ${judge}`;
}

/** Calls that between them have every kind of message and body that we print. */
const calls = [
  'continue/as-in-the-figure',
  'continue/c-04-application-server-mode',
  'continue/c-25-session-timers',
  'application-server-mode/n-09-both-clients-are-rung',
  'application-server-mode/n-14-invite-without-sdp-offer-in-180',
  'capabilities/k-02-http-mode-instead',
  'failures/f-01-busy',
  'forking/fk-01-two-phones-one-answers',
  'preconditions/pr-01-ladder',
  'stop-and-tones/st-06-stop-digit-by-info',
] as const;

describe('second opinions on what we print', () => {
  const printed = calls.flatMap((name) =>
    runScenario(shipped(name), { engine: 'test' }).records.flatMap((record) =>
      record.kind === 'sent' && isSip(record.packet) ? [record.packet] : [],
    ),
  );

  it('are the same as ours, message by message', () => {
    const methods = printed.map((message) => message.cseq.method);
    expect([...new Set(methods)].sort()).toEqual(
      ['ACK', 'BYE', 'CANCEL', 'INFO', 'INVITE', 'PRACK', 'UPDATE'].sort(),
    );
    const inputs = printed.map((message, at) => ({ name: String(at), text: latin1(message) }));
    expect(inputs.filter(({ text }) => ourMessage(text).fields === null)).toEqual([]);
    expect(differencesOver(inputs, ourMessage, messageJudges)).toEqual([]);
  });

  it('are the same as ours, body by body', () => {
    const bodies = printed.flatMap(({ bodies: all }) =>
      all.map((one) => printSdp(one.description)),
    );
    const inputs = [...new Set(bodies)].map((text, at) => ({ name: String(at), text }));
    expect(inputs.length).toBeGreaterThan(30);
    expect(differencesOver(inputs, ourDescription, descriptionJudges)).toEqual([]);
  });

  it('lose nothing of a message that sip reads and writes again', () => {
    for (const message of printed) {
      const text = latin1(message);
      const read = sip.parse(text);
      expect(read).toBeDefined();
      if (read === undefined) continue;
      const again = ourMessage(sip.stringify(read));
      expect(again, text).toEqual(ourMessage(text));
    }
  });
});

/** Characters stand for octets. */
function latin1(message: Parameters<typeof printMessage>[0]): string {
  return Buffer.from(printMessage(message), 'utf8').toString('latin1');
}
