import { zeroMicros, type Micros } from '../../base/micros.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { Run } from '../../run/run.ts';
import { earOf } from '../../sound/ear.ts';
import { soundsOf } from '../../sound/sounds.ts';
import { wavFile } from './wav-file.ts';

/**
 * What a party hears in a run, as a WAV file at 8 kHz that begins with the run and ends at
 * `until`, or with the last thing heard. Equal runs give equal bytes in every engine.
 */
export function wavOf(run: Run, listener: NodeId, until: Micros | null): Uint8Array {
  const sounds = soundsOf(run.header);
  const ear = earOf(run.hears, listener, sounds);
  return wavFile(ear.samples(zeroMicros, until ?? ear.endsAt), sounds.rate);
}
