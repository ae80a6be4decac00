import { isCollection, isMap, isPair, isScalar, isSeq, parseDocument, type Document } from 'yaml';

/** The way to a part of a scenario file: keys, and places in lists. */
export type PartPath = readonly (string | number)[];

/**
 * Every part that could be taken out of the text, a part that holds others before what it holds;
 * among neighbours, the last of a list first. Empty for a text that is no YAML.
 */
export function partsOfText(text: string): readonly PartPath[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) return [];
  const found: PartPath[] = [];
  collect(document.contents, [], found);
  return found;
}

function collect(node: unknown, path: PartPath, found: PartPath[]): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const inner = [...path, String(pair.key.value)];
      found.push(inner);
      collect(pair.value, inner, found);
    }
  } else if (isSeq(node)) {
    for (const [at, item] of [...node.items.entries()].toReversed()) {
      const inner = [...path, at];
      found.push(inner);
      collect(item, inner, found);
    }
  }
}

/** The value of a part that holds no others; undefined for any other. */
export function valueIn(text: string, path: PartPath): unknown {
  const value = parseDocument(text).getIn(path);
  return isCollection(value) ? undefined : value;
}

/** The text without that part; comments that belong to it go with it. */
export function withoutPart(text: string, path: PartPath): string {
  return edited(text, (document) => {
    document.deleteIn(path);
    removeIfEmpty(document, path.slice(0, -1));
  });
}

/** A map or list that holds nothing any more says nothing either. */
function removeIfEmpty(document: Document, path: PartPath): void {
  if (path.length === 0) return;
  const holder = document.getIn(path);
  if (!isCollection(holder) || holder.items.length > 0) return;
  document.deleteIn(path);
  removeIfEmpty(document, path.slice(0, -1));
}

/** The text with a value at that place, whatever was there. */
export function withPart(text: string, path: PartPath, value: unknown): string {
  return edited(text, (document) => document.setIn(path, document.createNode(value)));
}

/** The text with sentences at the head of its list of faults. */
export function withFaults(text: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return text;
  return edited(text, (document) => {
    const before = document.get('faults');
    if (isSeq(before)) before.items.unshift(...sentences.map((one) => document.createNode(one)));
    else document.set('faults', document.createNode(sentences));
  });
}

function edited(text: string, edit: (document: Document) => void): string {
  const document = parseDocument(text);
  edit(document);
  return document.toString({ lineWidth: 100 });
}
