/** Whose a piece of a row is: the colours of the legs, or how loud plain text is. */
export type Ink = 'plain' | 'faint' | 'strong' | 'A' | 'B' | 'R' | 'fail';

/** SGR parameters; the terminal's own palette, so that light and dark both stay readable. */
const colours: Readonly<Record<Ink, string>> = {
  plain: '',
  faint: '2',
  strong: '1',
  A: '94',
  B: '33',
  R: '36',
  fail: '95',
};

/** Text in that ink, for a terminal; as it is where colour is off. */
export function inked(text: string, ink: Ink, colour: boolean): string {
  const code = colours[ink];
  return colour && code !== '' && text !== '' ? `\u001B[${code}m${text}\u001B[0m` : text;
}

/** One line under construction: a character and its ink for every column. */
export interface TextRow {
  readonly characters: string[];
  readonly inks: Ink[];
}

export function newRow(): TextRow {
  return { characters: [], inks: [] };
}

/** Writes over what stands there, from that column on; columns count from 0. */
export function write(row: TextRow, column: number, text: string, ink: Ink): void {
  let at = column;
  for (const character of text) {
    if (at >= 0) put(row, at, character, ink);
    at += 1;
  }
}

function put(row: TextRow, column: number, character: string, ink: Ink): void {
  while (row.characters.length < column) {
    row.characters.push(' ');
    row.inks.push('plain');
  }
  row.characters[column] = character;
  row.inks[column] = ink;
}

/** The line as text, without spaces at its end. */
export function printRow(row: TextRow, colour: boolean): string {
  let end = row.characters.length;
  while (end > 0 && row.characters[end - 1] === ' ') end -= 1;
  if (!colour) return row.characters.slice(0, end).join('');
  let text = '';
  for (let start = 0; start < end;) {
    const ink = row.inks[start] ?? 'plain';
    let next = start + 1;
    while (next < end && row.inks[next] === ink) next += 1;
    text += inked(row.characters.slice(start, next).join(''), ink, true);
    start = next;
  }
  return text;
}

/** How many columns a text takes; one a character. */
export function columnsOf(text: string): number {
  return Array.from(text).length;
}

/** Breaks text between words into lines of at most that many columns; longer words are cut. */
export function wrapText(text: string, columns: number): string[] {
  const most = Math.max(1, columns);
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > most) {
      lines.push(line);
      line = '';
    }
    while (columnsOf(word) > most) {
      lines.push(Array.from(word).slice(0, most).join(''));
      word = Array.from(word).slice(most).join('');
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
