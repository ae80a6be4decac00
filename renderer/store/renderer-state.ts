import { noLevers, type Levers } from './levers.ts';
import type { Changes } from './changes.ts';
import type { WhatIf } from './what-if.ts';
import type { ClauseId, Micros, NodeId, RecordNumber } from '../../sim-core/reading.ts';
import { asTheCallGoes, type Arrangement } from './arrangement.ts';
import { initialTimingMap, type TimingMap } from './timing-map-state.ts';
import { asDelivered, type KeyChoice } from '../words/key-choice.ts';
import type { WindowShape } from './window-shape.ts';
import { noDoor, type Doors } from './doors.ts';
import { nothingWritten, type Writing } from './writing.ts';
import type { ThemeChoice } from './shown-theme.ts';

export type InspectorTab = 'message' | 'sdp' | 'state' | 'why' | 'requirements';
/** What the palette is asked for. */
export type PaletteKind = 'anything' | 'commands';
/** What is shown of the run while nothing is selected. */
export type RunTab = 'run' | 'state' | 'what if' | 'gaps' | 'slack';
export type Axis = 'time' | 'rows';
export type Centre = 'ladder' | 'table' | 'two runs' | 'matrix' | 'timing map';

/** What a scenario's last run came to, for the list of scenarios. */
export type Standing = 'passes' | 'warns' | 'fails' | 'cannot be read';

/** A scenario the window knows: shipped with it, or opened by the person. */
export interface ScenarioEntry {
  /** `'continue/as-in-the-figure'`, or `'opened/…'`; unique, and what the address names. */
  readonly key: string;
  /** The group it is listed under. */
  readonly folder: string;
  readonly fileName: string;
  /** Where it lies below the project's folder; left out where nobody knows. */
  readonly path?: string;
  /** As the file says; until it has been read, made of the file's name. */
  readonly title: string;
  readonly text: string;
  /** What the host knows the file by; null for a shipped scenario and for a dropped file. */
  readonly handle: string | null;
  /** Null until it has run. */
  readonly standing: Standing | null;
}

/** Why a scenario file cannot run, and where; line and column are counted from 1. */
export interface ScenarioProblem {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly path: string;
  readonly says: string;
  readonly nearest: string | null;
  readonly code: string;
}

export type RunPhase =
  | { readonly kind: 'nothing' }
  /** `came`: how many records of it have come in and are shown. */
  | { readonly kind: 'computing'; readonly came: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'problems'; readonly problems: readonly ScenarioProblem[] }
  /** The engine stopped with an error of its own: `says` is what to report. */
  | { readonly kind: 'failed'; readonly says: string };

/** What a person keeps of a run: records to come back to, and words pinned to records. */
export interface Jottings {
  readonly bookmarks: readonly RecordNumber[];
  readonly notes: readonly { readonly record: RecordNumber; readonly text: string }[];
}

/** How the ladder is looked at. */
export interface LadderChoice {
  /** Null: as the window's width suggests. */
  readonly axis: Axis | null;
  /** px per ms of the Time axis; null fits the call into the height. */
  readonly pxPerMs: number | null;
  readonly scrollX: number;
  readonly scrollY: number;
  readonly timers: 'fired' | 'all';
}

/** Sizes the person gave the panels, px; null: as the width of the window suggests. */
export interface PanelSizes {
  readonly left: number | null;
  readonly right: number | null;
  readonly bottom: number | null;
}

/** A run that was brought in only to be compared with. */
export interface RunBeside {
  /** As its file is named. */
  readonly name: string;
  readonly text: string;
  readonly seed: number | null;
  readonly changes: Changes;
}

/** All the window remembers beside the records: small, plain and serialisable. */
export interface RendererState {
  readonly theme: ThemeChoice;
  readonly shape: WindowShape;
  readonly scenarios: readonly ScenarioEntry[];
  /** Key of the scenario shown; null while none is. */
  readonly open: string | null;
  /** The seed asked for; null: the scenario's own. */
  readonly seed: number | null;
  readonly run: RunPhase;
  /** The ways the calls could have gone, by the key of their scenario. */
  readonly whatIfs: Readonly<Record<string, WhatIf>>;
  /** A run to compare with, instead of the one that the shown branch was forked from. */
  readonly beside: RunBeside | null;
  /** What can be turned in the open scenario. */
  readonly levers: Levers;
  /** The version of the trace store the window has been told of. */
  readonly traceVersion: number;
  /** The same of the store that holds the run drawn behind it. */
  readonly ghostVersion: number;
  /** The same of how the library judges. */
  readonly libraryVersion: number;
  /** Which runs the list of clauses is about. */
  readonly coverage: 'run' | 'library';

