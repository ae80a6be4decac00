import { lineAndColumn, type LineIndex } from '../base/text-problems.ts';
import { parseSdp, type SdpProblem } from '../sdp/parse-sdp.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import { draftAtKey, draftAtValue, printPath, type Draft, type Path } from './drafts.ts';
import { entriesAt } from './scenario-names.ts';
import { valueAt } from './schema-paths.ts';
import { isWrittenList, placeOf, type WrittenDocument } from './yaml-document.ts';

export interface ScenarioSdp {
  /** By the name of the node. */
  readonly descriptions: ReadonlyMap<string, SessionDescription>;
  /** Those for early sessions, where they are written. */
  readonly earlyDescriptions: ReadonlyMap<string, SessionDescription>;
  readonly drafts: readonly Draft[];
}

/** Reads every node's session description; what is wrong with one is told in the file's lines. */
export function readScenarioSdp(
  document: WrittenDocument,
  text: string,
  index: LineIndex,
): ScenarioSdp {
  const descriptions = new Map<string, SessionDescription>();
  const earlyDescriptions = new Map<string, SessionDescription>();
  const drafts: Draft[] = [];
  const read = (name: string, path: Path, into: Map<string, SessionDescription>): void => {
    const sdp = valueAt(document.value, path);
    if (typeof sdp !== 'string' || sdp === '') return;
    const reading = parseSdp(sdp);
    if ('description' in reading) {
      into.set(name, reading.description);
      return;
    }
    for (const problem of reading.problems) {
      drafts.push(sdpDraft(document, path, sdp, problem, text, index));
    }
  };
  for (const [name] of entriesAt(document, ['nodes'])) {
    read(name, ['nodes', name, 'sdp'], descriptions);
    drafts.push(...missingMediaDrafts(document, name, descriptions.get(name) ?? null));
    read(name, ['nodes', name, 'early-session', 'sdp'], earlyDescriptions);
  }
  return { descriptions, earlyDescriptions, drafts };
}

/** A caller offers of its media those there are. */
function missingMediaDrafts(
  document: WrittenDocument,
  name: string,
  sdp: SessionDescription | null,
): Draft[] {
  const path = ['nodes', name, 'calling', 'media'];
  const written = valueAt(document.value, path);
  if (sdp === null || !isWrittenList(written)) return [];
  return written.flatMap((medium, index) => {
    if (typeof medium !== 'string' || sdp.media.some(({ media }) => media === medium)) return [];
    const says = `the SDP of ${name} has no m=${medium} line`;
    return [draftAtValue(document, [...path, index], 'CMR1011', says)];
  });
}

function sdpDraft(
  document: WrittenDocument,
  path: Path,
  sdp: string,
  problem: SdpProblem,
  text: string,
  index: LineIndex,
): Draft {
  const place = placeOf(document, path);
  const says = `SDP: ${problem.says}`;
  if (place.form !== 'literal text') {
    const line = `line ${problem.line} of the SDP`;
    return draftAtKey(document, path, 'CMR1012', `${says} (${line})`);
  }
  // A literal block begins on the line below its "|"; each of its lines is indented alike.
  const header = lineAndColumn(index, place.start).line;
  const start = index.starts[header + problem.line - 1] ?? text.length;
  const next = index.starts[header + problem.line] ?? text.length + 1;
  const written = text.slice(start, next - 1).replace(/\r$/, '');
  const line = sdp.split('\n')[problem.line - 1] ?? '';
  const indent = Math.max(0, written.length - line.length);
  const offset = Math.min(start + indent + problem.column - 1, text.length);
  const length = Math.max(1, start + written.length - offset);
  return { path: printPath(path), offset, length, code: 'CMR1012', says, nearest: null };
}
