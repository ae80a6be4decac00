import { once } from '../../base/worked-out.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { Observation, SeenDialog, SeenStream, StreamChange } from './observation.ts';

/** What streams belong to a dialog, and when they carry anything. */

/** The media addresses that this end named in the dialog: `'10.0.0.1 4000'`. */
export const mediaAddressesOf = /* @__PURE__ */ once((dialog: SeenDialog): ReadonlySet<string> => {
  const addresses = new Set<string>();
  for (const { message, way } of dialog.events) {
    if (way !== 'sent') continue;
    for (const { description } of message.packet.bodies) {
      const shared = connectionOf(description.lines);
      for (const { port, lines } of description.media) {
        const address = connectionOf(lines) ?? shared;
        if (port !== 0 && address !== null) addresses.add(`${address} ${port}`);
      }
    }
  }
  return addresses;
});

function connectionOf(lines: readonly (readonly [string, string])[]): string | null {
  const line = lines.find(([type]) => type === 'c');
  return line?.[1].split(' ')[2]?.split('/')[0] ?? null;
}

/** The streams a node sends from one of these addresses. */
export function streamsFrom(
  seen: Observation,
  node: NodeId,
  addresses: ReadonlySet<string>,
): SeenStream[] {
  return seen.streams.filter(({ from, changes }) => {
    return from === node && changes.some(({ packet }) => addresses.has(keyOf(packet.from)));
  });
}

export function keyOf({ address, port }: { address: string; port: number }): string {
  return `${address} ${port}`;
}

/** The last change up to that instant, if the stream then carries anything; otherwise null. */
export function carrying({ changes }: SeenStream, at: number): StreamChange | null {
  let last: StreamChange | null = null;
  for (const change of changes) if (change.at <= at) last = change;
  return last !== null && last.packet.sources.length > 0 ? last : null;
}

/**
 * What the stream began to carry after that instant, or null. What begins and ends in the same
 * instant, because its sender thought better of it on the way out, carries no packet.
 */
export function beginsAfter({ changes }: SeenStream, at: number): StreamChange | null {
  const begun = changes.find((one, place) => {
    const next = changes[place + 1];
    return one.at > at && one.packet.sources.length > 0 && next?.at !== one.at;
  });
  return begun ?? null;
}
