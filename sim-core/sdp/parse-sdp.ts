import { check } from '../base/check.ts';
import { problemOfConnection, readMediaLine, readOrigin } from './line-values.ts';
import { makeMedia, makeSession, sdpLine } from './make-description.ts';
import { encodingOf, isDirection, isOn, isRtp } from './media-lines.ts';
import type {
  MediaDescription,
  Origin,
  SdpLine,
  SessionDescription,
} from './session-description.ts';

/** Lines and columns count from 1. */
export interface SdpProblem {
  readonly line: number;
  readonly column: number;
  readonly says: string;
}

export type SdpReading =
  { readonly description: SessionDescription } | { readonly problems: readonly SdpProblem[] };

/** More problems than this are not told. */
const problemsMost = 20;

/**
 * Reads SDP text (RFC 8866), lines ended by CRLF or LF. What it accepts, `printSdp` prints as it
 * stood, but for the line ends. Anything else gives problems, never an error.
 */
export function parseSdp(text: string): SdpReading {
  const problems: SdpProblem[] = [];
  const rows = rowsOf(text, problems);
  const sections = sectionsOf(rows);
  const session = sections[0] ?? [];
  checkOrder(session, sessionOrder, 'the session', problems);
  const origin = readSession(session, rows.length, problems);
  const media: MediaDescription[] = [];
  const hasConnection = session.some((row) => row.type === 'c');
  for (const section of sections.slice(1)) {
    if (problems.length >= problemsMost) break;
    const read = readSection(section, hasConnection, problems);
    if (read !== null) media.push(read);
  }
  if (problems.length > 0) return { problems: inOrder(problems).slice(0, problemsMost) };
  check(origin !== null && media.length === sections.length - 1, 'a description without problems');
  const name = session.find((row) => row.type === 's')?.value ?? '';
  const lines = session.filter((row) => !'vos'.includes(row.type)).map(lineOf);
  return { description: makeSession(origin, name, lines, media) };
}

interface Row {
  readonly line: number;
  readonly type: string;
  readonly value: string;
}

function lineOf(row: Row): SdpLine {
  return sdpLine(row.type, row.value);
}

function inOrder(problems: readonly SdpProblem[]): SdpProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

const lineTypes = 'vosiuepcbtrzkam';

function rowsOf(text: string, problems: SdpProblem[]): readonly Row[] {
  const rows: Row[] = [];
  let line = 1;
  for (let start = 0; start < text.length && problems.length < problemsMost; line += 1) {
    const feed = text.indexOf('\n', start);
    let end = feed < 0 ? text.length : feed;
    const next = end + 1;
    if (text.charCodeAt(end - 1) === carriageReturn && end > start) end -= 1;
    const row = { line, type: text.charAt(start), value: text.slice(start + 2, end) };
    const isLine = text.charCodeAt(start + 1) === equals && lineTypes.includes(row.type);
    if (isLine) rows.push(row);
    if (!isLine || row.value === '' || hasControl(row.value)) {
      const problem = problemOfRow(text.slice(start, end), row);
      if (problem !== null) problems.push(problem);
    }
    start = next;
  }
  return rows;
}

const carriageReturn = 0x0d;
const equals = 0x3d;

function hasControl(value: string): boolean {
  return value.includes('\r') || value.includes('\0');
}

function problemOfRow(text: string, { line, type, value }: Row): SdpProblem | null {
  if (text === '') return { line, column: 1, says: 'an empty line; SDP has none' };
  if (text.charAt(1) !== '=' || !/[a-z]/i.test(type)) {
    return { line, column: 1, says: `found ${quoted(text)} instead of a letter and =` };
  }
  if (!lineTypes.includes(type)) {
    const allowed = lineTypes.replaceAll(/./g, '$&= ').trim();
    return { line, column: 1, says: `${type}= is not a line of SDP; there are ${allowed}` };
  }
  // RFC 8866 §5.3 wants a space at least after s=; the examples of RFC 4317 have not even that.
  if (value === '' && type !== 's') return { line, column: 3, says: `${type}= is empty` };
  const control = value.search(controlCharacters);
  if (control < 0) return null;
  return { line, column: control + 3, says: 'a NUL or CR character; SDP text has none' };
}

const controlCharacters = /[\0\r]/;

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** The session's rows, then those of each section, m= first. */
function sectionsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  let current: Row[] = [];
  const sections = [current];
  for (const row of rows) {
    if (row.type === 'm') {
      current = [];
      sections.push(current);
    }
    current.push(row);
  }
  return sections;
}

/** RFC 8866 §5; letters of one group may alternate, capitals stand at most once. */
const sessionOrder = orderOf(['V', 'O', 'S', 'I', 'U', 'e', 'p', 'C', 'b', 'trz', 'K', 'a']);
const mediaOrder = orderOf(['M', 'I', 'c', 'b', 'K', 'a']);

interface LineOrder {
  /** By the type of a line: which group it is of. */
  readonly ranks: ReadonlyMap<string, number>;
  /** Types that stand at most once. */
  readonly once: ReadonlySet<string>;
}

