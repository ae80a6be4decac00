import type { NodeId, RecordNumber } from '../../sim-core/reading.ts';
import type { MessageId } from '../ladder/layout/ladder-input.ts';
import type { Finding } from '../judgement/findings.ts';
import type { KeyAction } from '../words/keys.ts';
import type { MessageFault } from '../words/message-fault.ts';

/** What the window can do: everything a key asks for, and what only a pointer asks for. */
export interface WindowActions {
  /** Does what a key of the table says. */
  do(action: KeyAction): void;
  openScenario(key: string): void;
  /** Reads a file that was dropped on the window. */
  openDropped(file: File): void;
  newSeed(): void;
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
  /** The messages that what is looked for is true of, in the order of sending. */
  hits(): readonly MessageId[];
  /** Selects the next or the previous of them. */
  walkHits(to: 'next' | 'previous'): void;
  /** Opens a folded row of the ladder by its name. */
  openFold(fold: string): void;
  /** Moves a lifeline to another place in the row of those that are drawn. */
  moveLifeline(node: NodeId, place: number): void;
}
