import type { Edit } from './edits.ts';
import type { Door, Doors, Lesson } from './doors.ts';

export function showWelcome(shown: boolean): Edit {
  return (draft) => {
    draft.doors.welcome = shown;
    if (shown) draft.playing = false;
  };
}

/** Sets the panels as that door has them: what is shown first, never what is there. */
export function enterDoor(door: Door): Edit {
  return (draft) => {
    draft.doors.welcome = false;
    draft.doors.door = door;
    draft.doors.lesson = null;
    draft.centre = 'ladder';
    draft.below = 'lanes';
    draft.ladder.axis = door === 'review' ? 'rows' : 'time';
    draft.tab = door === 'review' ? 'requirements' : 'message';
    draft.speed = door === 'learn' ? 0.05 : 0.2;
    draft.sizes.bottom = door === 'learn' ? 228 : null;
  };
}

export function setLesson(lesson: Lesson | null): Edit {
  return (draft) => {
    draft.doors.lesson = lesson;
  };
}

/** Opens the glossary, at a term or at its beginning; null closes it. */
export function showGlossary(glossary: Doors['glossary']): Edit {
  return (draft) => {
    draft.doors.glossary = glossary;
  };
}

export function knowRecent(recent: Doors['recent']): Edit {
  return (draft) => {
    draft.doors.recent = [...recent];
  };
}
