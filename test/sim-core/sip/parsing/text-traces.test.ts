import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { fieldsNamed } from '../../../../sim-core/sip/parsing/fields.ts';
import { identifiersOf } from '../../../../sim-core/sip/parsing/identifiers.ts';
import { parseMessage } from '../../../../sim-core/sip/parsing/parse-message.ts';
import { startLineOf } from '../../../../sim-core/sip/parsing/start-line.ts';
import { describeWithData } from '../../../support/shared-data.ts';
import { holdsForAnyInput, messageIn, refusals } from './reading-messages.ts';

/** What may stand before a start line in a trace: nothing, a label, or the dots of a hex view. */
const startLine =
  /(?:[A-Z]{3,9} (?:sips?|tel|urn):[^ \r\n]+ SIP\/2\.0|SIP\/2\.0 [1-6][0-9]{2} [^\r\n"]*)/g;

/** Messages of each trace by their start lines, as tshark and the eye count them. */
const startLines: Readonly<Record<string, number>> = {
  'acme-sipmsg.log': 5,
  'gof-sdp-example.ngrep-byline.txt': 7,
  'pjsip-log-early-update.txt': 1,
  'rfc3665-messages.txt': 178,
  'rfc5359-messages.txt': 332,
  'sipp-auth_fail-sipp_scenario00.log': 10,
  'sipp-mix-sipp_scenario01.log': 11,
  'tmus-volte-emergency-invite.txt': 1,
  'ts24182-a421-early-session-invite.txt': 1,
  'volte-huawei-gated-cancel.md': 15,
};

/** What strict reading refuses in the printed RFCs, and how often: slips of their own. */
const slips: Readonly<Record<string, readonly (readonly [says: string, count: number])[]>> = {
  'rfc3665-messages.txt': [
    ['Content-Length is 151, but only 0 octets', 2],
    ['but found "nonce="ea9c8e88df84f1cec4341ae6cbe5a359""', 1],
    ['an empty value in a list', 1],
  ],
  'rfc5359-messages.txt': [
    ['expected a number, but found "..."', 121],
    ['received is an IP address without brackets', 3],
  ],
};

describeWithData('traces as text', 'captures/text', (folder) => {
  const textOf = (name: string): string => readFileSync(path.join(folder, name), 'latin1');
  const names = readdirSync(folder);

  it('are all there', () => {
    expect(names).toHaveLength(24);
  });

  it.each(names)('%s, whole and cut at its start lines: no error', (name) => {
    const text = textOf(name);
    holdsForAnyInput(Buffer.from(text, 'latin1'));
    const starts = [...text.matchAll(startLine)].map(({ index }) => index);
    if (startLines[name] !== undefined) expect(starts).toHaveLength(startLines[name]);
    for (const [index, start] of starts.entries()) {
      const piece = Buffer.from(text.slice(start, starts[index + 1]), 'latin1');
      holdsForAnyInput(piece);
      const { message } = parseMessage(piece, 'tolerant');
      if (message !== null) expect(startLineOf(message).version).toMatch(/^SIP\/2\.0/);
    }
  });

  it.each(Object.keys(slips))('%s: every message strict but for the slips of the RFC', (name) => {
    const pieces = textOf(name)
      .split(/^### .*\n/m)
      .slice(1);
    const refused = pieces.flatMap((piece) => {
      const [head = '', body = ''] = piece.trim().split(/\n\n(?=v=)/);
      const text = `${head}\n\n${body === '' ? '' : `${body}\n`}`.replaceAll('\n', '\r\n');
      return refusals(parseMessage(text, 'strict').problems);
    });
    expect(pieces.length).toBeGreaterThan(170);
    const counted = (slips[name] ?? []).map(([says]) => [
      says,
      refused.filter((one) => one.says.includes(says)).length,
    ]);
    expect(counted).toEqual(slips[name]);
    const sum = counted.reduce((total, [, count]) => total + Number(count), 0);
    expect(refused.map(({ says }) => says)).toHaveLength(sum);
  });

  it.each(names.filter((name) => name.startsWith('sipp-')))('%s, by its lengths', (name) => {
    const text = textOf(name);
    const label = /(?:sent \(([0-9]+) bytes\)|received \[([0-9]+)\] bytes) ?:\r?\n\r?\n/g;
    const messages = [...text.matchAll(label)].map((found) => {
      const start = found.index + found[0].length;
      return text.slice(start, start + Number(found[1] ?? found[2]));
    });
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) {
      const octets = Buffer.from(message, 'latin1');
      holdsForAnyInput(octets);
      const read = messageIn(octets, 'tolerant');
      const { callId, sequenceMethod, branch } = identifiersOf(read);
      expect(message).toContain(`\nCall-ID: ${callId}\r\n`);
      expect(fieldsNamed(read, 'CSeq')[0]?.value.endsWith(` ${sequenceMethod}`)).toBe(true);
      expect(message.indexOf(`branch=${branch}`)).toBeGreaterThan(0);
    }
  });
});
