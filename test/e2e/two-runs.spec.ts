import { readFileSync } from 'node:fs';

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import { figure, listenForComplaints, open } from './window-page.ts';

listenForComplaints(test);

test('two runs stand side by side, scroll as one, and are gone through by key', async ({
  page,
}) => {
  test.slow();
  const lost = encodeURIComponent('drop the 1st UPDATE from cmr-server to client-a');
  await open(page, `${figure}&fault=${lost}`);
  await page.keyboard.press('d');
  const grid = page.getByRole('grid', { name: 'Both runs, message by message' });
  await expect(grid).toBeVisible();
  await expect(page.locator('.two-runs-says')).toContainText('2 added, 1 lost in one of them, ');
  await expect(grid.locator('tbody tr.lost')).toHaveCount(1);
  await expect(grid.locator('tbody tr.added')).toContainText(['200 (re-INVITE)', 'UPDATE']);

  // From difference to difference, and with both sides of every row beside each other.
  await grid.locator('tbody tr').first().click();
  await page.keyboard.press(']');
  const chosen = grid.locator('tr[aria-selected="true"]');
  await expect(chosen).toContainText('✕ lost');
  await expect(chosen.locator('td.two-runs-lanes')).toHaveCount(2);
  await expect(page.locator('.inspector-title')).toContainText('UPDATE');
  await page.keyboard.press('End');
  await expect(chosen).toBeInViewport();
  await expect(grid.locator('tbody tr').first()).not.toBeInViewport();

  await page.getByLabel('only what differs').check();
  await expect(grid.locator('tbody tr:not(.differs)')).toHaveCount(0);
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const found = await new AxeBuilder({ page }).include('.two-runs').analyze();
    expect(found.violations).toEqual([]);
  }

  // What is dropped here is the other run. All of it a second later is a difference in time alone.
  await page.getByRole('button', { name: /^Forget/ }).click();
  await expect(page.locator('.two-runs')).toContainText('There is one run');
  const text = readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');
  const later = text.replace('{ at: 0s, who: client-a', '{ at: 1s, who: client-a');
  const transfer = await page.evaluateHandle((contents) => {
    const data = new DataTransfer();
    data.items.add(new File([contents], 'later.cmr.yaml'));
    return data;
  }, later);
  await page.dispatchEvent('.two-runs', 'drop', { dataTransfer: transfer });
  await expect(page.locator('.two-runs-says')).toHaveText(/^Timing only: \d+ at another time\.$/);
  await expect(page.locator('.two-runs-names')).toContainText('later.cmr.yaml');
  await page.getByRole('radio', { name: 'Time' }).click();
  await expect(page.locator('.arrow').first()).toBeVisible();
});
