import type { ScenarioProblem } from './renderer-state.ts';

/** Text that was not saved when a window closed. */
export interface Draft {
  /** The scenario's key. */
  readonly key: string;
  readonly fileName: string;
  readonly folder: string;
  readonly text: string;
  /** The text it departed from. */
  readonly saved: string;
}

/** What is being written, beside what runs. */
export interface Writing {
  /** Whether the editor stands beside the ladder. */
  readonly open: boolean;
  /** What keeps the text as it stands from running; what is shown then is the last that ran. */
  readonly problems: readonly ScenarioProblem[];
  /** Where the cursor is wanted; a new value each time. */
  readonly goTo: { readonly line: number; readonly column: number } | null;
  /** By key: the text a scenario was last saved with, there only while its text is another. */
  readonly saved: Readonly<Record<string, string>>;
  /** Drafts of an earlier window, until they are taken up or thrown away. */
  readonly drafts: readonly Draft[];
}

export const nothingWritten: Writing = {
  open: false,
  problems: [],
  goTo: null,
  saved: {},
  drafts: [],
};
