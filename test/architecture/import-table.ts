import { builtinModules } from 'node:module';
import path from 'node:path';

import { resolveImport } from './source-files.ts';
import type { ImportedModule, SourceFile } from './source-files.ts';

/** What the files of one folder may import beside each other. */
export interface Room {
  /** A folder, with all below it that has no row of its own; or a single file. */
  readonly place: string;
  /** Whether the row is for the files in the folder only, and each folder below needs its own. */
  readonly isAlone?: boolean;
  /** Folders and files of this project. */
  readonly mayImport: readonly string[];
  /** The same, but for types only: nothing of it is loaded when the program runs. */
  readonly mayImportTypesOf?: readonly string[];
  readonly packages?: readonly string[];
  /** Whether Node's own modules are to be had. */
  readonly node?: boolean;
}

const core = (...folders: string[]): string[] => folders.map((folder) => `sim-core/${folder}`);

const judging = core('base', 'kernel', 'network', 'sdp', 'sip', 'media', 'trace', 'conformance');
const running = core('base', 'kernel', 'world', 'scenario', 'trace', 'conformance');
const reading = core('reading.ts');
const layouts = [...reading, 'renderer/ladder/layout', 'renderer/lanes/layout'];
const stores = ['renderer/store', 'renderer/words'];
const nodesSee = core('base', 'kernel', 'sdp', 'sip', 'media', 'http', 'resource-control');

/**
 * architecture.md §3.4 as data: the diagram that cannot go stale. A folder may import itself and
 * what its row lists. A folder without a row may not hold code.
 */
