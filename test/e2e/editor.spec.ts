import { expect, test, type Page } from '@playwright/test';

import { listenForComplaints, open, openText } from './window-page.ts';

listenForComplaints(test);

/** Opens the text of the figure and puts the cursor before a word of it. */
async function write(page: Page, before: string): Promise<void> {
  await page.keyboard.press('F2');
  await expect(page.locator('.editor-place')).toHaveAttribute('data-ready', 'true');
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(before);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
}

const standing = (page: Page) => page.locator('.editor-standing');

test('what is written runs, and what does not run is told where it stands', async ({ page }) => {
  await open(page);
  await write(page, 'latency: 40ms }');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.type('9');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('not saved');
  await expect(page).toHaveTitle(/^● as-in-the-figure/);
  await page.keyboard.type('zz');
  await expect(standing(page)).toContainText('this text from running');
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible();
  await expect(page.locator('.arrow').first()).toBeAttached();
  await page.getByRole('button', { name: 'Open last good version' }).click();
  await expect(standing(page)).toContainText('Runs as it is written');
  await expect(page).toHaveTitle('Ringscope');
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# more');
  await expect(page).toHaveTitle(/^● /);
  await page.locator('.editor-deeds').getByRole('button', { name: 'Revert' }).click();
  await expect(page).toHaveTitle('Ringscope');
});

test('keys and words are offered from the schema, and typed ones are taken', async ({ page }) => {
  await open(page);
  await write(page, 'cmr-server:');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('  ring-t');
  const offer = page.locator('.cm-tooltip-autocomplete');
  await expect(offer).toContainText('ring-tone');
  await page.keyboard.press('Enter');
  await expect(page.locator('.cm-activeLine')).toContainText('ring-tone: ');
  await page.keyboard.type('ringing-7');
  await page.keyboard.press('Enter');
  await page.keyboard.type('services: [cmr');
  await expect(offer).toContainText('cmrbt');
});

test('a new scenario comes from a template, is saved, and runs', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F2');
  await page.locator('.editor-deeds').getByRole('button', { name: 'New' }).click();
  await page.getByRole('menuitem', { name: 'A voice call with a melody' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('A voice call');
  await expect(page.locator('.arrow').first()).toBeAttached();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  expect((await download).suggestedFilename()).toBe('my-voice-call.cmr.yaml');
  await expect(page).toHaveTitle('Ringscope');
});

test('unsaved text is offered when the page is opened again', async ({ page }) => {
  await open(page);
  await write(page, '# yaml-language-server');
  await page.keyboard.type('# to be kept\n');
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).join()))
    .toContain('ringscope.draft.');
  // As after a crash: nothing of the page is told that it ends.
  await page.goto('about:blank');
  await open(page);
  await page.getByRole('button', { name: 'Take it up' }).click();
  await expect(page.locator('.cm-content')).toContainText('to be kept');
  await expect(page).toHaveTitle(/^● /);
});

test('a broken file is mended in the editor', async ({ page }) => {
  await open(page);
  await openText(
    page,
    'broken.cmr.yaml',
    'apiVersion: ringscope/v1\nbaseline: voice-call\ntitel: T\n',
  );
  await page.getByRole('button', { name: 'Fix in editor' }).click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.locator('.problem-link', { hasText: 'did you mean title' }).click();
  await expect(page.locator('.cm-activeLine')).toContainText('titel');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.type('title');
  await expect(standing(page)).toContainText('Runs as it is written');
  await expect(page.locator('.arrow').first()).toBeAttached();
});
