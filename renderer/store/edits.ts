import type { Draft } from 'immer';

import {
  micros,
  type ClauseId,
  type Micros,
  type NodeId,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import {
  speedLeast,
  speedMost,
  type Axis,
  type InspectorTab,
  type PanelSizes,
  type RendererState,
  type RunPhase,
  type RunTab,
  type ScenarioEntry,
  type Standing,
} from './renderer-state.ts';
import type { ThemeChoice } from './shown-theme.ts';
import type { Levers } from './levers.ts';
import { asWritten, type WhatIf } from './what-if.ts';
import { forgetRun } from './arrangement-edits.ts';
import type { WindowShape } from './window-shape.ts';

/** One named change of the window's state. */
export type Edit = (draft: Draft<RendererState>) => void;

// Scenarios and runs.

/** Shows another scenario from its start, or the same one anew. */
export function openScenario(key: string): Edit {
  return (draft) => {
    draft.open = key;
    draft.run = { kind: 'computing', came: 0 };
    draft.seed = null;
    draft.flyout = null;
    draft.notice = null;
    draft.beside = null;
    if (draft.centre === 'timing map') draft.centre = 'ladder';
    draft.writing.problems = [];
    draft.writing.goTo = null;
    forgetPlace(draft);
  };
}

/** Adds a scenario to the list, or renews it, and shows it. */
export function addScenario(entry: ScenarioEntry): Edit {
  return (draft) => {
    const at = draft.scenarios.findIndex(({ key }) => key === entry.key);
    if (at < 0) draft.scenarios.push(entry);
    else draft.scenarios[at] = entry;
    openScenario(entry.key)(draft);
  };
}

export function takeSeed(seed: number): Edit {
  return (draft) => {
    draft.seed = seed;
    draft.run = { kind: 'computing', came: 0 };
    draft.playing = false;
  };
}

export function enterPhase(phase: RunPhase): Edit {
  return (draft) => {
    // The recipe owns the draft from here on; immer freezes what the phase holds.
    draft.run = phase as Draft<RunPhase>;
    if (phase.kind !== 'ready') draft.playing = false;
  };
}

/** What is known of a scenario once it has been read and run. */
export function judgeScenario(key: string, title: string | null, standing: Standing): Edit {
  return (draft) => {
    const entry = draft.scenarios.find((scenario) => scenario.key === key);
    if (entry === undefined) return;
    entry.standing = standing;
    if (title !== null) entry.title = title;
  };
}

export function hearOfTrace(version: number): Edit {
  return (draft) => {
    draft.traceVersion = version;
  };
}

/** The same of the run drawn behind. */
export function hearOfGhost(version: number): Edit {
  return (draft) => {
    draft.ghostVersion = version;
  };
}

/** The same of how the library judges. */
export function hearOfLibrary(version: number): Edit {
  return (draft) => {
    draft.libraryVersion = version;
  };
}

/** Lists the clauses of this run, or those of all scenarios. */
export function coverOf(coverage: RendererState['coverage']): Edit {
  return (draft) => {
    draft.coverage = coverage;
  };
}

/** The open scenario's branches. */
export function whatIfOf({ open, whatIfs }: Pick<RendererState, 'open' | 'whatIfs'>): WhatIf {
  return (open === null ? undefined : whatIfs[open]) ?? asWritten;
}

/** The open scenario's branches become others. */
export function branchOff(whatIf: WhatIf): Edit {
  return (draft) => {
    if (draft.open !== null) draft.whatIfs[draft.open] = whatIf as Draft<WhatIf>;
    draft.forking = null;
  };
}

export function knowLevers(levers: Levers): Edit {
  return (draft) => {
    draft.levers = levers as Draft<Levers>;
  };
}

/** Asks what is to become of a message; null: no more. */
export function askFork(record: RecordNumber | null): Edit {
  return (draft) => {
    draft.forking = record;
  };
}

function forgetPlace(draft: Draft<RendererState>): void {
  draft.forking = null;
  draft.inspected = null;
  draft.playing = false;
  draft.following = false;
  draft.selected = null;
  draft.hovered = null;
  draft.clause = null;
  draft.ladder.pxPerMs = null;
  draft.ladder.scrollX = 0;
  draft.ladder.scrollY = 0;
  forgetRun(draft.arrangement);
  draft.lifeline = null;
  draft.listening = null;
  draft.measuredTo = null;
  draft.noting = null;
}

/** A run is complete and shown from here. */
export function arriveAt(playhead: Micros, selected: RecordNumber | null): Edit {
  return (draft) => {
    draft.run = { kind: 'ready' };
    draft.playhead = playhead;
    draft.selected = selected;
  };
}

// Time.

/** Drags the playhead: to whole milliseconds, for nobody drags finer. */
export function scrubTo(instant: number): Edit {
  return movePlayhead(micros(Math.round(instant / 1_000) * 1_000));
}

/** Moves the playhead by hand: whoever moves it takes over from the clock. */
export function movePlayhead(to: Micros): Edit {
  return (draft) => {
    draft.playhead = to;
    draft.playing = false;
  };
}

/** Moves the playhead with the clock. */
export function letClockRun(to: Micros, atEnd: boolean): Edit {
  return (draft) => {
    draft.playhead = to;
    if (atEnd) draft.playing = false;
  };
}

export function run(from: Micros): Edit {
  return (draft) => {
    draft.playhead = from;
    draft.playing = true;
    draft.following = true;
  };
}

export function pause(): Edit {
  return (draft) => {
    draft.playing = false;
  };
}

export function setSpeed(speed: number): Edit {
  return (draft) => {
    draft.speed = Math.min(speedMost, Math.max(speedLeast, speed));
  };
}

export function follow(following: boolean): Edit {
  return (draft) => {
    draft.following = following;
  };
}

// Selection and evidence.

/** Selects a record; the evidence view gives way to it. */
export function selectRecord(record: RecordNumber | null): Edit {
  return (draft) => {
    draft.selected = record;
    draft.measuredTo = null;
    draft.clause = null;
  };
}

/** Chooses a lifeline to step on, and looks into its node; the same one again lets it go. */
export function chooseLifeline(node: NodeId): Edit {
  return (draft) => {
    const chosen = draft.lifeline === node ? null : node;
    draft.lifeline = chosen;
    draft.inspected = chosen;
    if (chosen === null) return;
    draft.clause = null;
    if (draft.selected === null) draft.runTab = 'state';
    else draft.tab = 'state';
  };
}

export function hoverRecord(record: RecordNumber | null): Edit {
  return (draft) => {
    draft.hovered = record;
  };
}

/** Lights a clause's evidence; the same clause again leaves the evidence view. */
export function showEvidence(clause: ClauseId | null): Edit {
  return (draft) => {
    draft.clause = draft.clause === clause ? null : clause;
    if (draft.clause === null) return;
    draft.selected = null;
    draft.tab = 'requirements';
    draft.flyout = null;
  };
}

// The ladder.

/** Another vertical axis, scrolled to `scrollY` px. */
export function chooseAxis(axis: Axis, scrollY: number): Edit {
  return (draft) => {
    draft.ladder.axis = axis;
    draft.ladder.scrollY = scrollY;
  };
}

/** Another scale of the Time axis, scrolled to `scrollY` px; null fits the call. */
export function zoomTo(pxPerMs: number | null, scrollY: number): Edit {
  return (draft) => {
    draft.ladder.pxPerMs = pxPerMs;
    draft.ladder.scrollY = scrollY;
  };
}

/** Scrolls the ladder to an offset of its content, px. */
export function scrollLadder(x: number, y: number): Edit {
  return (draft) => {
    draft.ladder.scrollX = x;
    draft.ladder.scrollY = y;
  };
}

/** The ladder's part of the window has another size, px. */
export function resizeLadder(width: number, height: number): Edit {
  return (draft) => {
    const { ladderSize } = draft;
    if (ladderSize.width === width && ladderSize.height === height) return;
    draft.ladderSize = { width, height };
  };
}

export function showTimers(timers: 'fired' | 'all'): Edit {
  return (draft) => {
    draft.ladder.timers = timers;
  };
}

// Panels.

/** The window has another shape. */
export function reshape(shape: WindowShape): Edit {
  return (draft) => {
    draft.shape.width = shape.width;
    draft.shape.height = shape.height;
  };
}

export function chooseTheme(theme: ThemeChoice): Edit {
  return (draft) => {
    draft.theme = theme;
  };
}

export function showTab(tab: InspectorTab): Edit {
  return (draft) => {
    draft.tab = tab;
    if (tab !== 'requirements') draft.clause = null;
  };
}

export function showMessageAs(form: RendererState['messageForm']): Edit {
  return (draft) => {
    draft.messageForm = form;
  };
}

export function showRunTab(tab: RunTab): Edit {
  return (draft) => {
    draft.runTab = tab;
    draft.selected = null;
    draft.clause = null;
  };
}

/** Looks into that node; null: into the one that the selection is of. */
export function inspectNode(node: NodeId | null): Edit {
  return (draft) => {
    draft.inspected = node;
  };
}

export function showCentre(centre: RendererState['centre']): Edit {
  return (draft) => {
    draft.centre = centre;
  };
}

export function showBelow(below: RendererState['below']): Edit {
  return (draft) => {
    draft.below = below;
  };
}

export function foldOut(flyout: RendererState['flyout']): Edit {
  return (draft) => {
    draft.flyout = draft.flyout === flyout ? null : flyout;
  };
}

export function resizePanel(panel: keyof PanelSizes, size: number | null): Edit {
  return (draft) => {
    draft.sizes[panel] = size;
  };
}

export function showKeyHelp(shown: boolean): Edit {
  return (draft) => {
    draft.keyHelp = shown;
  };
}

/** Opens the palette; the same again, or null, puts it away. */
export function openPalette(palette: RendererState['palette']): Edit {
  return (draft) => {
    draft.palette = draft.palette === palette ? null : palette;
  };
}

export function seekGap(sought: string): Edit {
  return (draft) => {
    draft.soughtGap = sought;
  };
}

export function announce(sentence: string): Edit {
  return (draft) => {
    draft.announcement = sentence;
  };
}

export function notify(sentence: string | null): Edit {
  return (draft) => {
    draft.notice = sentence;
  };
}
