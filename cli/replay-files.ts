import { printProblems, visible } from '../sim-core/authoring.ts';
import { replayBundle, unpackBundle } from '../sim-core/experimenting.ts';
import { bytesOf } from './bundle-files.ts';
import { gravest, type Ending } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Says of each bundle, in a line or a few, whether its run is still the same. */
export async function replayFiles(files: readonly string[], terminal: Terminal): Promise<Ending> {
  const endings: Ending[] = [];
  for (const file of files) endings.push(await replayFile(file, terminal));
  return gravest(endings);
}

async function replayFile(file: string, terminal: Terminal): Promise<Ending> {
  const name = visible(file);
  const read = unpackBundle(await bytesOf(file));
  if (read.bundle === null) {
    terminal.err(`${name}: ${read.says}\n`);
    return read.isBundle ? 'diverged' : 'refused';
  }
  const { manifest } = read.bundle;
  const engine = __RINGSCOPE_VERSION__;
  if (manifest.engine !== engine) {
    const made = visible(manifest.engine);
    terminal.err(`${name}: made by engine ${made}, and this is ${engine}\n`);
  }
  // The header names the engine that made a run: it is not what is compared.
  const replay = replayBundle(read.bundle, manifest.engine);
  switch (replay.kind) {
    case 'same': {
      if (!read.isIntact) {
        terminal.err(`${name}: every record is the same, but the file is not as it was written\n`);
        return 'diverged';
      }
      const { records, fingerprint, outcome } = replay.run;
      const what = `SAME ${visible(manifest.title)}  ${records.length} records  ${outcome}`;
      terminal.out(`${what}  seed ${manifest.seed}  fp ${fingerprint}\n`);
      return 'passed';
    }
    case 'unreadable':
      terminal.err(`${name}: its scenario cannot be read any more\n`);
      terminal.err(`${printProblems(replay.reading.problems, replay.reading.file).join('\n')}\n`);
      return 'diverged';
    case 'diverged':
      terminal.err(`${name}: ${replay.says}\n`);
      terminal.err(`  kept: ${visible(replay.kept ?? 'nothing')}\n`);
      terminal.err(`  made: ${visible(replay.made ?? 'nothing')}\n`);
      return 'diverged';
  }
}
