import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { readScenario, setInScenario, splitStream } from '../../sim-core/authoring.ts';
import { isSip, runScenario } from '../../sim-core/index.ts';
import { readFaultSentence } from '../../sim-core/scenario/fault-sentence.ts';
import { parseSdp } from '../../sim-core/sdp/parse-sdp.ts';
import { printSdp } from '../../sim-core/sdp/print-sdp.ts';
import { printMessage } from '../../sim-core/sip/print-message.ts';
import { holdsForAnyInput } from '../sim-core/sip/parsing/reading-messages.ts';
import { figure } from '../support/scenarios.ts';
import { sharedData } from '../support/shared-data.ts';
import { shippedFiles } from '../support/shipped-files.ts';
import type { Seeds } from './mutate.ts';

/** A reader under test: what it begins with, and what must hold for any input. */
export interface Reader {
  readonly name: string;
  readonly seeds: Seeds;
  /** Throws where it does not hold. */
  readonly read: (input: string) => void;
}

/** Characters stand for octets: every one of them from 0 to 255. */
function octets(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
}

const scenarios = shippedFiles().map(({ text }) => text);

/** Files of the shared corpus of at most 20 kB; none where it is not on this machine. */
function corpusIn(place: string, most: number): string[] {
  const folder = sharedData(place);
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(name).isFile() && statSync(name).size <= 20_000)
    .filter((name) => !name.endsWith('.json'))
    .sort()
    .slice(0, most)
    .map((name) => readFileSync(name, 'latin1'));
}

function ownMessages(): string[] {
  const { records } = runScenario(figure(), { engine: 'fuzz' });
  return records.flatMap((record) =>
    record.kind === 'sent' && isSip(record.packet) ? [printMessage(record.packet)] : [],
  );
}

const messages = ownMessages();

const sipWords = [
  ...'INVITE ACK PRACK UPDATE BYE CANCEL SIP/2.0 Via: v: From: To: t: Call-ID: i: CSeq:'.split(' '),
  ...'Contact: m: Content-Length: l: Content-Type: c: RAck: RSeq: Require: 100rel branch='.split(
    ' ',
  ),
  ...'z9hG4bK ;tag= <sip: sips: tel: > " \\ %00 %zz [::1] ; , = * multipart/mixed;boundary='.split(
    ' ',
  ),
  '\r\n',
  '\r\n\r\n',
  '\r\n ',
  '\t',
  '\0',
];

const sdpWords = [
  ...'v=0 o=- s=- c=IN IP4 IP6 t=0 m=audio m=video RTP/AVP a=rtpmap: a=fmtp: a=sendrecv'.split(' '),
  ...'a=inactive a=ptime: a=curr: a=des: b=AS: 224.1.1.1/127/3 telephone-event/8000'.split(' '),
  '\r\n',
  '\n',
  '\0',
];

const yamlWords = [
  ...'apiVersion: nodes: links: faults: script: expect: baseline: &a *a ! !!js <<: | > - ? { }'.split(
    ' ',
  ),
  ...'[ ] , # " \' null true 1/0 40ms 20ms..60ms __proto__: constructor: client-a'.split(' '),
  '\n',
  '\n  ',
  '\t',
  '---\n',
];

const nodes = ['client-a', 'client-b', 'cmr-server', 'resource-server'];

/** Every reader of text from outside. */
export const readers: readonly Reader[] = [
  {
    name: 'SIP message',
    seeds: { corpus: [...messages, ...corpusIn('torture', 400)], words: sipWords },
    read: (input) => holdsForAnyInput(octets(input)),
  },
  {
    name: 'SIP stream',
    seeds: {
      corpus: [messages.slice(0, 3).join(''), ...corpusIn('torture/tcp-streams', 40)],
      words: sipWords,
    },
    read(input) {
      const bytes = octets(input);
      let at = 0;
      // Pieces follow one another without a gap, and never reach beyond what has come.
      for (const piece of splitStream(bytes)) {
        if (piece.from < at) throw new Error(`a piece at ${piece.from}, behind ${at}`);
        at = piece.kind === 'unfinished' ? bytes.length : piece.to;
        if (at > bytes.length) throw new Error(`${at} of ${bytes.length} octets`);
      }
    },
  },
  {
    name: 'SDP',
    seeds: {
      corpus: [
        ...messages
          .filter((text) => text.includes('\r\nm='))
          .map((text) => text.split('\r\n\r\n')[1] ?? ''),
        ...corpusIn('sdp', 330),
        ...corpusIn('hostile/sdp', 40),
      ],
      words: sdpWords,
    },
    read(input) {
      const reading = parseSdp(input);
      // What could be read can be printed, and then reads the same.
      if ('problems' in reading) return;
      const printed = printSdp(reading.description);
      const again = parseSdp(printed);
      if ('problems' in again || printSdp(again.description) !== printed) {
        throw new Error('it prints otherwise');
      }
    },
  },
  {
    name: 'scenario',
    seeds: { corpus: [...scenarios, ...corpusIn('hostile/yaml', 60)], words: yamlWords },
    read(input) {
      const { scenario, problems } = readScenario(input, 'fuzz');
      if ((scenario === null) === (problems.length === 0)) throw new Error('neither nor');
      for (const { offset, line, column } of problems) {
        const inside = offset >= 0 && offset <= input.length && line >= 1 && column >= 1;
        if (!inside) throw new Error(`a problem at ${offset}, ${line}:${column}`);
      }
      setInScenario(input, 'links.a.latency', '50ms');
    },
  },
  {
    name: 'fault sentence',
    seeds: {
      corpus: [
        'drop the 1st 200 (PRACK) of client-b',
        'delay the 2nd and 4th to 9th ACK to cmr-server by 600ms',
        'drop everything between client-a and cmr-server from 3s to 5s',
        'change the To tag of every BYE',
      ],
      words: 'drop delay duplicate corrupt change the every 1st to and , from by 3s on'.split(' '),
    },
    read(input) {
      const reading = readFaultSentence(input, nodes);
      if (reading.fault !== null) return;
      if (reading.offset + reading.length > input.length) throw new Error('points outside');
    },
  },
];