export const importTable: readonly Room[] = [
  { place: 'sim-core/base', mayImport: [] },
  { place: 'sim-core/kernel', mayImport: core('base') },
  { place: 'sim-core/network', mayImport: core('base', 'kernel') },
  { place: 'sim-core/world', mayImport: core('base', 'kernel', 'network') },
  { place: 'sim-core/sdp', mayImport: core('base'), packages: ['sdp-transform'] },
  { place: 'sim-core/sip', mayImport: core('base', 'kernel', 'sdp') },
  { place: 'sim-core/media', mayImport: core('base', 'kernel', 'sdp') },
  { place: 'sim-core/http', mayImport: core('base', 'kernel') },
  { place: 'sim-core/resource-control', mayImport: core('base', 'kernel', 'sdp') },
  { place: 'sim-core/nodes', mayImport: nodesSee },
  { place: 'sim-core/nodes/cmr-client', mayImport: nodesSee },
  { place: 'sim-core/nodes/cmr-server', mayImport: nodesSee },
  { place: 'sim-core/nodes/cmr-resource-server', mayImport: nodesSee },
  { place: 'sim-core/nodes/proxy', mayImport: nodesSee },
  { place: 'sim-core/nodes/roles.ts', mayImport: [...nodesSee, 'sim-core/nodes'] },
  {
    place: 'sim-core/trace',
    // A trace shows what travelled: besides SIP that is media and the words to the Resource Server.
    mayImport: core('base', 'kernel', 'sdp', 'sip', 'media', 'http', 'resource-control'),
  },
  {
    place: 'sim-core/conformance',
    // What is judged is the record: the packets in it, and no party that sent them.
    mayImport: core('base', 'kernel', 'sdp', 'sip', 'media', 'http', 'resource-control', 'trace'),
  },
  {
    place: 'sim-core/scenario',
    mayImport: [
      ...core('base', 'kernel', 'network', 'world', 'nodes', 'sdp', 'sip', 'media', 'http'),
      // A scenario names replies of the Resource Server, clauses and metrics, and its world is
      // described in the trace's header.
      ...core('resource-control', 'conformance', 'trace'),
    ],
    packages: ['yaml', 'zod'],
  },
  {
    // Records are explained by what travelled and how it was judged: by no party and no run.
    place: 'sim-core/why',
    mayImport: core('base', 'kernel', 'sip', 'resource-control', 'trace', 'conformance'),
  },
  { place: 'sim-core/sound', mayImport: core('base', 'kernel', 'trace') },
  { place: 'sim-core/run', mayImport: running },
  {
    // What happened on a way is told by the names that a soak counts.
    place: 'sim-core/explore',
    mayImport: [...running, ...core('run', 'soak')],
  },
  {
    // Two runs are compared by what travelled: a reader of traces can do so.
    place: 'sim-core/compare',
    mayImport: core('base', 'kernel', 'sip', 'media', 'trace'),
  },
  {
    place: 'sim-core/lab',
    mayImport: [...running, ...core('run', 'sip', 'resource-control', 'compare')],
    packages: ['fflate'],
  },
  {
    place: 'sim-core/requirements',
    mayImport: [...running, ...core('run', 'lab')],
    packages: ['zod'],
  },
  {
    place: 'sim-core/soak',
    // Besides running calls it looks into the messages, and asks nodes what they still hold.
    mayImport: [...running, ...core('sip', 'nodes', 'run')],
  },
  {
    place: 'sim-core/export',
    // What is written out is all that travelled: the commands to the Resource Server too.
    mayImport: [...judging, ...core('http', 'resource-control', 'sound', 'run')],
  },
  { place: 'sim-core/import', mayImport: [...judging, 'sim-core/run'] },
  // The doors. What reading.ts must not load is a rule of its own, below.
  { place: 'sim-core/index.ts', mayImport: ['sim-core'] },
  { place: 'sim-core/reading.ts', mayImport: ['sim-core'] },
  { place: 'sim-core/authoring.ts', mayImport: ['sim-core'] },
  { place: 'sim-core/experimenting.ts', mayImport: ['sim-core'] },
  { place: 'sim-core/exporting.ts', mayImport: ['sim-core'] },
  { place: 'sim-core/tracing.ts', mayImport: ['sim-core'] },

  {
    place: 'cli',
    mayImport: core(
      'index.ts',
      'reading.ts',
      'authoring.ts',
      'experimenting.ts',
      'exporting.ts',
      'tracing.ts',
    ),
    packages: ['commander', 'docx'],
    node: true,
  },

  { place: 'renderer/host', mayImport: [] },
  {
    // Loaded when somebody first writes: CodeMirror stays out of every other chunk.
    place: 'renderer/editor',
    mayImport: [],
    mayImportTypesOf: ['renderer/authoring'],
    packages: ['@codemirror', '@lezer'],
  },
  // Loaded when somebody first exports.
  {
    place: 'renderer/export',
    mayImport: [
      ...core('reading.ts', 'exporting.ts'),
      'renderer/words',
      'renderer/export/formats.ts',
    ],
  },
  { place: 'renderer/export/formats.ts', mayImport: [] },
  // What is asked about the text of scenarios, and who answers beside the page.
  {
    place: 'renderer/authoring',
    mayImport: [],
    mayImportTypesOf: ['renderer/simulation/protocol.ts'],
  },
  { place: 'renderer/authoring/worker.ts', mayImport: ['renderer/authoring'] },
  {
    place: 'renderer/authoring/worker',
    mayImport: [
      ...core('authoring.ts', 'index.ts', 'experimenting.ts'),
      'renderer/authoring/answers.ts',
    ],
  },
  { place: 'renderer/style', mayImport: [] },
  // The reading door as the page has it.
  { place: 'renderer/reading.ts', mayImport: core('reading.ts') },
  { place: 'renderer/ladder/layout', mayImport: reading, packages: ['d3'] },
  { place: 'renderer/lanes/layout', mayImport: layouts, packages: ['d3'] },
  {
    place: 'renderer/words',
    mayImport: layouts,
    mayImportTypesOf: ['renderer/ladder'],
  },
  // What a person can do: joins the rooms, and draws nothing.
  { place: 'renderer/actions', mayImport: [...reading, 'renderer'] },
  {
    place: 'renderer/store',
    // Which keys a person chose is part of the state.
    mayImport: [...reading, 'renderer/words/key-choice.ts'],
    mayImportTypesOf: ['renderer/words/keys.ts'],
    packages: ['immer'],
  },
  // From records to what the layouts take, and to what the panels list.
  {
    place: 'renderer/ladder',
    mayImport: [...layouts, ...stores],
    mayImportTypesOf: ['renderer/ladder/draw'],
  },
  { place: 'renderer/lanes', mayImport: [...layouts, ...stores, 'renderer/ladder'] },
  { place: 'renderer/timing-map', mayImport: [...layouts, ...stores], packages: ['d3'] },
  {
    place: 'renderer/judgement',
    // Messages are found in the records once, for the ladder.
    mayImport: [...reading, ...stores, 'renderer/ladder/from-trace.ts'],
  },
  { place: 'renderer/ladder/draw', mayImport: [...layouts, ...stores], packages: ['d3'] },
  {
    place: 'renderer/lanes/draw',
    mayImport: [...layouts, ...stores, 'renderer/ladder/draw'],
    packages: ['d3'],
  },
  {
    place: 'renderer/panels',
    mayImport: [
      ...layouts,
      ...stores,
      'renderer/editor',
      'renderer/export/formats.ts',
      'renderer/judgement',
      'renderer/ladder',
      'renderer/lanes',
      'renderer/timing-map',
      'renderer/style',
    ],
    mayImportTypesOf: ['renderer/actions', 'renderer/authoring'],
    packages: ['d3', 'react'],
  },
  {
    place: 'renderer/simulation',
    // Of the workers their addresses only.
    mayImport: [
      ...reading,
      ...stores,
      'renderer/simulation/worker.ts',
      'renderer/simulation/sweep-worker.ts',
    ],
  },
  {
    place: 'renderer/simulation/sweep-worker.ts',
    mayImport: [
      ...core('index.ts', 'reading.ts', 'authoring.ts', 'experimenting.ts'),
      'renderer/simulation/sweep-protocol.ts',
      'renderer/store',
    ],
  },
  {
    place: 'renderer/simulation/worker.ts',
    mayImport: [
      ...core('index.ts', 'reading.ts'),
      'renderer/store/changes.ts',
      'renderer/store/library-store.ts',
      'renderer/simulation/protocol.ts',
      'renderer/simulation/worker',
    ],
    mayImportTypesOf: ['renderer/store/levers.ts'],
  },
  {
    // Loaded when a scenario's text is first read: YAML and schema stay out of every other chunk.
    place: 'renderer/simulation/worker',
    mayImport: [...core('authoring.ts', 'reading.ts'), 'renderer/simulation/protocol.ts'],
    mayImportTypesOf: ['renderer/store/changes.ts', 'renderer/store/levers.ts'],
  },
  {
    place: 'renderer',
    isAlone: true,
    mayImport: [...core('reading.ts', 'authoring.ts'), 'renderer', 'scenarios'],
    packages: [
      '@fontsource-variable/ibm-plex-sans',
      '@fontsource/ibm-plex-mono',
      'react',
      'react-dom',
    ],
  },

  {
    place: 'electron',
    // The menus are made of the page's key table.
    mayImport: ['renderer/words/keys.ts'],
    mayImportTypesOf: ['renderer/host/host-bridge.ts'],
    packages: ['electron'],
    node: true,
  },
];

