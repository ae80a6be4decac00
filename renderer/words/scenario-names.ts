/**
 * A title as a row under its folder's heading says it: without the words of the heading it
 * begins with. `'Gateway Mode, no answer'` under `'Gateway mode'` is `'No answer'`.
 */
export function titleUnder(folder: string, title: string): string {
  const heading = title.slice(0, folder.length).toLowerCase();
  const rest = /^[,:] +(.+)$/.exec(title.slice(folder.length));
  if (heading !== folder.toLowerCase() || rest === null) return title;
  const own = rest[1] ?? title;
  return own.slice(0, 1).toUpperCase() + own.slice(1);
}

/** What a scenario is found by. */
interface Named {
  readonly title: string;
  readonly folder: string;
  readonly fileName: string;
}

/** Whether every word asked for stands in the scenario's title, folder or file name. */
export function isAskedFor(entry: Named, asked: string): boolean {
  const name = `${entry.title} ${entry.folder} ${entry.fileName}`.toLowerCase();
  return asked
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}
