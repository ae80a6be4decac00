import { micros, printDuration } from '../base/micros.ts';
import { draftAtKey, draftAtValue, type Draft } from './drafts.ts';
import { nearest } from './nearest.ts';
import { entriesAt, type Names } from './scenario-names.ts';
import { faultLabels } from './scenario-words.ts';
import { valueAt } from './schema-paths.ts';
import { readDuration } from './units.ts';
import { isWrittenList, isWrittenMap, type WrittenValue } from './yaml-document.ts';

/** Kinds of message that exist, and outages of a node that follow one another. */
export function nodeTimingDrafts(names: Names): Draft[] {
  return [...names.nodes.keys()].flatMap((node) => [
    ...processingDrafts(names, node),
    ...outageDrafts(names, node),
  ]);
}

function processingDrafts({ document }: Names, node: string): Draft[] {
  const path = ['nodes', node, 'processing'];
  const drafts: Draft[] = [];
  for (const [kind] of entriesAt(document, path)) {
    const known = ['default', ...faultLabels];
    if (known.includes(kind) || /^[1-6][0-9][0-9]$/.test(kind)) continue;
    const near = nearest(kind, known);
    const list =
      near === null ? `: default, a status code or one of ${faultLabels.join(', ')}` : '';
    const says = `no message is called ${JSON.stringify(kind)}${list}`;
    drafts.push(draftAtKey(document, [...path, kind], 'CMR1010', says, near));
  }
  return drafts;
}

function outageDrafts({ document }: Names, node: string): Draft[] {
  const path = ['nodes', node, 'outages'];
  const written = valueAt(document.value, path);
  if (!isWrittenList(written)) return [];
  const drafts: Draft[] = [];
  let until: number | null = 0;
  for (const [index, outage] of written.entries()) {
    if (!isWrittenMap(outage)) continue;
    const at = lengthOf(outage['at']);
    const jumps = outage['kind'] === 'clock-jump';
    const given = jumps ? 'by' : 'for';
    const other = jumps ? 'for' : 'by';
    if (outage[other] !== undefined) {
      const says = `"${other}" goes with ${jumps ? 'crash and freeze' : 'clock-jump'}`;
      drafts.push(draftAtKey(document, [...path, index, other], 'CMR1011', says));
    }
    if (jumps && outage['by'] === undefined) {
      const says = 'the key "by" is missing: how far the clock jumps ahead';
      drafts.push(draftAtKey(document, [...path, index], 'CMR1005', says));
    }
    const length = outage[given] === undefined ? null : lengthOf(outage[given]);
    if (at === null) continue;
    const place = [...path, index, 'at'];
    if (until === null || at < until) {
      const before = until === null ? 'does not end' : `ends at ${printDuration(micros(until))}`;
      const says = `the outage before this one ${before}: outages of a node follow one another`;
      drafts.push(draftAtValue(document, place, 'CMR1011', says));
    }
    if (length === 0) {
      const says = jumps ? 'a clock jumps by some time' : 'an outage takes some time';
      drafts.push(draftAtValue(document, [...path, index, given], 'CMR1011', says));
    }
    until = jumps ? at : length === null ? null : at + length;
  }
  return drafts;
}

function lengthOf(value: WrittenValue | undefined): number | null {
  return typeof value === 'string' ? readDuration(value).value : null;
}
