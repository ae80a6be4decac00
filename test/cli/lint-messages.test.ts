import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import { imsCall } from '../sim-core/sip/parsing/ims-call.ts';
import { fakeTerminal } from './fake-terminal.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-lint-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function lint(...files: readonly string[]) {
  const fake = fakeTerminal();
  const code = await runCommandLine(['lint', ...files], fake.terminal);
  return { code, out: fake.out(), err: fake.err() };
}

function written(name: string, text: string | Uint8Array): string {
  const whole = path.join(folder, name);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

const [invite = ''] = imsCall;

describe('ringscope lint of SIP messages', () => {
  it('has nothing to say of a message that is right', async () => {
    for (const name of ['a.sip', 'a.dat', 'a.msg', 'A.SIP']) {
      const file = written(name, invite);
      expect(await lint(file)).toEqual({ code: 0, out: '1 file, no problems\n', err: '' });
    }
  });

  it('shows file, line and column, what was found and is allowed, and the place', async () => {
    const file = written('bad.sip', invite.replace('P-Early-Media: supported', 'Allow: A,,B'));
    expect(await lint(file)).toEqual({
      code: exitCodes.refused.code,
      out: [
        `${file}:16:10: error: an empty value in a list (RFC 3261 §20.5)`,
        '   |',
        '16 | Allow: A,,B',
        '   |          ^',
        '1 file, 1 problem',
        '',
      ].join('\n'),
      err: '',
    });
  });

  it('warns of what may be put up with, and does not fail for it', async () => {
    const file = written('old.sip', invite.replace(';branch=z9hG4bK332b23.1', ''));
    const { code, out } = await lint(file);
    expect(code).toBe(0);
    expect(out).toContain(`${file}:2:6: warning: no branch that begins with z9hG4bK`);
    expect(out).toContain('\n1 file, 1 problem\n');
  });

  it('shows octets that are no text, and lets none of them steer the terminal', async () => {
    const octets = Buffer.from(invite.replace('"Alice A"', '"\u{1b}[2J\u{ff}"'), 'latin1');
    const { out } = await lint(written('octets.sip', octets));
    expect(out).toContain(':9:8: error: the control character 0x1B in a quoted string');
    expect(out).toContain(':9:12: error: the octet 0xFF in a quoted string is not UTF-8');
    expect(out).toContain('From: "\\x1B[2J\u{fffd}" <sip:');
    expect(/[\p{Cc}\p{Cf}]/u.exec(out.replaceAll('\n', ''))).toBeNull();
  });

  it('says of a file that is no message what a message is, and shows at most 20 problems', async () => {
    const { code, out } = await lint(written('none.sip', 'hello\n'));
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toContain(
      'none.sip:1:1: error: no SIP message: the start line is METHOD uri SIP/2.0',
    );
    const many = await lint(written('many.sip', invite.replace('gruu', ','.repeat(50))));
    expect(many.out.match(/: error: /g)).toHaveLength(20);
    expect(many.out).toMatch(/many\.sip: 31 more problems\n1 file, 51 problems\n$/);
  });

  it('takes messages and scenarios together, also from a folder', async () => {
    written('all/deep/good.msg', invite);
    written('all/bad.cmr.yaml', 'title: x\n');
    written('all/notes.txt', 'neither');
    const { code, out } = await lint(path.join(folder, 'all'));
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toMatch(/bad\.cmr\.yaml:1:1: error CMR1005[^]*\n2 files, 4 problems\n$/);
  });

  it('says what keeps a file from being read, and that one is too long', async () => {
    expect(await lint(path.join(folder, 'nowhere.sip'))).toMatchObject({
      code: exitCodes.unavailable.code,
      out: expect.stringContaining('there is no such file or folder'),
    });
    const { code, out } = await lint(written('long.dat', 'x'.repeat(3_000_000)));
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toMatch(/long\.dat:1:1: error: more than 1048576 octets/);
  });
});
