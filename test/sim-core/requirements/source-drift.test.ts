import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { clauses } from '../../../sim-core/conformance/catalogue.ts';
import { sourceSentences } from '../../../sim-core/conformance/clauses/source-sentences.ts';
import { findSentences } from '../../../sim-core/requirements/source-drift.ts';
import { describeWithData } from '../../support/shared-data.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('sentences of the source texts', () => {
  it('are recorded for every clause of theirs, and for no other', () => {
    const texts = clauses.filter(({ id }) => /^(?:DEL|CON|FLOW)-/.test(id));
    expect([...sourceSentences.keys()].sort()).toEqual(texts.map(({ id }) => String(id)).sort());
  });
});

describeWithData('the source texts themselves', '../seeds', (folder) => {
  const texts = readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(path.join(folder, name), 'utf8'),
  }));
  const lineOf = (section: string) => Number(/lines? (\d+)/.exec(section)?.[1]);

  it('have every sentence, in the line that the catalogue gives', () => {
    const gone: string[] = [];
    const seen = new Set<string>();
    for (const { id, place } of findSentences(texts, sha256)) {
      const section = clauses.find((one) => one.id === id)?.section ?? '';
      const hash = sourceSentences.get(id)?.sha256 ?? '';
      // Of a sentence that stands there twice, the first is found.
      if (place?.line !== lineOf(section) && !seen.has(hash)) gone.push(`${id}: ${section}`);
      seen.add(hash);
    }
    expect(gone).toEqual([]);
  });

  it('are searched: a changed word loses its clause alone, a new line moves the others', () => {
    const drifted = texts.map(({ name, text }) => ({
      name,
      text: `A new first line.\n${text.replace('send a SIP ACK to Called Party', 'acknowledge')}`,
    }));
    const found = findSentences(drifted, sha256);
    expect(found.filter(({ place }) => place === null).map(({ id }) => id)).toEqual(['CON-SRV-04']);
    expect(found.find(({ id }) => id === 'CON-SRV-01')?.place?.line).toBe(25);
  });
});
