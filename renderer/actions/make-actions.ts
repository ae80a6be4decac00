import type { Authoring } from '../authoring/client.ts';
import type { HostBridge } from '../host/host-bridge.ts';
import { findingsOf, type Finding } from '../judgement/findings.ts';
import { clausesShownBy } from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import type { LadderScene } from '../ladder/ladder-scene.ts';
import { cycleRegions, leaveInspector } from '../panels/regions.ts';
import type { Mapping, WindowActions } from '../panels/window-actions.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { nextColour } from '../store/arrangement-edits.ts';
import { openFind } from '../store/find-edits.ts';
import type { SweepClient } from '../simulation/sweep-client.ts';
import {
  announce,
  askFork,
  foldOut,
  inspectNode,
  movePlayhead,
  notify,
  openPalette,
  selectRecord,
  showCentre,
  showEvidence,
  showKeyHelp,
  showMessageAs,
  showRunTab,
  showTab,
  showTimers,
  type Edit,
} from '../store/edits.ts';
import { showGlossary } from '../store/door-edits.ts';
import { showExport } from '../store/writing-edits.ts';
import { listenAs } from '../store/marking-edits.ts';
import type { InspectorTab, RendererState, RunTab } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { SweepStore } from '../store/sweep-store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import type { KeyAction, NodeAction } from '../words/keys.ts';
import { makeDoors } from './doors.ts';
import { makeExporting, type Exporting } from './exporting.ts';
import { makeForking, type Forking } from './forking.ts';
import { makeFindingMessages, type FindingMessages } from './finding-messages.ts';
import { makeFolding, openFoldsWithSelection, type Folding } from './folding.ts';
import { makeMapping } from './mapping.ts';
import { makeJotting, type Jotting } from './jotting.ts';
import { makeOpening, type Opening } from './opening.ts';
import { keepPlayheadInView, reveal } from './revealing.ts';
import { makeSelecting, type Selecting } from './selecting.ts';
import { makeStepping, type Stepping } from './stepping.ts';
import { showUntested } from './untested.ts';
import { makeWriting, type Writing } from './writing.ts';
import { makeZooming, type Zooming } from './zooming.ts';

/** What the actions of a window work on. */
export interface ActionParts {
  readonly store: Store<RendererState>;
  readonly traces: TraceStore;
  readonly scene: LadderScene;
  readonly runs: ScenarioRuns;
  readonly sweeps: SweepStore;
  readonly sweepClient: SweepClient;
  readonly host: HostBridge;
  readonly authoring: Authoring;
  /** Edits the state and draws at once what follows from it. */
  readonly redraw: (edit: Edit) => void;
  readonly window: Window;
}

interface Deeds {
  readonly stepping: Stepping;
  readonly selecting: Selecting;
  readonly zooming: Zooming;
  readonly folding: Folding;
  readonly finding: FindingMessages;
  readonly jotting: Jotting;
  readonly opening: Opening;
  readonly forking: Forking;
  readonly mapping: Mapping;
  readonly writing: Writing;
  readonly exporting: Exporting;
}

export function makeActions(parts: ActionParts): WindowActions {
  const { store, traces, runs, scene, window } = parts;
  const selecting = makeSelecting(store, traces, scene);
  const deeds: Deeds = {
    stepping: makeStepping(store, traces, scene),
    selecting,
    finding: makeFindingMessages(store, traces, scene, selecting),
    zooming: makeZooming(store, traces, scene),
    folding: makeFolding(store, traces, scene),
    opening: makeOpening(parts),
    jotting: makeJotting(store, traces, window),
    forking: makeForking(store, traces, runs, window),
    mapping: makeMapping({ store, sweeps: parts.sweeps, client: parts.sweepClient, runs, window }),
    writing: makeWriting(parts),
    exporting: makeExporting(parts),
  };
  const { stepping, zooming, opening, forking, folding, finding, mapping } = deeds;
  openFoldsWithSelection(store, scene, folding);
  keepPlayheadInView(store, scene);
  const showFinding = (finding: Finding): void => findingShown(parts, selecting, finding);
  const byKey = {
    ...timeAndSelection(deeds),
    ...whatIf(deeds),
    ...view(parts, deeds, showFinding),
  };
  opening.heedHost((action) => byKey[action]());
  return {
    do: (action) => byKey[action](),
    openScenario: (key) => runs.open(key),
    openDropped: (file) => opening.openDropped(file),
    openRecent: (id) => opening.openRecent(id),
    doors: makeDoors({ store, traces, runs, forking, mapping, showFinding }),
    writing: deeds.writing,
    exporting: deeds.exporting,
    newSeed: () => runs.reseed(window.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0),
    states: (record, heard) => runs.states(record, heard),
    choices: (record, heard) => runs.choices(record, heard),
    choose: (choice, value, says) => forking.choose(choice, value, says),
    forkMessage: (record, fault) => forking.message(record, fault),
    set: (path, value, says) => forking.set(path, value, says),
    showBranch: (id) => forking.show(id),
    pruneBranch: (id) => forking.prune(id),
    select: (record) => selecting.select(record),
    selectShown: (record) => selecting.selectShown(record),
    showFinding,
    zoomAbout: (factor, y) => zooming.zoomAbout(factor, y),
    zoomTo: (fromMicros, toMicros) => zooming.zoomTo(fromMicros, toMicros),
    listen(node) {
      store.edit(listenAs(node));
      if (node !== null && !store.state.playing) stepping.runOrPause();
    },
    hits: () => finding.hits(),
    walkHits: (to) => finding.walk(to),
    openFold: (fold) => folding.open(fold),
    moveLifeline: (node, place) => folding.moveLifeline(node, place),
    map: mapping,
  };
}