/** What of d3 is arithmetic; the rest of it touches the page. */
const d3WithoutPage =
  /^(?:scale|ticks?|bisect|extent|min|max|sum|range|group|index|rollup|ascending|descending|interpolate|format|line|area|curve|color|rgb|hsl|path)/;

/** @returns the row that holds for a file: the one with the longest place */
function roomOf(place: string, table: readonly Room[]): Room | null {
  const rooms = table.filter((room) =>
    room.isAlone === true ? path.posix.dirname(place) === room.place : isWithin(place, room.place),
  );
  return rooms.reduce<Room | null>(
    (closest, room) =>
      closest === null || room.place.length > closest.place.length ? room : closest,
    null,
  );
}

function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}/`);
}

/** @returns a sentence for every import that the table does not allow */
export function importViolations(
  files: readonly SourceFile[],
  table: readonly Room[] = importTable,
): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.place, table);
    if (room === null) return [`${file.place}: its folder has no row in the import table`];
    return file.imports
      .filter((imported) => !isAllowed(file, imported, room, table))
      .map(
        ({ specifier, line }) => `${file.place}:${line}: ${room.place} may not import ${specifier}`,
      );
  });
}

function isAllowed(
  file: SourceFile,
  imported: ImportedModule,
  room: Room,
  table: readonly Room[],
): boolean {
  const target = resolveImport(file.place, imported.specifier);
  if (target === null) return isPackageAllowed(imported, room);
  if (roomOf(target, table) === room) return true;
  const named = imported.isTypeOnly
    ? [...room.mayImport, ...(room.mayImportTypesOf ?? [])]
    : room.mayImport;
  return named.some((place) => isWithin(target, place));
}

function isPackageAllowed({ specifier, names, isTypeOnly }: ImportedModule, room: Room): boolean {
  const isNodes = specifier.startsWith('node:') || builtinModules.includes(specifier);
  if (isNodes) return room.node === true && specifier.startsWith('node:');
  const named = (room.packages ?? []).find(
    (name) => specifier === name || specifier.startsWith(`${name}/`),
  );
  if (named === 'd3' && room.place.endsWith('/layout') && !isTypeOnly) {
    return names.length > 0 && names.every((name) => d3WithoutPage.test(name));
  }
  return named !== undefined;
}

/** What whoever only reads a trace must never load. */
const runs = core('world', 'nodes', 'run', 'scenario', 'network', 'explore', 'soak');

/**
 * The reading door may speak of what runs, in types; loading it must load nothing that runs, not
 * even by a detour.
 * @returns a sentence for every way from the door to something that runs
 */
export function readingViolations(files: readonly SourceFile[]): string[] {
  const byPlace = new Map(files.map((file) => [file.place, file]));
  const ways = new Map([['sim-core/reading.ts', 'sim-core/reading.ts']]);
  const violations: string[] = [];
  for (const [place, way] of ways) {
    for (const imported of byPlace.get(place)?.imports ?? []) {
      const target = resolveImport(place, imported.specifier);
      if (target === null || imported.isTypeOnly || ways.has(target)) continue;
      ways.set(target, `${way} → ${target}`);
      if (runs.some((folder) => isWithin(target, folder))) {
        violations.push(`loading the reading door loads ${way} → ${target}`);
      }
    }
  }
  return violations;
}
