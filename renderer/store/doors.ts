/** The three ways into the window, one for each group of people. */
export type Door = 'review' | 'learn' | 'replay';

export type LessonNumber = 1 | 2 | 3;

/** A lesson under way: a question is asked, answered, and then the call goes on. */
export interface Lesson {
  readonly number: LessonNumber;
  /** Which question comes next or stands, from 0. */
  readonly at: number;
  /** Whether the call waits for an answer. */
  readonly asked: boolean;
  readonly answered: string | null;
  /** Whether one thing was changed, at the end. */
  readonly changed: boolean;
}

export interface Doors {
  /** Whether the doors are shown instead of a call. */
  readonly welcome: boolean;
  /** The door the window was entered by: it changes panels, never data. */
  readonly door: Door | null;
  readonly lesson: Lesson | null;
  /** Whether the glossary is open, and the term that was asked for, if one was. */
  readonly glossary: { readonly term: string | null } | null;
  readonly recent: readonly { readonly id: string; readonly name: string }[];
}

export const noDoor: Doors = {
  welcome: false,
  door: null,
  lesson: null,
  glossary: null,
  recent: [],
};
