import { micros, milliseconds, zeroMicros, type Micros } from '../../../sim-core/base/micros.ts';
import {
  fireAsHttpClient,
  newHttpClient,
  receiveAsHttpClient,
  startFetch,
  type Fetch,
} from '../../../sim-core/http/fetching.ts';
import {
  fireAsHttpServer,
  newHttpServer,
  receiveAsHttpServer,
  type ServedFile,
} from '../../../sim-core/http/serving.ts';
import { isTcp, type TcpPacket } from '../../../sim-core/http/tcp-packet.ts';
import { instant, nodeId, type Outbox } from '../../../sim-core/kernel/node.ts';

/** A terminal and a server with a wire between them, and nothing else. */

export const melody: ServedFile = {
  target: '/melody',
  resource: { name: 'melody', media: ['audio'] },
  contentType: 'audio/3gpp',
  transfer: { octets: 300_000, bitsPerSecond: 2_000_000, slowStart: false, pause: zeroMicros },
  serves: 'well',
  movedTo: null,
};

export interface Wire {
  readonly latency: Micros;
  /** What the server takes over a GET. */
  readonly processing: Micros;
  /** The places, counted from 0 in the order of sending, of packets that get lost. */
  readonly lost: readonly number[];
}

interface Event {
  readonly at: number;
  readonly does: () => void;
}

export interface Crossing {
  readonly label: string;
  readonly at: number;
  readonly by: 'terminal' | 'server';
  readonly packet: TcpPacket;
}

/** Fetches that URL until nothing happens any more; tells what crossed the wire, and when. */
export function fetched(
  url: string,
  files: readonly ServedFile[] = [melody],
  wire: Partial<Wire> = {},
): { readonly fetch: Fetch | null; readonly crossings: Crossing[]; readonly wholeAt: number } {
  const { latency, processing, lost } = {
    latency: milliseconds(25),
    processing: zeroMicros,
    lost: [],
    ...wire,
  };
  const events: Event[] = [];
  const timers = new Map<string, Event>();
  const crossings: Crossing[] = [];
  let now = 0;
  let wholeAt = -1;
  const client = newHttpClient(nodeId(0), '192.0.2.17', { '198.51.100.6': nodeId(1) });
  const server = newHttpServer('198.51.100.6', 80, files);
  const at = (instant: number, does: () => void): Event => {
    const event = { at: instant, does };
    events.push(event);
    return event;
  };
  const outbox = (by: Crossing['by'], delay: number): Outbox => ({
    send(packet) {
      if (!isTcp(packet)) return;
      at(now + delay, () => {
        const isLost = lost.includes(crossings.length);
        crossings.push({ label: packet.label, at: now, by, packet });
        if (!isLost) at(now + latency, () => arrive(by, packet));
      });
    },
    startTimer(timer, after) {
      this.stopTimer(timer);
      const key = `${by} ${timer}`;
      timers.set(
        key,
        at(now + delay + after, () => {
          timers.delete(key);
          if (by === 'terminal') fireAsHttpClient(client, timer, outbox(by, 0));
          else fireAsHttpServer(server, timer, outbox(by, 0));
        }),
      );
    },
    stopTimer(timer) {
      const running = timers.get(`${by} ${timer}`);
      if (running !== undefined) events.splice(events.indexOf(running), 1);
      timers.delete(`${by} ${timer}`);
    },
    now: () => micros(now),
    instant: () => instant(now),
    draw: (least) => least,
    expectUser: () => undefined,
    forgetUser: () => undefined,
    note: () => undefined,
  });
  const arrive = (from: Crossing['by'], packet: TcpPacket): void => {
    if (from === 'server') {
      receiveAsHttpClient(client, packet, micros(now), outbox('terminal', 0));
      if (client.fetch?.state === 'whole' && wholeAt < 0) wholeAt = now;
      return;
    }
    const delay = packet.protocol === 'HTTP' ? processing : 0;
    receiveAsHttpServer(server, packet, nodeId(0), micros(now), outbox('server', delay));
  };
  startFetch(client, url, zeroMicros, outbox('terminal', 0));
  while (events.length > 0) {
    const next = events.reduce((first, one) => (one.at < first.at ? one : first));
    events.splice(events.indexOf(next), 1);
    now = next.at;
    next.does();
  }
  return { fetch: client.fetch, crossings, wholeAt };
}
