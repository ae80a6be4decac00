import type { Scenario } from '../../../sim-core/authoring.ts';
import { printDuration } from '../../../sim-core/reading.ts';
import type { Lever, Levers } from '../../store/levers.ts';

/** What of a scenario one can turn: every latency, and when everybody acts. */
export function leversOf({ links, script }: Scenario): Levers {
  return {
    latencies: links.map(({ name, between, latency }) => ({
      path: `links.${keyPart(name)}.latency`,
      says: between.join(' to '),
      value: printSpan(latency),
    })),
    acts: script.map(({ who, does, when }, place): Lever => {
      const act = `${who}: ${does.kind}`;
      return when.kind === 'at'
        ? { path: `script.${place}.at`, says: act, value: printDuration(when.at) }
        : {
            path: `script.${place}.after`,
            says: `${act}, after ${when.since}`,
            value: printSpan(when.after),
          };
    }),
  };
}

/** A name with a dot in it stands in double quotes in a path. */
function keyPart(name: string): string {
  return name.includes('.') ? `"${name}"` : name;
}

function printSpan({ least, most }: Scenario['links'][number]['latency']): string {
  return least === most ? printDuration(least) : `${printDuration(least)}..${printDuration(most)}`;
}
