import { expect, test } from 'vitest';

import { glossary, glossaryPieces } from '../../../renderer/words/glossary.ts';

test('the glossary is in the order of the alphabet, and says something of every term', () => {
  const terms = glossary.map(({ term }) => term.toLowerCase());
  expect(terms).toEqual(terms.toSorted());
  for (const { says } of glossary) expect(says).toMatch(/^[A-Z].*\.$/);
});

test('a sentence is taken apart at its terms, each once, and nothing of it gets lost', () => {
  const sentence =
    'Offers A the media B accepted: an offer, the CMR Resource, and a re-INVITE. Offer';
  const pieces = glossaryPieces(sentence);
  expect(pieces.map(({ text }) => text).join('')).toBe(sentence);
  const marked = pieces.filter(({ term }) => term !== null);
  expect(marked).toEqual([
    { text: 'Offers', term: 'offer' },
    { text: 'CMR Resource', term: 'clip' },
    { text: 're-INVITE', term: 're-INVITE' },
  ]);
  expect(glossaryPieces('nothing known')).toEqual([{ text: 'nothing known', term: null }]);
});
