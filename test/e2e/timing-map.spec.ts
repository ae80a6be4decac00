import { expect, test, type Locator, type Page } from '@playwright/test';

import { listenForComplaints, open } from './window-page.ts';

listenForComplaints(test);

const cellOf = (page: Page, cell: number): Locator => page.locator(`[data-cell="${cell}"]`);

async function run(page: Page, across: string, upwards: string): Promise<void> {
  await page.getByLabel('Across: from, to and step').fill(across);
  await page.getByLabel('Upwards: from, to and step').fill(upwards);
  await page.getByRole('button', { name: 'Run the map' }).click();
}

test('the timing map: a grid, its outcomes, one line of it, a cell, a box, the command', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.keyboard.press('w');
  const strip = page.locator('.verdict-strip');
  const across = page.getByLabel('Across: what is varied');
  const chosen = page.getByLabel('The chosen run');
  const outcomes = page.getByRole('region', { name: 'Outcomes' });

  await test.step('what cannot be an axis is refused in the words of the command line', async () => {
    const asked = await across.inputValue();
    for (const [path, range, says] of [
      ['links.a.latencyy', '1ms,2ms', 'did you mean'],
      ['seed', '1..3:1', 'seeds are no axis'],
      ['links.b.latency', '1ms,2ms', 'links.b.latency is an axis already'],
    ] as const) {
      await across.fill(path);
      await run(page, range, '75ms..80ms:5ms');
      await expect(page.getByRole('alert')).toContainText(says);
    }
    await across.fill(asked);
  });

  await test.step('eight runs come to two outcomes', async () => {
    await run(page, '60ms..90ms:10ms', '75ms..80ms:5ms');
    await expect(strip).toContainText('2 outcomes in 8 runs', { timeout: 30_000 });
    await expect(page.locator('.map-cell')).toHaveCount(8);
    await expect(page.locator('.heat-map .class-boundary')).toHaveAttribute('d', /^M/);
    await expect(cellOf(page, 3)).toHaveAttribute(
      'aria-label',
      /^links\.a\.latency 90ms, .*resent/,
    );
  });

  await test.step('a class lights its cells, and stands in them when asked', async () => {
    const second = outcomes.getByRole('button').nth(1);
    await second.click();
    await expect(page.locator('.map-cell.dim')).toHaveCount(4);
    await second.click();
    await expect(page.locator('.map-cell.dim')).toHaveCount(0);
    await page.getByRole('radio', { name: 'Classes' }).click();
    await expect(cellOf(page, 0)).toHaveText('A');
    await expect(cellOf(page, 3)).toHaveText('B');
    await page.getByRole('radio', { name: 'Numbers' }).click();
  });

  await test.step('a strip an outcome, with its runs along the measure', async () => {
    const strips = page.locator('.map-strip');
    await expect(strips).toHaveCount(2);
    await expect(page.locator('.strip-median')).toHaveCount(2);
    const counts = await strips.locator('b').allTextContents();
    expect(counts.map(Number).reduce((sum, one) => sum + one)).toBe(8);
  });

  await test.step('along a line the outcome changes at a microsecond', async () => {
    // 2·dB + 4·dA + 5p = T1, with dB = 80 ms and p = 10 ms.
    await cellOf(page, 4).click();
    await expect(page.locator('.map-boundaries')).toContainText('Up to 72.5 ms; from 72.501 ms on');
    await expect(page.locator('.profile circle:not(.here)')).toHaveCount(4);
    await page.locator('.profile circle:not(.here)').nth(2).click();
    await expect(chosen).toContainText('80 ms, links.b.latency 80 ms');
  });

  await test.step('a cell shows its ladder, and what is different there', async () => {
    await cellOf(page, 4).click();
    await page.keyboard.press('ArrowRight');
    await expect(chosen).toContainText('70 ms');
    await page.keyboard.press('ArrowRight');
    await expect(chosen).toContainText('resent');
    await expect(chosen.getByRole('row', { name: /^wasted2xx/ })).toContainText('+1');
    await expect(chosen.locator('.mini-step')).not.toHaveCount(0);
    await expect(chosen.locator('.mini-arrow.dashed')).not.toHaveCount(0);
  });

  await test.step('the command computes the same map', async () => {
    await page.getByRole('button', { name: 'Copy command' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(
      'ringscope sweep scenarios/continue/as-in-the-figure.cmr.yaml ' +
        '--axis links.b.latency=75ms..80ms:5ms --axis links.a.latency=60ms..90ms:10ms ' +
        '--measure answerLag',
    );
  });

  await test.step('a box that is dragged is run more finely', async () => {
    const [from, to] = [await cellOf(page, 1).boundingBox(), await cellOf(page, 6).boundingBox()];
    if (from === null || to === null) throw new Error('the cells are drawn');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 3 });
    await expect(page.locator('.box-of-cells')).toBeVisible();
    await page.mouse.up();
    await expect(page.getByLabel('Across: from, to and step')).toHaveValue('70ms..80ms:1ms');
    await expect(page.getByLabel('Upwards: from, to and step')).toHaveValue('75ms..80ms:500us');
    await expect(strip).toContainText('2 outcomes in 121 runs', { timeout: 60_000 });
  });

  await test.step('a cell is replayed as a fork', async () => {
    await cellOf(page, 0).click();
    await expect(chosen.locator('.mini-ladder')).toBeVisible();
    await chosen.getByRole('button', { name: 'Replay this run' }).click();
    await expect(page).toHaveURL(/set=links.a.latency(=|%3D)70ms/);
    await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
  });
});
