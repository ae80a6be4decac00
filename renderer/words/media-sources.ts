import type { HeardSource, Party, TraceHeader } from '../../sim-core/reading.ts';
import type { MediaSource } from '../ladder/layout/ladder-input.ts';
import { proseName } from './parties.ts';

/** Tones a terminal makes itself. */
export function isLocalTone(source: HeardSource): boolean {
  return source.source === 'ringback tone' || source.source === 'ring tone';
}

/** Whose the source is: a party's, or the CMR Resource; null for a local tone. */
export function ownerOf(source: HeardSource, header: TraceHeader): Party | null {
  if (isLocalTone(source)) return null;
  return header.nodes.find(({ name }) => name === source.source)?.party ?? 'R';
}

/** Whose media these are, each once, the CMR Resource first. */
export function mediaSources(sources: readonly HeardSource[], header: TraceHeader): MediaSource[] {
  const owners = new Set(sources.map((source) => ownerOf(source, header)));
  return (['R', 'A', 'B'] satisfies MediaSource[]).filter((one) => owners.has(one));
}

/** What a party hears, in words: `'the clip'`, `'B'`, `'ringback tone'`. */
export function sourceWords(source: HeardSource, header: TraceHeader): string {
  const node = header.nodes.find(({ name }) => name === source.source);
  if (node !== undefined) return proseName(header, node.id);
  return isLocalTone(source) ? source.source : 'the clip';
}
