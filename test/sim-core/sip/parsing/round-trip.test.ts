import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { messageOf } from '../../../../sim-core/sip/parsing/message-of.ts';
import { parseMessage } from '../../../../sim-core/sip/parsing/parse-message.ts';
import { printParsed } from '../../../../sim-core/sip/parsing/print-parsed.ts';
import { isSip, type SipMessage } from '../../../../sim-core/sip/message.ts';
import { printMessage } from '../../../../sim-core/sip/print-message.ts';
import { readScenario } from '../../../../sim-core/authoring.ts';
import { told as runToItsEnd } from '../../../support/scenarios.ts';
import { shippedFiles } from '../../../support/shipped-files.ts';
import { arbitraryMessage } from './arbitrary-message.ts';
import { imsCall } from './ims-call.ts';
import { messageIn, messageWith, refusals, told } from './reading-messages.ts';

/** Whatever was printed is read back as it was, and printed again to the same octets. */
function returns(message: SipMessage): void {
  const text = printMessage(message);
  const octets = new TextEncoder().encode(text);
  for (const source of [text, octets]) {
    const { message: parsed, problems } = parseMessage(source, 'strict');
    if (parsed === null) throw new Error(`${told(problems).join('\n')}\n${text}`);
    expect(Buffer.compare(printParsed(parsed), octets)).toBe(0);
    const typed = messageOf(parsed);
    if (typed.message === null) throw new Error(`${told(typed.problems).join('\n')}\n${text}`);
    expect(printMessage(typed.message)).toBe(text);
    expect(typed.message).toEqual(message);
    expect(Object.isFrozen(typed.message)).toBe(true);
  }
}

describe('what the simulator prints', () => {
  it.each(shippedFiles())('$path: every message comes back', ({ path, text }) => {
    const { scenario } = readScenario(text, path);
    if (scenario === null) throw new Error(path);
    const messages = new Set<SipMessage>();
    for (const record of runToItsEnd(scenario).records) {
      if (record.kind === 'sent' && isSip(record.packet)) {
        messages.add(record.packet);
      }
    }
    expect(messages.size).toBeGreaterThan(3);
    for (const message of messages) returns(message);
  });

  it('comes back for any message that can be made', () => {
    fc.assert(fc.property(arbitraryMessage, returns), { numRuns: 300 });
  });

  it('has no problems worse than remarks', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const { problems } = parseMessage(printMessage(message), 'strict');
        expect(told(refusals(problems))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('printParsed', () => {
  it('gives any octets back as they were', () => {
    const near = fc
      .tuple(fc.constantFrom(...imsCall), fc.nat(), fc.uint8Array({ maxLength: 8 }))
      .map(([text, place, put]) => {
        const octets = new TextEncoder().encode(text);
        octets.set(put, Math.min(place % octets.length, octets.length - put.length));
        return octets;
      });
    fc.assert(
      fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 200 })), (octets) => {
        const { message } = parseMessage(octets, 'tolerant');
        if (message !== null) expect(Buffer.compare(printParsed(message), octets)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('gives a text in UTF-8', () => {
    const text = messageWith('OPTIONS sip:a@b SIP/2.0', ['Subject: 呼び出し音 🔔'], 'ü');
    const printed = printParsed(messageIn(text, 'tolerant'));
    expect(Buffer.from(printed).toString()).toBe(text);
  });
});

describe('messageOf', () => {
  const why = (...lines: readonly string[]): string[] => {
    const text = messageWith('INVITE sip:b@b.example SIP/2.0', lines);
    const { message, problems } = messageOf(messageIn(text, 'tolerant'));
    expect(message).toBeNull();
    return told(problems).filter((one) => !one.startsWith('remark'));
  };

  it('says what a message of the simulator has no place for, and where', () => {
    expect(why('From: "Alice" <sip:a@a.example>;tag=1;x=y')).toEqual([
      'not held 8:7 a display name in From',
      'not held 8:39 the parameter x',
    ]);
    expect(why('Via: SIP/2.0/TLS a.example;rport;branch=z9hG4bKa')).toEqual([
      'not held 8:6 a hop over SIP/2.0/TLS',
      'not held 8:28 the parameter rport',
    ]);
    expect(why('CSeq: 1 REGISTER')).toEqual([
      'not held 8:7 "REGISTER" is no method of the simulator',
    ]);
    expect(why('Max-Forwards:')).toEqual([
      'not held 1:1 there is no Max-Forwards to be read',
      'malformed 8:1 Max-Forwards is empty',
    ]);
    expect(why('Content-Language: en')).toEqual(['not held 9:1 the header field Content-Language']);
  });

  it('holds session descriptions it can read, and other bodies as they are', () => {
    const bodies = (type: string, body: string): string[] => {
      const text = messageWith('INFO sip:b@b.example SIP/2.0', [type, 'CSeq: 1 INFO'], body);
      return told(messageOf(messageIn(text, 'tolerant')).problems);
    };
    expect(bodies('Content-Type: text/plain', 'hello')).toEqual([]);
    expect(bodies('Content-Type: application/sdp', 'v=1\r\n')).toContain(
      'not held 11:1 a body with problems',
    );
  });

  it('reads compact forms, folds and several lines into what would have been printed', () => {
    const text = messageWith('INVITE sip:b@b.example SIP/2.0', [
      'f: <sip:a@a.example>\r\n ;tag=1',
      'k: 100rel,\r\n\ttimer',
      'm: <sip:a@192.0.2.1>',
      'Contact: <sip:c@192.0.2.2>',
    ]);
    const { message, problems } = messageOf(messageIn(text));
    expect(told(problems)).toEqual([]);
    expect(message).toMatchObject({
      from: { uri: 'sip:a@a.example', tag: '1' },
      contact: '<sip:a@192.0.2.1>, <sip:c@192.0.2.2>',
      headers: [['Supported', '100rel, timer']],
    });
  });
});
