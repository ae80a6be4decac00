import { expect } from 'vitest';

import { messageOf } from '../../../../sim-core/sip/parsing/message-of.ts';
import { parseMessage, type Strictness } from '../../../../sim-core/sip/parsing/parse-message.ts';
import type { ParsedMessage } from '../../../../sim-core/sip/parsing/parsed-message.ts';
import { printParsed } from '../../../../sim-core/sip/parsing/print-parsed.ts';
import type { SipProblem } from '../../../../sim-core/sip/parsing/problems.ts';
import { inGoodTime } from '../../../support/good-time.ts';

/** A request that nothing is wrong with, line by line; lines given replace those of their name. */
export function requestWith(...lines: readonly string[]): string {
  return messageWith('INVITE sip:bob@biloxi.example.com SIP/2.0', lines);
}

export function messageWith(start: string, lines: readonly string[], body = ''): string {
  const usual = [
    'Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds',
    'Max-Forwards: 70',
    'From: <sip:alice@atlanta.example.com>;tag=1928301774',
    'To: <sip:bob@biloxi.example.com>',
    'Call-ID: a84b4c76e66710@pc33.atlanta.example.com',
    'CSeq: 314159 INVITE',
    `Content-Length: ${new TextEncoder().encode(body).length}`,
  ];
  const nameOf = (line: string): string => {
    const name = line.split(/[ \t]*:/, 1)[0]?.toLowerCase() ?? '';
    return compactNames[name] ?? name;
  };
  const given = new Set(lines.map(nameOf));
  const kept = usual.filter((line) => !given.has(nameOf(line)));
  return [start, ...kept, ...lines, '', body].join('\r\n');
}

const compactNames: Readonly<Record<string, string>> = {
  f: 'from',
  i: 'call-id',
  l: 'content-length',
  t: 'to',
  v: 'via',
};

/** Severity, place and sentence of each problem: `'malformed 3:7 a tag …'`. */
export function told(problems: readonly SipProblem[]): string[] {
  return problems.map(
    ({ severity, line, column, says }) => `${severity} ${line}:${column} ${says}`,
  );
}

export function problemsOf(source: Uint8Array | string): string[] {
  return told(parseMessage(source, 'strict').problems);
}

export function refusals(problems: readonly SipProblem[]): SipProblem[] {
  return problems.filter(({ severity }) => severity === 'malformed');
}

/** The message, which must be there. */
export function messageIn(source: Uint8Array | string, how: Strictness = 'strict'): ParsedMessage {
  const { message, problems } = parseMessage(source, how);
  expect(message, told(problems).join('\n')).not.toBeNull();
  if (message === null) throw new Error('no message');
  return message;
}

/**
 * What holds for any input whatever: no error, in good time, nothing of the octets lost, problems
 * that point into the text, and strictness that only takes away.
 */
export function holdsForAnyInput(octets: Uint8Array): void {
  const strict = inGoodTime(() => parseMessage(octets, 'strict'));
  const tolerant = inGoodTime(() => parseMessage(octets, 'tolerant'));
  const { message } = tolerant;
  if (message !== null) {
    expect(Buffer.compare(printParsed(message), octets)).toBe(0);
    inGoodTime(() => messageOf(message));
  }
  expect(tolerant.problems).toEqual(strict.problems);
  if (tolerant.message === null) expect(strict.message).toBeNull();
  expect(strict.message === null).toBe(
    tolerant.message === null || refusals(strict.problems).length > 0,
  );
  for (const { line, column, offset } of strict.problems) {
    expect(Math.min(line, column)).toBeGreaterThan(0);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(octets.length);
  }
}