type Bound<Action extends KeyAction> = Readonly<Record<Action, () => void>>;

type TimeAction =
  | 'run or pause'
  | 'previous event'
  | 'next event'
  | 'previous event of the lifeline'
  | 'next event of the lifeline'
  | 'start'
  | 'end'
  | 'go to the cause'
  | 'go to the effect'
  | 'previous message'
  | 'next message';

function timeAndSelection({ stepping, selecting }: Deeds): Bound<TimeAction> {
  return {
    'run or pause': () => stepping.runOrPause(),
    'previous event': () => stepping.step('previous'),
    'next event': () => stepping.step('next'),
    'previous event of the lifeline': () => stepping.stepOnLifeline('previous'),
    'next event of the lifeline': () => stepping.stepOnLifeline('next'),
    start: () => stepping.goTo('start'),
    end: () => stepping.goTo('end'),
    'go to the cause': () => selecting.cause(),
    'go to the effect': () => selecting.effect(),
    'previous message': () => selecting.beside('previous'),
    'next message': () => selecting.beside('next'),
  };
}

type ForkAction = 'fork here' | 'drop the message' | 'undo' | 'redo' | 'copy the command line';

function whatIf({ forking }: Deeds): Bound<ForkAction> {
  return {
    'fork here': () => forking.ask(),
    'drop the message': () => forking.drop(),
    undo: () => forking.undo(),
    redo: () => forking.redo(),
    'copy the command line': () => forking.copyCommand(),
  };
}

/** How much a key zooms. */
const zoomStep = 1.25;

function view(
  parts: ActionParts,
  { selecting, zooming, opening, folding, jotting, mapping, writing }: Deeds,
  show: (finding: Finding) => void,
): Bound<Exclude<KeyAction, TimeAction | ForkAction>> {
  const { store, window } = parts;
  // Without a selection these tabs would be tabs of nothing.
  const messageTab = (tab: InspectorTab): void => {
    selecting.something();
    store.edit(showTab(tab));
  };
  return {
    'previous finding': () => besideFinding(parts, 'previous', show),
    'next finding': () => besideFinding(parts, 'next', show),
    'change the axis': () => zooming.changeAxis(),
    'zoom in': () => zooming.zoom(zoomStep),
    'zoom out': () => zooming.zoom(1 / zoomStep),
    'fit the call': () => zooming.fitCall(),
    'fit the selection': () => zooming.fitSelection(),
    'all timers': () =>
      store.edit(showTimers(store.state.ladder.timers === 'all' ? 'fired' : 'all')),
    fold: () => folding.foldOrUnfold(),
    'fold the set-up': () => folding.foldSetUp(),
    'change the colours': () => store.edit(nextColour()),
    find: () => store.edit(openFind()),
    bookmark: () => jotting.bookmark(),
    note: () => jotting.note(),
    copy: () => jotting.copy(),
    'message tab': () => messageTab('message'),
    'SDP tab': () => messageTab('sdp'),
    'raw or parsed': () => {
      const next = { raw: 'parsed', parsed: 'both', both: 'raw' } as const;
      messageTab('message');
      store.edit(showMessageAs(next[store.state.messageForm]));
    },
    'state tab': () => tabOr(parts, 'state', 'state'),
    'why tab': () => messageTab('why'),
    'what-if tab': () => store.edit(showRunTab('what if')),
    'gaps tab': () => store.edit(showRunTab('gaps')),
    'slack tab': () => store.edit(showRunTab('slack')),
    ...nodeActions(parts),
    'requirements tab': () => messageTab('requirements'),
    table: () => store.edit(showCentre(store.state.centre === 'table' ? 'ladder' : 'table')),
    'two runs': () =>
      store.edit(showCentre(store.state.centre === 'two runs' ? 'ladder' : 'two runs')),
    matrix: () => store.edit(showCentre(store.state.centre === 'matrix' ? 'ladder' : 'matrix')),
    untested: () => showUntested(parts),
    'timing map': () => mapping.show(),
    evidence: () => toggleEvidence(parts),
    leave: () => leave(parts),
    'go to anything': () => store.edit(openPalette('anything')),
    commands: () => store.edit(openPalette('commands')),
    'open a file': () => opening.open(),
    save: () => writing.save(),
    write: () => writing.toggle(),
    export: () => {
      if (store.state.run.kind === 'ready') store.edit(showExport(true));
    },
    'copy the link': () => opening.copyLink(),
    'next region': () => cycleRegions(window.document, 'next'),
    'previous region': () => cycleRegions(window.document, 'previous'),
    keys: () => store.edit(showKeyHelp(!store.state.keyHelp)),
  };
}