  readonly playhead: Micros;
  readonly playing: boolean;
  /** Model seconds a second. */
  readonly speed: number;
  /** Keeps the playhead in view while it moves. */
  readonly following: boolean;

  /** A `sent` or `dropped` record for a message, any other record for what it says. */
  readonly selected: RecordNumber | null;
  readonly hovered: RecordNumber | null;
  /** The clause whose evidence is lit; everything else steps back. */
  readonly clause: ClauseId | null;

  readonly ladder: LadderChoice;
  readonly arrangement: Arrangement;
  /** Whose ear one listens with; null: with nobody's. */
  readonly listening: NodeId | null;
  /** The second of two records of which the distance is shown; null: none is. */
  readonly measuredTo: RecordNumber | null;
  /** What the person keeps of runs, by the key of their scenario. */
  readonly jottings: Readonly<Record<string, Jottings>>;
  /** The record a note is being written to; null: none is. */
  readonly noting: RecordNumber | null;
  /** What is looked for in the ladder; null: nothing. */
  readonly find: string | null;
  /** The lifeline whose state is asked for; null: that of the selection. */
  readonly lifeline: NodeId | null;
  /** The ladder's part of the window, px; nothing is laid out while it has no width. */
  readonly ladderSize: { readonly width: number; readonly height: number };
  readonly sizes: PanelSizes;
  readonly tab: InspectorTab;
  /** As it crosses the wire, read, or both under each other. */
  readonly messageForm: 'raw' | 'parsed' | 'both';
  readonly runTab: RunTab;
  /** The node looked into; null: the one that the selected record is of. */
  readonly inspected: NodeId | null;
  /** The message one is asked about what may become of it; null: none. */
  readonly forking: RecordNumber | null;
  readonly centre: Centre;
  readonly timingMap: TimingMap;
  /** What a narrow window shows below the ladder. */
  readonly below: 'lanes' | 'ports' | 'media path';
  /** What a narrow window has folded out of its rail. */
  readonly flyout: 'scenarios' | 'requirements' | null;
  readonly keyHelp: boolean;
  readonly writing: Writing;
  readonly doors: Doors;
  readonly keys: KeyChoice;
  /** Whether it is asked what to export. */
  readonly exporting: boolean;
  /** Null: it is put away. */
  readonly palette: PaletteKind | null;
  /** What is sought among the gaps. */
  readonly soughtGap: string;
  /** What a screen reader is told next. */
  readonly announcement: string;
  /** What went wrong outside a run: a file that could not be opened. Null: nothing. */
  readonly notice: string | null;
}

export const speedLeast = 0.001;
export const speedMost = 100;

/** The state of a window that has just opened. */
export function initialState(
  scenarios: readonly ScenarioEntry[],
  start: Micros,
  shape: WindowShape,
): RendererState {
  return {
    theme: 'system',
    shape,
    scenarios,
    open: null,
    seed: null,
    run: { kind: 'nothing' },
    whatIfs: {},
    beside: null,
    levers: noLevers,
    traceVersion: 0,
    ghostVersion: 0,
    libraryVersion: 0,
    coverage: 'run',
    playhead: start,
    playing: false,
    speed: 0.2,
    following: false,
    selected: null,
    hovered: null,
    clause: null,
    ladder: { axis: null, pxPerMs: null, scrollX: 0, scrollY: 0, timers: 'fired' },
    arrangement: asTheCallGoes,
    listening: null,
    measuredTo: null,
    jottings: {},
    noting: null,
    find: null,
    lifeline: null,
    ladderSize: { width: 0, height: 0 },
    sizes: { left: null, right: null, bottom: null },
    tab: 'message',
    messageForm: 'raw',
    runTab: 'run',
    inspected: null,
    forking: null,
    centre: 'ladder',
    timingMap: initialTimingMap,
    below: 'lanes',
    flyout: null,
    keyHelp: false,
    writing: nothingWritten,
    doors: noDoor,
    keys: asDelivered,
    exporting: false,
    palette: null,
    soughtGap: '',
    announcement: '',
    notice: null,
  };
}
