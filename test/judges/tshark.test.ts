import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readScenario } from '../../sim-core/authoring.ts';
import { isSip, printMessage, type SipMessage } from '../../sim-core/index.ts';
import { shippedFiles } from '../support/shipped-files.ts';
import { told } from '../support/scenarios.ts';

/** tshark reads what we print: somebody else's SIP and SDP parser, and its opinion of each. */
describe.each(shippedFiles())('tshark on $path', ({ path: file, text }) => {
  it('finds the same messages, none malformed', ({ skip }) => {
    if (!isInstalled()) {
      if (process.env['CI'] !== undefined) throw new Error('tshark is not installed');
      skip('tshark is not installed');
    }
    const { scenario } = readScenario(text, file);
    if (scenario === null) throw new Error(`${file} cannot be read`);
    const messages = told(scenario).records.flatMap((record) =>
      record.kind === 'sent' && isSip(record.packet) ? [record.packet] : [],
    );
    expect(judged(messages)).toEqual(messages.map(asSeen));
  });
});

interface Seen {
  readonly what: string;
  readonly sequence: string;
  readonly media: string;
  readonly complaints: string;
}

function asSeen(message: SipMessage): Seen {
  const media = message.bodies.flatMap(({ description }) =>
    description.media.map(({ media: type, port, protocol, formats }) =>
      [type, port, protocol, ...formats].join(' '),
    ),
  );
  return {
    what: message.kind === 'request' ? message.method : String(message.status),
    sequence: `${message.cseq.number} ${message.cseq.method}`,
    media: media.join(','),
    complaints: '',
  };
}

/** What tshark says of each message, sent over UDP on port 5060. */
function judged(messages: readonly SipMessage[]): Seen[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-tshark-'));
  try {
    const hex = path.join(folder, 'messages.txt');
    const capture = path.join(folder, 'messages.pcap');
    writeFileSync(hex, messages.map(hexDump).join('\n'));
    execFileSync('text2pcap', ['-q', '-u', '5060,5060', hex, capture], { stdio: 'ignore' });
    const fields = ['sip.Method', 'sip.Status-Code', 'sip.CSeq', 'sdp.media', '_ws.malformed'];
    const asked = fields.flatMap((field) => ['-e', field]);
    const output = execFileSync(
      'tshark',
      ['-n', '-r', capture, '-T', 'fields', '-E', 'separator=|', ...asked],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return output
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [method, status, sequence, media, malformed] = line.split('|');
        const what = method === '' ? (status ?? '') : (method ?? '');
        return {
          what,
          sequence: sequence ?? '',
          media: media ?? '',
          complaints: malformed ?? '',
        };
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function hexDump(message: SipMessage): string {
  const bytes = Buffer.from(printMessage(message), 'utf8');
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)].map((byte) => byte.toString(16).padStart(2, '0'));
    lines.push(`${at.toString(16).padStart(6, '0')} ${row.join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Asked once: it takes as long to start as to read a capture. */
let installed: boolean | null = null;

function isInstalled(): boolean {
  installed ??= spawnSync('tshark', ['--version'], { stdio: 'ignore' }).status === 0;
  return installed;
}
