import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

import type { ChoiceLog } from '../kernel/chooser.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { Run } from '../run/run.ts';
import { isIntact, withSeal } from './seal.ts';

/** Raised when bundles of the old form could not be read any more. */
export const bundleVersion = 2;

/** What identifies a run and lets it be made again. */
export interface BundleManifest {
  readonly format: 'cmrrun';
  readonly version: number;
  /** Version of the engine that made the run. */
  readonly engine: string;
  /** As the scenario file was named. */
  readonly scenario: string;
  readonly title: string;
  /** Faults beside those of the scenario, as sentences, the first to be tried first. */
  readonly faults: readonly string[];
  readonly seed: number;
  readonly profile: string;
  /** Every switch in force, whoever set it. */
  readonly switches: Readonly<Record<string, string>>;
  /** Every choice that chance made, in order. */
  readonly choices: ChoiceLog;
  readonly fingerprint: string;
  readonly records: number;
  readonly outcome: string;
}

/** A run as a document: all that it follows from, and what came of it. Nothing in it is code. */
export interface Bundle {
  readonly manifest: BundleManifest;
  /** The scenario file, with everything set on a command line written into it. */
  readonly scenario: string;
  /** Each record as a line of JSON. */
  readonly records: readonly string[];
  /** What people wrote about it, a sentence each. */
  readonly notes: readonly string[];
}

/** The bundle, or one sentence that says what is wrong with these bytes. */
export type BundleReading =
  | {
      readonly bundle: Bundle;
      /** Whether not a byte of the file has changed since it was written. */
      readonly isIntact: boolean;
    }
  | { readonly bundle: null; readonly isBundle: boolean; readonly says: string };

/** A record as bundles keep it: one line, keys in the order in which the engine makes them. */
export function recordLine(record: TraceRecord): string {
  return JSON.stringify(record);
}

export function bundleOf(
  run: Run,
  file: {
    readonly name: string;
    readonly text: string;
    readonly faults: readonly string[];
  },
  choices: ChoiceLog,
  notes: readonly string[] = [],
): Bundle {
  const { header } = run;
  return {
    manifest: {
      format: 'cmrrun',
      version: bundleVersion,
      engine: header.engine,
      scenario: file.name,
      title: header.title,
      faults: file.faults,
      seed: header.seed,
      profile: header.profile,
      switches: header.switches,
      choices,
      fingerprint: run.fingerprint,
      records: run.records.length,
      outcome: run.outcome,
    },
    scenario: file.text,
    records: run.records.map(recordLine),
    notes,
  };
}

const names = {
  manifest: 'manifest.json',
  scenario: 'scenario.cmr.yaml',
  records: 'records.ndjson',
  notes: 'notes.json',
} as const;

/** The first instant a zip file knows: a bundle says nothing of when it was made. */
const mtime = '1980-01-01T00:00:00';

/** The bundle as a zip file: the same bytes for the same run, everywhere. */
export function packBundle({ manifest, scenario, records, notes }: Bundle): Uint8Array {
  const plain = { level: 0, mtime } as const;
  const packed = { level: 6, mtime } as const;
  const zip = zipSync({
    [names.manifest]: [strToU8(`${JSON.stringify(manifest, null, 2)}\n`), plain],
    [names.scenario]: [strToU8(scenario), plain],
    [names.records]: [strToU8(records.map((line) => `${line}\n`).join('')), packed],
    [names.notes]: [strToU8(`${JSON.stringify(notes, null, 2)}\n`), plain],
  });
  return withSeal(zip);
}

/** Bytes that a bundle may unpack to: far more than the longest run has records. */
const unpackedMost = 512 * 1024 * 1024;

/** Reads a bundle, whoever made it. Never throws on bytes. */
export function unpackBundle(bytes: Uint8Array): BundleReading {
  const isBundle = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const no = (says: string): BundleReading => ({ bundle: null, isBundle, says });
  if (!isBundle) return no('this is no run bundle: it is not a zip file');
  const known: readonly string[] = Object.values(names);
  let size = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        size += originalSize;
        return known.includes(name) && size <= unpackedMost;
      },
    });
  } catch (error) {
    return no(`damaged: it cannot be unpacked (${error instanceof Error ? error.message : '?'})`);
  }
  const textOf = (name: string): string | null => {
    const file = files[name];
    return file === undefined ? null : strFromU8(file);
  };
  const manifest = manifestIn(textOf(names.manifest));
  const scenario = textOf(names.scenario);
  const records = textOf(names.records);
  if (manifest === null || scenario === null || records === null) {
    return no('damaged: it has no whole manifest, scenario and records');
  }
  if (manifest.version !== bundleVersion) {
    return no(`it is of version ${manifest.version}; this engine reads ${bundleVersion}`);
  }
  const lines = records.split('\n').slice(0, -1);
  const notes = notesIn(textOf(names.notes));
  const bundle = { manifest, scenario, records: lines, notes };
  return { bundle, isIntact: isIntact(bytes) };
}

function manifestIn(text: string | null): BundleManifest | null {
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null) return null;
  const known: Partial<Record<keyof BundleManifest, unknown>> = value;
  const { format, version, engine, scenario, title, seed, profile, switches } = known;
  const { faults, choices, fingerprint, records, outcome } = known;
  if (format !== 'cmrrun' || typeof version !== 'number' || typeof engine !== 'string') return null;
  if (typeof scenario !== 'string' || typeof title !== 'string') return null;
  if (typeof seed !== 'number' || typeof profile !== 'string') return null;
  if (typeof fingerprint !== 'string' || typeof records !== 'number') return null;
  if (typeof outcome !== 'string' || !isChoiceLog(choices) || !isWords(switches)) return null;
  if (!isSentences(faults)) return null;
  const about = { format, version, engine, scenario, title, seed, profile } as const;
  return { ...about, faults, switches, choices, fingerprint, records, outcome };
}

function isChoiceLog(value: unknown): value is ChoiceLog {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one));
}

function isSentences(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isWords(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((one) => typeof one === 'string');
}

function notesIn(text: string | null): readonly string[] {
  const value = jsonIn(text);
  return isSentences(value) ? value : [];
}

function jsonIn(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
