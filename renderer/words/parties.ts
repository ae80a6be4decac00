import type { NodeId, Party, TraceHeader, TraceNode } from '../../sim-core/reading.ts';

/** The node of that id. Every id in a record is in the header of its run. */
export function nodeOf(header: TraceHeader, id: NodeId): TraceNode {
  const node = header.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) throw new Error(`a record names node ${id}, the header does not`);
  return node;
}

export function partyOf(header: TraceHeader, id: NodeId): Party | null {
  return nodeOf(header, id).party;
}

/** As a heading names it: `'CMR Client-A'` becomes `'Client-A'`, `'CMR Server'` `'Server'`. */
export function shortTitle(title: string): string {
  return title.startsWith('CMR ') ? title.slice(4) : title;
}

const prose: Readonly<Record<Party, string>> = {
  A: 'A',
  B: 'B',
  S: 'the Server',
  R: 'the Resource Server',
};

/** As a sentence names it: `'A'`, `'the Server'`, or a bystander's own title. */
export function proseName(header: TraceHeader, id: NodeId): string {
  const node = nodeOf(header, id);
  return node.party === null ? node.title : prose[node.party];
}

/** `'Server to Client-A'`. */
export function directionWords(header: TraceHeader, from: NodeId, to: NodeId): string {
  return `${shortTitle(nodeOf(header, from).title)} to ${shortTitle(nodeOf(header, to).title)}`;
}

/** The line below a lifeline's name: the role in plain words, and the person's name if any. */
export function subtitleOf(node: TraceNode): string {
  switch (node.party) {
    case 'A':
      return 'caller';
    case 'B':
      return 'called';
    case 'S':
      return 'B2BUA';
    case 'R':
      return 'media';
    case null:
      return node.role;
  }
}

/** `'a'`, `'a and b'`, `'a, b and c'`. */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The sentence with its first letter raised. */
export function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `'1 check fails'`, `'2 checks fail'`. */
export function counted(count: number, one: string, several: string): string {
  return `${count === 0 ? 'No' : count} ${count > 1 ? several : one}`;
}
