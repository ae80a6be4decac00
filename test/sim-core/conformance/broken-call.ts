import type { Verdict } from '../../../sim-core/conformance/verdict.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';

/** One thing done wrong in a call that is otherwise right, and every verdict that changes. */
export interface Broken {
  readonly what: string;
  readonly call: () => TraceBuilder;
  readonly vary: (trace: TraceBuilder) => TraceBuilder;
  readonly flips: Readonly<Record<string, Verdict>>;
  /** A word of the violated clause's sentence. */
  readonly says?: string;
}

export const violated = 'violated';
export const gone = 'not exercised';

/** What depends on Continue, once it does not apply. */
export const noContinue: Readonly<Record<string, Verdict>> = {
  ...Object.fromEntries([3, 4, 5, 6, 7, 8, 9].map((n) => [`CON-SRV-0${n}`, gone])),
  ...Object.fromEntries(
    Array.from({ length: 11 }, (_, n) => [`FLOW-CON-${String(n + 1).padStart(2, '0')}`, gone]),
  ),
  'CON-CLI-01': gone,
};

/** The origin of a description the CMR Server sends on leg A (700) or leg B (800). */
export const ofS = (version: number, id: string) => ({ of: 'S', id, version }) as const;
