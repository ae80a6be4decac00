import { visible } from '../sim-core/authoring.ts';
import { csvHeader, rowsOf } from '../sim-core/experimenting.ts';
import type { MergeFlags } from './commands/merge.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import { readStretch, rowsAtOnce, sweepsIn } from './sweep-files.ts';
import { planOf, type SweepInputs } from './sweep-rows.ts';
import type { Terminal } from './terminal.ts';

/** The folders must hold one sweep, and between them every stretch of it. */
export async function mergeSweeps(
  folders: readonly string[],
  flags: MergeFlags,
  terminal: Terminal,
): Promise<Ending> {
  const homes = new Map<number, string>();
  let known: { readonly name: string; readonly inputs: SweepInputs } | null = null;
  for (const folder of folders) {
    for (const { name, inputs, done } of await sweepsIn(folder)) {
      if (known !== null && known.name !== name) {
        const says = `${visible(folder)}: this is another sweep, ${name} and not ${known.name}`;
        throw new Refusal('refused', says);
      }
      known = { name, inputs };
      for (const stretch of done) homes.set(stretch, folder);
    }
  }
  if (known === null) throw new Refusal('refused', 'there is no sweep in these folders');
  const plan = planOf(known.inputs);
  const stretches = Math.ceil(rowsOf(plan) / rowsAtOnce);
  const texts: string[] = [csvHeader(plan)];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const folder = homes.get(stretch);
    if (folder === undefined) {
      const says = `stretch ${stretch} of ${stretches} is in none of these folders`;
      throw new Refusal('refused', `${says}: run the sweep again with the same --results`);
    }
    texts.push(await readStretch(folder, known.name, stretch));
  }
  const content = texts.join('');
  if (flags.output === undefined || flags.output === '-') terminal.out(content);
  else await writeWhole(flags.output, content);
  return 'passed';
}
