import type { StateFact } from '../kernel/node.ts';
import type { MediaPacket } from './media-packet.ts';
import type { MediaSession } from './media-session.ts';

/** The streams a party sends and those that reach it. */
export function sessionInWords({ sending, arriving }: MediaSession): StateFact[] {
  return [
    ...sending.map((stream) => streamInWords('Sends', stream)),
    ...arriving.map((stream) => streamInWords('Gets', stream)),
  ];
}

function streamInWords(verb: string, stream: MediaPacket): StateFact {
  const { medium, codec, from, to, sources, stream: name } = stream;
  const carried = sources.map(({ source }) => source).join(' and ');
  const way = `${from.address}:${from.port} → ${to.address}:${to.port}`;
  return {
    name: `${verb} ${medium}`,
    value: `${carried}, ${codec}, ${way}`,
    subject: `stream ${name}`,
  };
}
