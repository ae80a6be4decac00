import { expect, test } from '@playwright/test';

import { bundled } from '../support/bundle.ts';
import { engineFingerprints } from '../support/engine-fingerprints.ts';
import { shippedFiles } from '../support/shipped-files.ts';

/** The same runs in Chromium as in Node: the fingerprints that vitest compares as well. */
test('one fingerprint in the browser and in Node', async ({ page }) => {
  // Every shipped scenario, in a browser that shares the machine.
  test.setTimeout(300_000);
  const code = await bundled('test/support/engine-fingerprints.ts');
  await page.goto('about:blank');
  const script = `${code}\nglobalThis.engineFingerprints = engineFingerprints;`;
  await page.addScriptTag({ type: 'module', content: script });
  const prints = await page.evaluate((files) => {
    const asked = (globalThis as { engineFingerprints?: (files: unknown) => unknown })
      .engineFingerprints;
    return asked?.(files);
  }, shippedFiles());
  expect(prints).toEqual(engineFingerprints(shippedFiles()));
});
