import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { parse } from 'sdp-transform';
import { describe, expect, it } from 'vitest';

import { addressOf, encodingOf, parametersOf } from '../../../sim-core/sdp/media-lines.ts';
import { parseSdp } from '../../../sim-core/sdp/parse-sdp.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import type { SessionDescription } from '../../../sim-core/sdp/session-description.ts';
import { describeWithData } from '../../support/shared-data.ts';
import { description } from './arbitrary-description.ts';
import { parsed, terminalA } from './written-sdp.ts';

describe('printSdp', () => {
  it('ends every line with CRLF and keeps the order of lines', () => {
    const text = printSdp(terminalA);
    expect(text.endsWith('a=rtcp-fb:* nack\r\n')).toBe(true);
    expect(text.split('\r\n').slice(0, 9)).toEqual([
      'v=0',
      'o=- 1101 1000 IN IP4 192.0.2.2',
      's=QC VOIP',
      'c=IN IP4 192.0.2.2',
      'b=AS:442',
      'b=RS:1200',
      'b=RR:4000',
      't=0 0',
      'm=audio 50056 RTP/AVP 104 102 96 97',
    ]);
  });

  it('prints a description that may still change afresh', () => {
    const open = { ...terminalA };
    const before = printSdp(open);
    open.sessionName = 'another';
    expect(printSdp(open)).toBe(before.replace('s=QC VOIP', 's=another'));
  });

  it('is undone by parseSdp', () => {
    fc.assert(
      fc.property(description, (value) => {
        expect(parsed(printSdp(value))).toEqual(value);
      }),
    );
  });

  it('says to sdp-transform what our accessors say', () => {
    fc.assert(fc.property(description, compareWithSdpTransform));
  });
});

/** A second opinion on every field that sdp-transform knows. */
function compareWithSdpTransform(ours: SessionDescription): void {
  const theirs = parse(printSdp(ours));
  expect(theirs.version).toBe(0);
  expect(String(theirs.name)).toBe(ours.sessionName);
  expect(String(theirs.origin.username)).toBe(ours.origin.userName);
  expect(String(theirs.origin.sessionId)).toBe(ours.origin.sessionId);
  expect(Number(theirs.origin.sessionVersion)).toBe(ours.origin.version);
  expect(String(theirs.origin.address)).toBe(ours.origin.address);
  expect(theirs.media).toHaveLength(ours.media.length);
  for (const [index, section] of ours.media.entries()) {
    const other = theirs.media[index];
    expect(String(other?.type)).toBe(section.media);
    expect(other?.port).toBe(section.port);
    expect(String(other?.protocol)).toBe(section.protocol);
    expect(String(other?.payloads)).toBe(section.formats.join(' '));
    const connection = other?.connection?.ip ?? theirs.connection?.ip;
    expect(connection?.split('/')[0] ?? null).toBe(addressOf(section, ours));
    for (const { payload, codec, rate, encoding } of other?.rtp ?? []) {
      // RFC 8866 §9: without a clock rate above 0 it is no encoding.
      if (rate === undefined || rate === 0) continue;
      const read = encodingOf(section, String(payload));
      expect(read?.name).toBe(String(codec));
      expect(read?.clockRate).toBe(rate);
      expect(read?.parameters ?? undefined).toBe(encoding === undefined ? encoding : `${encoding}`);
    }
    for (const { payload, config } of other?.fmtp ?? []) {
      expect(parametersOf(section, String(payload))).toBe(String(config).trim());
    }
  }
}

describeWithData('printSdp over the corpus', 'sdp', (folder) => {
  const bodies = readdirSync(folder)
    .filter((name) => name.endsWith('.sdp'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'latin1') }));

  it('gives back every body that parses, byte by byte but for the line ends', () => {
    let count = 0;
    for (const { name, text } of bodies) {
      const reading = parseSdp(text);
      if ('problems' in reading) continue;
      const lines = text.replace(/[\r\n]+$/, '').split(/\r?\n/);
      expect(printSdp(reading.description), name).toBe(`${lines.join('\r\n')}\r\n`);
      expect(parsed(printSdp(reading.description)), name).toEqual(reading.description);
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual(280);
  });

  it('says to sdp-transform what our accessors say, body by body', () => {
    for (const { text } of bodies) {
      const reading = parseSdp(text);
      if ('description' in reading) compareWithSdpTransform(reading.description);
    }
  });
});