/** A tab of the selected message; without one, of the run. */
function tabOr({ store }: ActionParts, tab: InspectorTab, runTab: RunTab): void {
  store.edit(store.state.selected === null ? showRunTab(runTab) : showTab(tab));
}

/** 1 to 9 look into the nodes, in the order of their lifelines. */
function nodeActions(parts: ActionParts): Bound<NodeAction> {
  const look = (place: number) => (): void => {
    const node = parts.traces.trace.header?.nodes[place - 1];
    if (node === undefined) return;
    parts.store.edit(inspectNode(node.id));
    tabOr(parts, 'state', 'state');
  };
  return {
    'node 1': look(1),
    'node 2': look(2),
    'node 3': look(3),
    'node 4': look(4),
    'node 5': look(5),
    'node 6': look(6),
    'node 7': look(7),
    'node 8': look(8),
    'node 9': look(9),
  };
}

/** Lights what shows a finding, and goes to when it was plain. */
function findingShown(
  { store, scene }: ActionParts,
  selecting: Selecting,
  { clause, evidence, at }: Finding,
): void {
  const last = evidence.at(-1);
  if (clause === null) {
    if (last !== undefined) selecting.selectShown(last);
  } else if (store.state.clause !== clause) store.edit(showEvidence(clause));
  if (at === null) return;
  store.edit(movePlayhead(at));
  reveal(store, scene, at);
}

function besideFinding(
  { store, traces }: ActionParts,
  to: 'next' | 'previous',
  show: (finding: Finding) => void,
): void {
  const findings = traces.view(findingsOf);
  if (findings.length === 0) {
    store.edit(announce('Nothing was found fault with.'));
    return;
  }
  const { clause, playhead } = store.state;
  const at = findings.findIndex((one) =>
    one.clause === null ? clause === null && one.at === playhead : one.clause === clause,
  );
  const next = at < 0 ? (to === 'next' ? 0 : -1) : at + (to === 'next' ? 1 : -1);
  const finding = findings.at(next % findings.length);
  if (finding !== undefined) show(finding);
}

function toggleEvidence({ store, traces }: ActionParts): void {
  const { clause, selected } = store.state;
  if (clause !== null) {
    store.edit(showEvidence(null));
    return;
  }
  const [first] = clausesShownBy(traces.trace, traces.view(arrowsOf), selected);
  if (first !== undefined) store.edit(showEvidence(first));
}

/** Leaves the innermost thing that is open. */
function leave({ store, window }: ActionParts): void {
  const { keyHelp, flyout, clause, selected, notice, forking, centre } = store.state;
  const { exporting, doors } = store.state;
  if (doors.glossary !== null) store.edit(showGlossary(null));
  else if (exporting) store.edit(showExport(false));
  else if (forking !== null) store.edit(askFork(null));
  else if (keyHelp) store.edit(showKeyHelp(false));
  else if (flyout !== null) store.edit(foldOut(flyout));
  else if (notice !== null) store.edit(notify(null));
  else if (leaveInspector(window.document)) return;
  else if (clause !== null) store.edit(showEvidence(null));
  else if (selected !== null) store.edit(selectRecord(null));
  else if (centre === 'matrix') store.edit(showCentre('ladder'));
}
