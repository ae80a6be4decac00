import type { KeyChoice } from '../words/key-choice.ts';
import type { KeyAction } from '../words/keys.ts';
import type { Edit } from './edits.ts';
import type { ScenarioEntry, ScenarioProblem } from './renderer-state.ts';
import type { Draft, Writing } from './writing.ts';

/** Opens the editor beside the ladder, at a place of the text if one is named; or closes it. */
export function showEditor(open: boolean, goTo: Writing['goTo'] = null): Edit {
  return (draft) => {
    draft.writing.open = open;
    draft.writing.goTo = goTo;
    if (open) draft.flyout = null;
  };
}

/** Another text of a scenario; it is unsaved while it differs from the one last saved. */
export function writeText(key: string, text: string): Edit {
  return (draft) => {
    const entry = draft.scenarios.find((scenario) => scenario.key === key);
    if (entry === undefined || entry.text === text) return;
    const { saved } = draft.writing;
    const before = saved[key] ?? entry.text;
    entry.text = text;
    if (before === text) delete saved[key];
    else saved[key] = before;
  };
}

/** The text as it stands is what the file has. */
export function markSaved(key: string): Edit {
  return (draft) => {
    delete draft.writing.saved[key];
  };
}

/** A scenario nobody has saved yet. */
export function markNew(key: string): Edit {
  return (draft) => {
    draft.writing.saved[key] = '';
  };
}

export function takeProblems(problems: readonly ScenarioProblem[]): Edit {
  return (draft) => {
    draft.writing.problems = [...problems];
  };
}

/** What the list of scenarios and the title call the file. */
export function renameScenario(
  key: string,
  file: Pick<ScenarioEntry, 'fileName' | 'handle'>,
): Edit {
  return (draft) => {
    const entry = draft.scenarios.find((scenario) => scenario.key === key);
    if (entry === undefined) return;
    entry.fileName = file.fileName;
    entry.handle = file.handle;
  };
}

export function offerDrafts(drafts: readonly Draft[]): Edit {
  return (draft) => {
    draft.writing.drafts = [...drafts];
  };
}

export function showExport(shown: boolean): Edit {
  return (draft) => {
    draft.exporting = shown;
  };
}

/** Other keys for an action, or null for those of the table. */
export function remapKeys(action: KeyAction, name: string | null): Edit {
  return (draft) => {
    if (name === null) delete draft.keys.remapped[action];
    else draft.keys.remapped[action] = name;
  };
}

export function chooseKeys(choice: KeyChoice): Edit {
  return (draft) => {
    draft.keys = { single: choice.single, remapped: { ...choice.remapped } };
  };
}
