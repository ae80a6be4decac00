import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fieldValue } from '../../../../sim-core/sip/parsing/fields.ts';
import { identifiersOf, type Identifiers } from '../../../../sim-core/sip/parsing/identifiers.ts';
import { indexMessage } from '../../../../sim-core/sip/parsing/index-message.ts';
import { parameterValue } from '../../../../sim-core/sip/parsing/parameters.ts';
import { startLineOf } from '../../../../sim-core/sip/parsing/start-line.ts';
import { printMessage } from '../../../../sim-core/sip/print-message.ts';
import { arbitraryMessage, token } from './arbitrary-message.ts';
import { imsCall } from './ims-call.ts';
import { messageIn, requestWith } from './reading-messages.ts';

/** The same by the readers of whole values, which take their time. */
function slowly(text: string): Identifiers {
  const message = indexMessage(text);
  if (message === null) throw new Error(text);
  const start = startLineOf(message);
  const tag = (name: 'From' | 'To') =>
    parameterValue(fieldValue(message, name)?.parameters ?? [], 'tag');
  const cseq = fieldValue(message, 'CSeq');
  return {
    method: start.kind === 'request' ? start.method : null,
    status: start.kind === 'response' ? start.status : null,
    callId: fieldValue(message, 'Call-ID'),
    fromTag: tag('From'),
    toTag: tag('To'),
    branch: parameterValue(fieldValue(message, 'Via')?.parameters ?? [], 'branch'),
    sequenceNumber: Number.isNaN(cseq?.number) ? null : (cseq?.number ?? null),
    sequenceMethod: cseq?.method ?? null,
  };
}

function agree(text: string): void {
  const message = indexMessage(text);
  if (message !== null) expect(identifiersOf(message), text).toEqual(slowly(text));
}

describe('identifiersOf', () => {
  it('are those of the call', () => {
    const all = imsCall.map((text) => identifiersOf(messageIn(text)));
    expect(new Set(all.map(({ callId }) => callId)).size).toBe(1);
    expect(all.map(({ method, status }) => method ?? status)).toEqual([
      'INVITE',
      100,
      183,
      'PRACK',
      200,
      'UPDATE',
      200,
      180,
      200,
      'BYE',
    ]);
    expect(all[2]).toMatchObject({
      fromTag: '171828',
      toTag: '314159',
      branch: 'z9hG4bK332b23.1',
      sequenceNumber: 127,
      sequenceMethod: 'INVITE',
    });
    for (const text of imsCall) agree(text);
  });

  it('are what the whole values say, for every message that can be printed', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => agree(printMessage(message))),
      { numRuns: 200 },
    );
  });

  it('and however they are written', () => {
    const white = fc.constantFrom('', ' ', '\t', '\r\n ', '  ');
    const party = fc
      .tuple(
        fc.constantFrom('', 'Bob ', '"Bob" ', '"B\\"<>\\\\" ', '";tag=x"', '"open '),
        fc.constantFrom('<sip:a@b;tag=u>', 'sip:a@b', '<sip:a@b', '<tel:+1>', ''),
        fc.array(
          fc.tuple(
            white,
            fc.constantFrom('tag', 'TAG', 'x', 'tags', ''),
            white,
            fc.constantFrom('=1', '="1;tag=2"', '=', '', '=[::1]:5', '=a,tag=b'),
          ),
          { maxLength: 3 },
        ),
      )
      .map(
        ([name, uri, parameters]) =>
          `${name}${uri}${parameters.map(([a, b, c, d]) => `${a};${b}${c}${d}`).join('')}`,
      );
    const hop = fc
      .tuple(
        fc.constantFrom('SIP/2.0/UDP', 'SIP / 2.0 /UDP', 'SIP/2.0'),
        fc.constantFrom(' a.example', ' [::1]:5', ' a : 5', ''),
        fc.constantFrom(';branch=', ' ; branch = ', ';BRANCH=', ',SIP/2.0/UDP b;branch=', ';x='),
        fc.oneof(token, fc.constantFrom('"q"', '', '[::1]')),
      )
      .map((parts) => parts.join(''));
    const sequence = fc.constantFrom('1 INVITE', '0001\t INVITE', '1', 'INVITE', '1 IN VITE', '');
    const sequences = fc.oneof(
      sequence,
      fc.constantFrom('99999999999 BYE', '4294967295 A', '1 A,'),
    );
    const callId = fc.constantFrom('a@b', 'a', '', 'a b', 'a@b@c', 'a,b', '\u{fc}', ' x ');
    const names = fc.constantFrom(
      ['From', 'To', 'Via', 'CSeq', 'Call-ID'],
      ['f', 't', 'v', 'CSEQ ', 'i'],
      ['FROM', 'tO\t', 'VIA', 'cseq', 'call-id'],
    );
    fc.assert(
      fc.property(names, party, party, hop, sequences, callId, (name, ...values) => {
        const lines = name.map((each, index) => `${each}: ${values[index]}`);
        agree(`OPTIONS sip:a@b SIP/2.0\r\n${lines.join('\r\n')}\r\n\r\n`);
      }),
      { numRuns: 1_500 },
    );
  });

  it('are null where they are missing', () => {
    expect(identifiersOf(messageIn('SIP/2.0 200 OK\r\n\r\n', 'tolerant'))).toEqual({
      method: null,
      status: 200,
      callId: null,
      fromTag: null,
      toTag: null,
      branch: null,
      sequenceNumber: null,
      sequenceMethod: null,
    });
    expect(identifiersOf(messageIn(requestWith('To: <sip:a@b>'))).toTag).toBeNull();
  });
});
