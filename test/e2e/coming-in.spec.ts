import { expect, test, type Page } from '@playwright/test';

import { longCall } from '../support/long-call.ts';
import { listenForComplaints, open, openText } from './window-page.ts';

listenForComplaints(test);

/** Keeps back what ends a run of that many records or more, until it is let go. */
async function holdEnds(page: Page, least: number): Promise<() => Promise<void>> {
  await page.addInitScript((recordsLeast) => {
    const held: (() => void)[] = [];
    Object.assign(window, { letGo: () => held.splice(0).forEach((deed) => deed()) });
    const { Worker: Real } = window;
    window.Worker = class extends Real {
      override addEventListener(...[kind, listener]: Parameters<Worker['addEventListener']>): void {
        let records = 0;
        super.addEventListener(kind, (event: Event & { data?: unknown }) => {
          const hear = (): void => {
            if (typeof listener === 'function') listener(event);
          };
          const data = (event.data ?? {}) as { kind?: string; records?: unknown[] };
          if (data.kind === 'begun') records = 0;
          if (data.kind === 'records') records += data.records?.length ?? 0;
          if (data.kind === 'ended' && records >= recordsLeast) held.push(hear);
          else hear();
        });
      }
    };
  }, least);
  return async () => {
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
  };
}

test('a long run is seen while it comes in, and stays where somebody looks', async ({ page }) => {
  const letGo = await holdEnds(page, 3_000);
  await open(page);
  await openText(page, 'long.cmr.yaml', longCall(['hold', 'resume'], 80));
  const strip = page.locator('.verdict-sum');
  await expect(strip).toContainText(/\d\u2009\d{3} records so far/);
  await expect(page.getByRole('progressbar')).toBeVisible();
  const arrows = page.locator('.ladder .arrow');

  await test.step('the newest is in view, and nothing lies behind a veil', async () => {
    await expect(page.locator('.ladder .pill-text')).toBeInViewport();
    await expect(arrows.last()).toBeInViewport();
    await expect(page.locator('.ladder .veil-ground')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Run/ })).toBeDisabled();
  });

  await test.step('a message can be read meanwhile', async () => {
    await arrows.last().focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.inspector-name')).toBeVisible();
  });
  const name = await page.locator('.arrow.selected').getAttribute('aria-label');
  await letGo();
  await expect(page.locator('.verdict-sum .count').first()).toBeVisible();
  await expect(page.locator('h1')).toContainText('A long call');
  await expect(page.locator('.arrow.selected')).toHaveAttribute('aria-label', name ?? '');
  await expect(page.getByRole('button', { name: /^Run/ })).toBeEnabled();
});
