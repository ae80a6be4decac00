import { describe, expect, it } from 'vitest';

import { instant, nodeId, type Outbox } from '../../../../sim-core/kernel/node.ts';
import type { Note } from '../../../../sim-core/kernel/trace-record.ts';
import { newProxy, type ProxyState } from '../../../../sim-core/nodes/proxy/proxy-state.ts';
import { proxy } from '../../../../sim-core/nodes/proxy/proxy.ts';
import { zeroMicros, seconds } from '../../../../sim-core/base/micros.ts';
import { makeRequest } from '../../../../sim-core/sip/making-messages.ts';
import { isSip, type Method, type SipMessage } from '../../../../sim-core/sip/message.ts';
import { timersOf } from '../../../../sim-core/sip/timers.ts';

const [caller, called] = [nodeId(1), nodeId(2)];

interface Heard {
  readonly sent: { readonly message: SipMessage; readonly to: number }[];
  readonly notes: Note[];
}

/** A proxy by itself, and what it sends and says about one request. */
function aboutRequest(request: SipMessage, state: ProxyState = lone()): Heard {
  const heard: Heard = { sent: [], notes: [] };
  const out: Outbox = {
    send(packet, to) {
      if (isSip(packet)) heard.sent.push({ message: packet, to });
    },
    startTimer() {},
    stopTimer() {},
    now: () => zeroMicros,
    instant: () => instant(0),
    draw: (least) => least,
    expectUser() {},
    forgetUser() {},
    note: (note) => void heard.notes.push(note),
  };
  proxy.handle(state, { kind: 'packet', from: caller, packet: request }, out);
  return heard;
}

function lone(): ProxyState {
  return newProxy(nodeId(0), {
    name: 'proxy',
    mark: 'proxy',
    address: '192.0.2.5',
    port: 5060,
    timers: timersOf('rfc3261'),
    targets: [{ node: called, uri: 'sip:b@192.0.2.9:5060' }],
    ringTime: null,
    defects: [],
    strips: [],
    timerC: seconds(181),
    streamPeers: [],
    addresses: { '192.0.2.9': called, '192.0.2.1': caller },
  });
}

function request(
  method: Method,
  changes: { readonly uri?: string; readonly toTag?: string; readonly maxForwards?: number } = {},
): SipMessage {
  return makeRequest({
    method,
    requestUri: changes.uri ?? 'sip:b@b.example',
    via: [{ sentBy: '192.0.2.1:5060', branch: `z9hG4bK-${method}` }],
    from: { uri: 'sip:a@a.example', tag: 'a' },
    to: { uri: 'sip:b@b.example', tag: changes.toTag ?? null },
    callId: 'one',
    sequence: 1,
    contact: null,
    headers: [],
    bodies: [],
    maxForwards: changes.maxForwards ?? 70,
  });
}

const labels = ({ sent }: Heard): string[] => sent.map(({ message }) => message.label);

describe('a proxy refuses', () => {
  it('what has gone far enough: 483, and does not send it on (R-MSG-05)', () => {
    expect(labels(aboutRequest(request('INVITE', { maxForwards: 0 })))).toEqual(['100', '483']);
    expect(labels(aboutRequest(request('INFO', { maxForwards: 0, toTag: 'b' })))).toEqual(['483']);
  });

  it('what belongs to a dialog and says nowhere where that is: 481', () => {
    expect(labels(aboutRequest(request('BYE', { toTag: 'b' })))).toEqual(['481']);
  });

  it('a CANCEL of an INVITE it does not know: 481 (R-CAN-05)', () => {
    expect(labels(aboutRequest(request('CANCEL')))).toEqual(['481']);
  });

  it('nothing that names a place it knows, and nothing for a person', () => {
    const named = aboutRequest(request('BYE', { toTag: 'b', uri: 'sip:b@192.0.2.9:5060' }));
    expect(named.sent).toMatchObject([{ to: called, message: { maxForwards: 69 } }]);
    const forPerson = aboutRequest(request('INVITE'));
    expect(labels(forPerson)).toEqual(['100', 'INVITE']);
    expect(forPerson.sent[1]?.message).toMatchObject({ requestUri: 'sip:b@192.0.2.9:5060' });
  });

  it('an ACK for nobody silently (R-DLG-08)', () => {
    const heard = aboutRequest(request('ACK', { toTag: 'b' }));
    expect(heard.sent).toEqual([]);
    expect(heard.notes).toMatchObject([{ kind: 'ignored', clause: 'R-DLG-08' }]);
  });
});