function orderOf(groups: readonly string[]): LineOrder {
  const ranks = new Map<string, number>();
  groups.forEach((types, rank) => {
    for (const type of types.toLowerCase()) ranks.set(type, rank);
  });
  const capitals = groups.filter((types) => types !== types.toLowerCase());
  return { ranks, once: new Set(capitals.map((type) => type.toLowerCase())) };
}

function checkOrder(
  rows: readonly Row[],
  { ranks, once }: LineOrder,
  level: string,
  problems: SdpProblem[],
): void {
  let rank = 0;
  let above: Row | null = null;
  for (const row of rows) {
    if (problems.length >= problemsMost) return;
    const own = ranks.get(row.type) ?? -1;
    let says: string | null = null;
    if (own < 0) says = `${row.type}= does not belong to ${level}`;
    else if (own < rank) {
      says = `${row.type}= stands below ${above?.type ?? 'v'}=; RFC 8866 §5 has it above`;
    } else if (own === rank && above !== null && once.has(row.type)) {
      says = `a second ${row.type}= line; ${level} has one`;
    } else if ((row.type === 'r' || row.type === 'z') && (above === null || own !== rank)) {
      says = `${row.type}= needs a t= line above it`;
    } else {
      rank = own;
      above = row;
    }
    if (says !== null) problems.push({ line: row.line, column: 1, says });
  }
}

/** Checks the session level and gives its o= line; null where there are problems with it. */
function readSession(
  rows: readonly Row[],
  rowCount: number,
  problems: SdpProblem[],
): Origin | null {
  for (const type of ['v', 'o', 's', 't']) {
    if (rows.some((row) => row.type === type)) continue;
    if (rowCount === 0 && problems.length > 0) break;
    const says = rowCount === 0 ? 'the body is empty' : `there is no ${type}= line`;
    problems.push({ line: lineFor(type, rows), column: 1, says });
    if (rowCount === 0) break;
  }
  let origin: Origin | null = null;
  for (const row of rows) {
    if (row.type === 'v' && row.value !== '0') {
      problems.push({ line: row.line, column: 3, says: `found v=${row.value} instead of v=0` });
    }
    if (row.type !== 'o') continue;
    const read = readOrigin(row.value);
    if ('value' in read) origin = Object.freeze(read.value);
    else problems.push({ line: row.line, column: read.problem.at + 3, says: read.problem.says });
  }
  checkLevel(rows, problems);
  return origin;
}

/** Where a missing line belongs: at the first row that the order puts below it. */
function lineFor(type: string, rows: readonly Row[]): number {
  const { ranks } = sessionOrder;
  const rank = ranks.get(type) ?? -1;
  const below = rows.find((row) => (ranks.get(row.type) ?? -1) > rank);
  return below?.line ?? (rows.at(-1)?.line ?? 0) + 1;
}

/** Checks what holds on both levels: c= lines, and one direction at most (R-SDP-03). */
function checkLevel(rows: readonly Row[], problems: SdpProblem[]): void {
  let direction: Row | null = null;
  for (const row of rows) {
    if (problems.length >= problemsMost) return;
    if (row.type === 'c') {
      const problem = problemOfConnection(row.value);
      if (problem === null) continue;
      problems.push({ line: row.line, column: problem.at + 3, says: problem.says });
    }
    if (row.type !== 'a' || !isDirection(row.value)) continue;
    if (direction === null) direction = row;
    else {
      const { line, value } = direction;
      const says = `a second direction, ${row.value}; line ${line} says ${value}`;
      problems.push({ line: row.line, column: 3, says });
    }
  }
}

function readSection(
  rows: readonly Row[],
  hasConnection: boolean,
  problems: SdpProblem[],
): MediaDescription | null {
  const [first, ...others] = rows;
  check(first !== undefined, 'a section begins with its m= line');
  checkOrder(rows, mediaOrder, 'a media section', problems);
  checkLevel(others, problems);
  const read = readMediaLine(first.value);
  if ('problem' in read) {
    const { at, says } = read.problem;
    problems.push({ line: first.line, column: at + 3, says });
    return null;
  }
  if (!hasConnection && !others.some((row) => row.type === 'c')) {
    const says = 'no c= line, neither here nor in the session (RFC 8866 §5.7)';
    problems.push({ line: first.line, column: 1, says });
  }
  const { media, port, protocol, formats } = read.value;
  const section = makeMedia(media, port, protocol, formats, others.map(lineOf));
  checkMappings(section, first, problems);
  return section;
}

/** R-SDP-05: every dynamic payload type of a stream that is on has its a=rtpmap. */
function checkMappings(section: MediaDescription, row: Row, problems: SdpProblem[]): void {
  if (!isOn(section) || !isRtp(section.protocol)) return;
  const seen = new Set<string>();
  let at = row.value.indexOf(section.protocol) + section.protocol.length;
  for (const format of section.formats) {
    const column = at + 4;
    at += format.length + 1;
    if (Number(format) < 96 || seen.has(format)) continue;
    seen.add(format);
    if (encodingOf(section, format) !== null) continue;
    const says = `payload type ${format} has no a=rtpmap line that says what it is`;
    problems.push({ line: row.line, column, says });
  }
}
