import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import { describeWithData, sharedData } from '../../support/shared-data.ts';
import { figure } from '../../support/scenarios.ts';

/** The figure's terminals speak as real ones do, line by line, but for addresses and ports. */

const capture = 'captures/ims-volte-nonipsec-to-ipsec.pcapng';

describeWithData('the terminals of the figure', capture, () => {
  it('Client-A offers audio as the captured caller does', () => {
    expect(audioOf(own('client-a'))).toEqual(audioOf(captured('QC VOIP')));
  });

  it('Client-B answers as the captured called terminal does', () => {
    expect(audioOf(own('client-b'))).toEqual(audioOf(captured('SS VOIP')));
  });

  it('Client-A sends the captured caller’s header fields', () => {
    const invite = capturedInvite();
    const client = figure().nodes.find(({ name }) => name === 'client-a');
    if (client?.role !== 'cmr-client') throw new Error('client-a is a client');
    expect(client.headers.invite.map(([name]) => name)).toEqual([
      'P-Access-Network-Info',
      'P-Preferred-Identity',
      'Accept',
      'P-Preferred-Service',
      'Accept-Contact',
    ]);
    for (const [name, value] of client.headers.invite) {
      if (name === 'P-Preferred-Identity') continue;
      expect(invite).toContain(`${name}: ${value}`);
    }
    expect(invite).toContain(`Supported: ${client.supported.join(',')}`);
  });
});

function own(name: string): string {
  const node = figure().nodes.find((one) => one.name === name);
  if (node?.role !== 'cmr-client') throw new Error(`${name} is a client`);
  return printSdp(node.sdp);
}

/** The first SDP body of that session name that one segment of the capture holds whole. */
function captured(session: string): string {
  const text = captureText();
  for (const { index } of text.matchAll(new RegExp(`s=${session}\r\n`, 'g'))) {
    const start = text.lastIndexOf('v=0\r\n', index);
    const body = /^(?:[a-z]=[^\r\n]*\r\n)+/.exec(text.slice(start))?.[0] ?? '';
    if (body.includes('m=audio') && body.includes('ptime')) return body;
  }
  return '';
}

function capturedInvite(): string {
  const text = captureText();
  const start = text.indexOf('INVITE sip:');
  return text.slice(start, text.indexOf('\r\n\r\n', start));
}

function captureText(): string {
  const file = sharedData(capture);
  return file === null ? '' : readFileSync(file, 'latin1');
}

/** The audio section without what names a place: port, RTCP port. */
function audioOf(sdp: string): string[] {
  const lines = sdp.trimEnd().split('\r\n');
  const start = lines.findIndex((line) => line.startsWith('m=audio'));
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('m='));
  const section = length < 0 ? lines.slice(start) : lines.slice(start, start + 1 + length);
  return section
    .filter((line) => !line.startsWith('a=rtcp:'))
    .map((line) => line.replace(/^m=audio \d+/, 'm=audio'));
}
