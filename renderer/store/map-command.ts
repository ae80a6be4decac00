import { shellWord } from '../../sim-core/reading.ts';

/** What a command line says of a map. */
interface MapWords {
  readonly down: { readonly path: string; readonly range: string };
  readonly across: { readonly path: string; readonly range: string };
  readonly measure: string;
}

/** The command that computes the same map: `'ringscope sweep … --axis … --axis …'`. */
export function commandOfMap(
  file: string,
  { down, across, measure }: MapWords,
  seed: number | null,
): string {
  const axes = [down, across].map(({ path, range }) => `--axis ${shellWord(`${path}=${range}`)}`);
  const seeds = seed === null ? [] : [`--seeds ${seed}..${seed}`];
  return ['ringscope sweep', shellWord(file), ...axes, ...seeds, `--measure ${measure}`].join(' ');
}
