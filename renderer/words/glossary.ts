/** A word of the field, for whoever meets it for the first time. */
export interface GlossaryTerm {
  readonly term: string;
  /** Other words for it that stand in sentences. */
  readonly also: readonly string[];
  readonly says: string;
}

/** How else some of them are written in sentences. */
const alsoSaid: ReadonlyMap<string, readonly string[]> = new Map([
  ['answer', ['answers']],
  ['offer', ['offers']],
  ['dialog', ['dialogs']],
  ['port', ['ports']],
  ['clip', ['CMR Resource', 'CMR media']],
  ['Resource Server', ['CMR Resource Server']],
  ['ring-back tone', ['ringback tone', 'ringback']],
  ['mixer', ['mixes', 'mixed']],
]);

/** In the order of the alphabet. */
export const glossary: readonly GlossaryTerm[] = [
  ['100rel', 'Makes a provisional response reliable: it is resent until a PRACK says it is there.'],
  ['absorbed', 'A copy that arrived, was known already, and had no effect.'],
  ['ACK', 'The request that ends an INVITE: its final response has arrived. Nobody answers it.'],
  ['answer', 'The SDP that takes or refuses, medium by medium, what an offer proposed.'],
  [
    'Application Server Mode',
    'The CMR Server lets the called party’s leg wait and gives the caller its media itself.',
  ],
  ['B2BUA', 'Two user agents back to back: a node that ends one dialog and begins another.'],
  ['clip', 'The CMR Resource: sound, or sound and a picture, that somebody chose for their calls.'],
  ['CMR', 'Customized Multimedia Ringing: chosen media instead of the usual ring tones.'],
  ['conference', 'Ports at the Resource Server where it mixes what it plays with what it gets.'],
  ['Continue', 'The clip goes on after the answer, mixed under the voices.'],
  ['dialog', 'What two ends know of each other: Call-ID, tags, numbering. Early, then confirmed.'],
  ['early media', 'Media before the call is answered: what a caller hears while it rings.'],
  ['final response', 'A response from 200 up: it decides the request.'],
  ['gain', 'How loud one input is in one output of a mixer, in dB; 0 dB leaves it as it is.'],
  ['Gateway Mode', 'The CMR Server answers the caller’s offer with the Resource Server’s ports.'],
  ['glare', 'Both ends make an offer at once; each refuses with 491 and tries again later.'],
  ['HTTP Mode', 'The terminal fetches the clip from an address and plays it by itself.'],
  ['latency', 'How long a message takes one way.'],
  ['lost', 'It left and never arrived.'],
  ['mixer', 'Puts several streams together into one, each with its gain.'],
  ['offer', 'The SDP that proposes media, addresses and codecs; an answer belongs to it.'],
  ['P-Early-Media', 'A header field: whether media before the answer may be sent, and are wanted.'],
  ['port', 'A number at an address: where one stream is sent from, or where it arrives.'],
  ['PRACK', 'Says that a reliable provisional response has arrived.'],
  ['provisional response', 'A response from 100 to 199: how far it has come, nothing decided.'],
  ['re-INVITE', 'An INVITE within a dialog that stands: usually a new offer.'],
  ['resent', 'Sent once more because nobody said that it had arrived: R1, R2, and so on.'],
  ['Resource Server', 'Holds the clips, plays them, and mixes them with the voices.'],
  ['ring-back tone', 'What a caller hears while the called party’s terminal rings.'],
  ['RTP', 'How sound and pictures travel: packets with a number and a time.'],
  ['SDP', 'Describes media: one m= line a stream, with its address, port, codecs and direction.'],
  [
    'T1',
    'What SIP takes for the time of there and back: 500 ms. The first resending waits for it.',
  ],
  ['transaction', 'A request and all its responses, over one hop.'],
  ['UPDATE', 'A new offer within a dialog, also before the call is answered.'],
].map(([term = '', says = '']) => ({ term, also: alsoSaid.get(term) ?? [], says }));

const byWord = new Map(
  glossary.flatMap(({ term, also }) => [term, ...also].map((word) => [word.toLowerCase(), term])),
);

const words = [...byWord.keys()]
  .toSorted((one, other) => other.length - one.length)
  .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
const found = new RegExp(`(?<![\\w-])(?:${words.join('|')})(?![\\w-])`, 'giu');

/** A piece of a sentence; with a term where it is a word of the glossary. */
export interface ToldPiece {
  readonly text: string;
  readonly term: string | null;
}

/** Takes a sentence apart at the words of the glossary, each of them once. */
export function glossaryPieces(sentence: string): ToldPiece[] {
  const pieces: ToldPiece[] = [];
  const seen = new Set<string>();
  let from = 0;
  for (const match of sentence.matchAll(found)) {
    const term = byWord.get(match[0].toLowerCase());
    if (term === undefined || seen.has(term)) continue;
    seen.add(term);
    if (match.index > from) pieces.push({ text: sentence.slice(from, match.index), term: null });
    pieces.push({ text: match[0], term });
    from = match.index + match[0].length;
  }
  if (from < sentence.length) pieces.push({ text: sentence.slice(from), term: null });
  return pieces;
}
