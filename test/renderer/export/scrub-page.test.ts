import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { scrubPage } from '../../../renderer/export/scrub-page.ts';
import {
  scrubScript,
  scrubScriptHash,
  scrubStyle,
  scrubStyleHash,
} from '../../../renderer/export/scrub-script.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

test('the policy in the page names its one script and its one style', () => {
  expect(scrubScriptHash).toBe(sha256(scrubScript));
  expect(scrubStyleHash).toBe(sha256(scrubStyle));
});

test('what comes from a run is text in it, whatever it looks like', () => {
  const payload = `</script><script>alert(1)</script><img src=x onerror="alert('1')">`;
  const page = scrubPage({
    title: payload,
    footer: payload,
    svg: '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    width: 100,
    top: 0,
    bottom: 10,
    heights: { micros: [0], heights: [0], slopes: [1] },
    endMicros: 10,
    steps: [{ at: 1, time: '1 ms', says: payload }],
    lanes: [{ name: payload, heard: [{ from: 0, to: 1, what: payload }] }],
  });
  expect(page.match(/<script\b/g)).toHaveLength(2);
  expect(page).not.toContain('<img');
  const data = /<script type="application\/json" id="run">(.*?)<\/script>/.exec(page)?.[1] ?? '';
  const { lanes } = JSON.parse(data) as { lanes: { what: string }[][] };
  expect(lanes[0]?.[0]?.what).toBe(payload);
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
});
