import { expect, it } from 'vitest';

import { headerValue } from '../../../sim-core/sip/message.ts';
import { asking, loneClient } from './lone-client.ts';

it('OPTIONS before any call: what the terminal can, and nothing begins (RFC 3261 §11.2)', () => {
  const client = loneClient();
  client.hear(asking('OPTIONS', 1, null));
  const answer = client.lastSent();
  expect(answer).toMatchObject({ kind: 'response', status: 200 });
  expect(headerValue(answer, 'Allow')).toContain('INVITE');
  expect(headerValue(answer, 'Supported')).toContain('100rel');
  expect(headerValue(answer, 'Accept')).toBe('application/sdp');
  expect(client.state.phase).toBe('idle');
  expect(client.state.agent.dialogs).toEqual([]);
});

it('another method that belongs to no dialog: 481', () => {
  const client = loneClient();
  client.hear(asking('UPDATE', 1, null));
  expect(client.lastSent()).toMatchObject({ kind: 'response', status: 481 });
});
