import { draftAtKey, draftAtValue, printPath, type Draft, type Path } from './drafts.ts';
import { readFaultSentence } from './fault-sentence.ts';
import { packetClasses } from './fault-words.ts';
import { nearest } from './nearest.ts';
import { unknownNode, type Names } from './scenario-names.ts';
import { faultLabels, methods } from './scenario-words.ts';
import { valueAt } from './schema-paths.ts';
import { countedTwice, mapsAt, present } from './script-references.ts';
import { isWrittenList, placeOf } from './yaml-document.ts';

/** Fault rules name exactly one deed, messages that can exist, and nodes that do. */
export function faultDrafts(names: Names): Draft[] {
  return [...sentenceDrafts(names), ...mapDrafts(names)];
}

function mapDrafts(names: Names): Draft[] {
  const { document } = names;
  return mapsAt(names, 'faults').flatMap(([path, fault]) => {
    const deeds = ['drop', 'delay', 'duplicate'].filter((deed) => Object.hasOwn(fault, deed));
    const [deed] = deeds;
    if (deed === undefined || deeds.length > 1) {
      const says = 'a fault is exactly one of drop, delay and duplicate';
      const found = deeds.length === 0 ? '' : `, found ${deeds.join(' and ')}`;
      return [draftAtKey(document, path, 'CMR1011', says + found)];
    }
    const inner = [...path, deed];
    const rule = fault[deed];
    const drafts = present([
      unknownNode(names, [...inner, 'from']),
      unknownNode(names, [...inner, 'to']),
      unknownMessage(names, [...inner, 'message']),
    ]);
    return [...drafts, ...present([countedTwice(names, inner, rule)])];
  });
}

function unknownMessage(names: Names, path: Path): Draft | null {
  const value = valueAt(names.document.value, path);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const label = String(value);
  const answer = /^[1-6][0-9][0-9](?: \(([A-Z]+)\))?$/.exec(label);
  if (answer !== null && (answer[1] === undefined || Object.hasOwn(methods, answer[1])))
    return null;
  const known = [...faultLabels, ...Object.keys(packetClasses)];
  if (known.includes(label)) return null;
  const near = nearest(label, known);
  const list = near === null ? `: a status code or one of ${known.join(', ')}` : '';
  const says = `no message is called ${JSON.stringify(label)}${list}`;
  return draftAtValue(names.document, path, 'CMR1010', says, near);
}

/** Points into the sentence, at the word that cannot be understood. */
function sentenceDrafts(names: Names): Draft[] {
  const { document } = names;
  const faults = valueAt(document.value, ['faults']);
  if (!isWrittenList(faults) || names.nodes.size === 0) return [];
  return faults.flatMap((text, index): Draft[] => {
    if (typeof text !== 'string') return [];
    const reading = readFaultSentence(text, [...names.nodes.keys()]);
    if (reading.fault !== null) return [];
    const path = ['faults', index];
    const { code, says } = reading;
    const { start, end } = placeOf(document, path);
    // Escapes and folded lines move the letters: then the sentence as a whole is pointed at.
    const quotes = end - start - text.length;
    if (quotes !== 0 && quotes !== 2) {
      return [draftAtValue(document, path, code, says, reading.nearest)];
    }
    const offset = start + quotes / 2 + reading.offset;
    const length = Math.max(1, reading.length);
    return [{ path: printPath(path), offset, length, code, says, nearest: reading.nearest }];
  });
}
