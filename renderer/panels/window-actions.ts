import type { ChoiceMade, NodeId, RecordNumber, StatesAround } from '../../sim-core/reading.ts';
import type { MessageId } from '../ladder/layout/ladder-input.ts';
import type { Between, FoundBoundary, SweptRun } from '../store/sweep-store.ts';
import type { Finding } from '../judgement/findings.ts';
import type { DoorActions } from '../actions/doors.ts';
import type { Exporting } from '../actions/exporting.ts';
import type { Writing } from '../actions/writing.ts';
import type { KeyAction } from '../words/keys.ts';
import type { MessageFault } from '../words/message-fault.ts';

/** What the window can do: everything a key asks for, and what only a pointer asks for. */
export interface WindowActions {
  /** Does what a key of the table says. */
  do(action: KeyAction): void;
  openScenario(key: string): void;
  /** Reads a file that was dropped on the window. */
  openDropped(file: File): void;
  /** Opens a file of the list of those opened before. */
  openRecent(id: string): void;
  readonly doors: DoorActions;
  /** What can be done with the text of the open scenario. */
  readonly writing: Writing;
  /** Writes the run out for documents and other tools. */
  readonly exporting: Exporting;
  newSeed(): void;
  /** Asks for the states around a record; what comes after another run is shown is not heard. */
  readonly states: (record: RecordNumber, heard: (states: StatesAround) => void) => void;
  /** Asks what chance chose with the event of a record, likewise. */
  readonly choices: (record: RecordNumber, heard: (choices: readonly ChoiceMade[]) => void) => void;
  /** Forks from the shown branch: a choice of chance comes out otherwise. */
  choose(choice: number, value: string, says: string): void;
  /** Forks from the shown branch: something becomes of a message on its way. */
  forkMessage(record: RecordNumber, fault: MessageFault): void;
  /** Forks by one value of the scenario; `says` is the difference in words. */
  set(path: string, value: string, says: string): void;
  showBranch(id: number): void;
  /** Forgets a branch and what was forked from it. */
  pruneBranch(id: number): void;
  /** Selects a record, brings its arrow into view. */
  select(record: RecordNumber): void;
  /** Selects whatever arrow stands behind a record: itself, or its nearest cause with an arrow. */
  selectShown(record: RecordNumber): void;
  /** Lights a finding's evidence and goes to it. */
  showFinding(finding: Finding): void;
  /** Zooms the Time axis so that what is at `y` px of the ladder stays there. */
  zoomAbout(factor: number, y: number): void;
  /** Zooms the Time axis to a span of time, µs. */
  zoomTo(fromMicros: number, toMicros: number): void;
  /** Plays what a party hears, and lets the clock run for it; null: nobody is listened to. */
  listen(node: NodeId | null): void;
  /** The messages that what is looked for is true of, in the order of sending. */
  hits(): readonly MessageId[];
  /** Selects the next or the previous of them. */
  walkHits(to: 'next' | 'previous'): void;
  /** Opens a folded row of the ladder by its name. */
  openFold(fold: string): void;
  /** Moves a lifeline to another place in the row of those that are drawn. */
  moveLifeline(node: NodeId, place: number): void;
  readonly map: Mapping;
}

/** What a person can do with the timing map. */
export interface Mapping {
  /** Shows the map of the open scenario, or the ladder again. */
  show(): void;
  /** Runs the open scenario on the whole grid; what ran before is given up. */
  run(): void;
  stop(): void;
  /** Runs a finer grid between two cells. */
  refine(one: number, other: number): void;
  /** The run of a cell; null where it could not be had, which the person is told. */
  runOf(cell: number): Promise<SweptRun | null>;
  boundary(between: Between): Promise<FoundBoundary | null>;
  /** Opens a cell's run in the ladder, as a fork of the scenario. */
  replay(cell: number): void;
  /** Copies the command line that gives the same map. */
  copyCommand(): void;
}
