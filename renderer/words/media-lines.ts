import type { SipMessage } from '../../sim-core/reading.ts';

type Description = SipMessage['bodies'][number]['description'];

/** One m= line for people: what, which way, by which codec, where. */
export interface MediaLine {
  readonly media: string;
  /** As this description says it of its own end: `'both ways'`, `'sends only'`, `'refused'`. */
  readonly way: string;
  readonly codecs: string;
  readonly place: string;
}

const ways: Readonly<Record<string, string>> = {
  sendrecv: 'both ways',
  sendonly: 'sends only',
  recvonly: 'receives only',
  inactive: 'neither way',
};

/** The m= lines of a description, in their order. */
export function mediaLines({ media, lines }: Description): MediaLine[] {
  const valueIn = (own: Description['lines'], type: string): string | undefined =>
    own.find(([kind]) => kind === type)?.[1];
  const directionIn = (own: Description['lines']): string | undefined =>
    own.find(([kind, value]) => kind === 'a' && Object.hasOwn(ways, value))?.[1];
  return media.map((line) => {
    const direction = directionIn(line.lines) ?? directionIn(lines) ?? 'sendrecv';
    const address = valueIn(line.lines, 'c') ?? valueIn(lines, 'c') ?? '';
    return {
      media: line.media,
      way: line.port === 0 ? 'refused' : (ways[direction] ?? direction),
      codecs: line.formats.map((format) => codecOf(line.lines, format)).join(', '),
      place: line.port === 0 ? '' : `${address.split(' ').at(-1) ?? ''}:${line.port}`,
    };
  });
}

/** By its a=rtpmap, or else the bare number. */
function codecOf(lines: Description['lines'], format: string): string {
  for (const [kind, value] of lines) {
    if (kind === 'a' && value.startsWith(`rtpmap:${format} `)) {
      return value.slice(`rtpmap:${format} `.length).split('/')[0] ?? format;
    }
  }
  return format;
}
