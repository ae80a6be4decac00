/** A set of tokens of the style sheet. */
export type ShownTheme = 'dark' | 'light' | 'contrast';

export type ThemeChoice = 'system' | ShownTheme;

const dark = '(prefers-color-scheme: dark)';
const more = '(prefers-contrast: more)';

/** The theme that is shown where that is chosen: the system decides where nobody does. */
export function shownTheme(choice: ThemeChoice, window: Window): ShownTheme {
  if (choice !== 'system') return choice;
  if (window.matchMedia(more).matches) return 'contrast';
  return window.matchMedia(dark).matches ? 'dark' : 'light';
}

/** Calls whenever the system decides otherwise, until the function it gives back is called. */
export function heedSystemTheme(window: Window, heard: () => void): () => void {
  const queries = [dark, more].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', heard);
  return () => {
    for (const query of queries) query.removeEventListener('change', heard);
  };
}
