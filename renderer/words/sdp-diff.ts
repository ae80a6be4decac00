/** One word of a line; `changed` where the other description has another. */
export interface DiffWord {
  readonly text: string;
  readonly changed: boolean;
}

/** One line of two descriptions laid over each other. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly words: readonly DiffWord[];
}

/** A line, or a run of unchanged lines folded into one. */
export type DiffRow =
  | { readonly kind: 'line'; readonly line: DiffLine }
  | { readonly kind: 'fold'; readonly lines: readonly string[] };

/** Unchanged lines are folded from so many on. */
const foldLeast = 3;

/** What changed from `before` to `after`, line by line and word by word. */
export function diffSdp(before: readonly string[], after: readonly string[]): DiffRow[] {
  return foldRows(markWords(alignLines(before, after)));
}

interface Aligned {
  readonly kind: DiffLine['kind'];
  readonly text: string;
}

/** The longest common subsequence, removed lines before added ones. */
function alignLines(before: readonly string[], after: readonly string[]): Aligned[] {
  const longest = lengths(before, after);
  const aligned: Aligned[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const old = before[row];
    const fresh = after[column];
    if (old !== undefined && old === fresh) {
      aligned.push({ kind: 'same', text: old });
      row += 1;
      column += 1;
    } else if (
      fresh === undefined ||
      (old !== undefined && at(longest, row + 1, column) >= at(longest, row, column + 1))
    ) {
      aligned.push({ kind: 'removed', text: old ?? '' });
      row += 1;
    } else {
      aligned.push({ kind: 'added', text: fresh });
      column += 1;
    }
  }
  return aligned;
}

/** Length of the longest common subsequence of the rests from each pair of places on. */
function lengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = before.map(() => Array.from({ length: after.length + 1 }, () => 0));
  table.push(Array.from({ length: after.length + 1 }, () => 0));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const here =
        before[row] === after[column]
          ? at(table, row + 1, column + 1) + 1
          : Math.max(at(table, row + 1, column), at(table, row, column + 1));
      const line = table[row];
      if (line !== undefined) line[column] = here;
    }
  }
  return table;
}

function at(table: readonly (readonly number[])[], row: number, column: number): number {
  return table[row]?.[column] ?? 0;
}

/** A removed line and the added one that took its place show which words differ. */
function markWords(aligned: readonly Aligned[]): DiffLine[] {
  return aligned.map(({ kind, text }, place) => {
    const partner = kind === 'same' ? undefined : partnerOf(aligned, place);
    const others = partner === undefined ? null : wordsOf(partner.text);
    const words = wordsOf(text).map((word, index) => ({
      text: word,
      changed: others !== null && others[index] !== word,
    }));
    return { kind, words };
  });
}

/** Within one block of changes, the n-th removed line of a type goes with its n-th added one. */
function partnerOf(aligned: readonly Aligned[], place: number): Aligned | undefined {
  let [from, to] = [place, place];
  while (from > 0 && aligned[from - 1]?.kind !== 'same') from -= 1;
  while (to < aligned.length && aligned[to]?.kind !== 'same') to += 1;
  const me = aligned[place];
  const alike = aligned.slice(from, to).filter(({ text }) => text[0] === me?.text[0]);
  const mine = alike.filter(({ kind }) => kind === me?.kind);
  const theirs = alike.filter(({ kind }) => kind !== me?.kind);
  return me === undefined ? undefined : theirs[mine.indexOf(me)];
}

function wordsOf(text: string): string[] {
  return text.split(/(?<=[ :=/;])/);
}

function foldRows(lines: readonly DiffLine[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let same: DiffLine[] = [];
  const close = (): void => {
    if (same.length >= foldLeast) {
      const texts = same.map(({ words }) => words.map(({ text }) => text).join(''));
      rows.push({ kind: 'fold', lines: texts });
    } else for (const line of same) rows.push({ kind: 'line', line });
    same = [];
  };
  for (const line of lines) {
    if (line.kind === 'same') {
      same.push(line);
      continue;
    }
    close();
    rows.push({ kind: 'line', line });
  }
  close();
  return rows;
}
