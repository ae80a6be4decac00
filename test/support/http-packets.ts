import { getRequest } from '../../sim-core/http/http-message.ts';
import { segment } from '../../sim-core/http/tcp-packet.ts';

/** Client-A asks the Resource Server for a ring. */
export const getOfMelody = segment(
  'ACK',
  { address: '192.0.2.17', port: 49_152 },
  { address: '198.51.100.6', port: 80 },
  1,
  1,
  getRequest({ host: '198.51.100.6', port: 80, target: '/melody' }),
);
