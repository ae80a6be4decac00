import { quoted, scenarioPath } from './command-line.ts';

/** What a command line says of a map. */
interface MapWords {
  readonly down: { readonly path: string; readonly range: string };
  readonly across: { readonly path: string; readonly range: string };
  readonly measure: string;
}

/** The command that computes the same map: `'ringscope sweep … --axis … --axis …'`. */
export function commandOfMap(
  scenario: { readonly key: string; readonly fileName: string },
  { down, across, measure }: MapWords,
  seed: number | null,
): string {
  const axes = [down, across].map(({ path, range }) => `--axis ${quoted(`${path}=${range}`)}`);
  const seeds = seed === null ? [] : [`--seeds ${seed}..${seed}`];
  const file = quoted(scenarioPath(scenario));
  return ['ringscope sweep', file, ...axes, ...seeds, `--measure ${measure}`].join(' ');
}
