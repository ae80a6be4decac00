import { body, getRequest, response } from '../../../sim-core/http/http-message.ts';
import { segment, type TcpPacket } from '../../../sim-core/http/tcp-packet.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { addresses } from '../../support/trace-packets.ts';
import { ring } from './reference-media.ts';

/** A client fetches the ring from the Resource Server, at rounder times. */

/** A GET of that client. */
export function getOf(who: 'A' | 'B', target = `/${ring}`): TcpPacket {
  const request = getRequest({ host: addresses.R, port: 80, target });
  return segment('ACK', ...ends(who), 1, 1, request);
}

function ends(who: 'A' | 'B') {
  const client = { address: addresses[who], port: 49_152 };
  return [client, { address: addresses.R, port: 80 }] as const;
}

/** Asked for at `at` ms, there 100 ms later; played from `plays` to `stops`. */
export function fetches(
  trace: TraceBuilder,
  who: 'A' | 'B',
  { at, plays, stops }: { readonly at: number; readonly plays: number; readonly stops: number },
): TraceBuilder {
  const [client, server] = ends(who);
  const head = response(200, 'audio/wav', 20_000, { name: ring, media: ['audio'] });
  const first = segment('ACK', server, client, 1, 100, head);
  const rest = segment('ACK', server, client, 200, 100, body(20_000));
  return trace
    .packet(who, 'R', getOf(who), { at, arrives: at + 20 }, `${who} GET`)
    .packet('R', who, first, { at: at + 30, arrives: at + 50 }, `${who} head`)
    .packet('R', who, rest, { at: at + 60, arrives: at + 100 }, `${who} body`)
    .hears(who, 'audio', [ring], plays, `${who} plays`)
    .hears(who, 'audio', [], stops, `${who} plays no more`);
}
