import { spawnSync } from 'node:child_process';

/**
 * Wireshark's dissectors without its window. sharkd comes with tshark and reads one capture after
 * the other in one process, each with a fresh mind; tshark would have to be started for each.
 */

/** A packet as Wireshark shows it: the value of a field, several of them with commas between. */
export type PacketFields<Field extends string> = (field: Field) => string;

/**
 * What each capture's packets have in those fields, in the order of the files: all packets, since
 * sharkd keeps the answer of a display filter from one file for the next.
 */
export function dissected<Field extends string>(
  files: readonly string[],
  fields: readonly Field[],
): PacketFields<Field>[][] {
  // Every field at all its occurrences in the packet: `:0`.
  const columns = Object.fromEntries(fields.map((field, at) => [`column${at}`, `${field}:0`]));
  const requests: readonly { method: string; params: object }[] = [
    ...Object.entries(preferences).map(([name, value]) => ({
      method: 'setconf',
      params: { name, value },
    })),
    ...files.flatMap((file) => [
      { method: 'load', params: { file } },
      { method: 'frames', params: columns },
    ]),
  ];
  const { stdout, status } = spawnSync('sharkd', ['-'], {
    input: requests
      .map((one, at) => JSON.stringify({ jsonrpc: '2.0', id: at + 1, ...one }))
      .join('\n'),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 1 << 30,
  });
  const replies = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Reply);
  if (status !== 0 || replies.length !== requests.length) {
    throw new Error(`sharkd ended with ${status}, after ${replies.length} replies`);
  }
  return replies.flatMap(({ error, result }, at) => {
    if (error !== undefined) throw new Error(`${JSON.stringify(requests[at])}: ${error.message}`);
    if (requests[at]?.method !== 'frames') return [];
    const frames = result as readonly Frame[];
    return [
      frames.map(
        ({ c }) =>
          (field: Field) =>
            c[fields.indexOf(field)] ?? '',
      ),
    ];
  });
}

interface Reply {
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

/** One packet; `c` has its columns. */
interface Frame {
  readonly c: readonly string[];
}

const preferences = {
  // Names come from the capture alone, without an external resolver.
  'nameres.network_name': 'TRUE',
  'nameres.use_external_name_resolver': 'FALSE',
  'ip.check_checksum': 'TRUE',
  'udp.check_checksum': 'TRUE',
  'tcp.check_checksum': 'TRUE',
} as const;
