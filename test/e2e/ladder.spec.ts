import { expect, test } from '@playwright/test';

import { figure, open } from './window-page.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('what has the focus is marked along its shaft; what is on its way says so', async ({
  page,
}) => {
  await open(page, `${figure}&t=5300000`);
  const flying = page.locator('circle.in-flight title').first();
  await expect(flying).toContainText(/milliseconds\.\nOn its way for \d+ of \d+ ms\.$/);
  await expect(page.locator('.arrow.selected')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  const arrow = page.locator('.arrow[tabindex="0"]');
  await arrow.focus();
  await expect(arrow).toHaveCSS('outline-style', 'none');
  await expect(arrow.locator('.hit')).toHaveCSS('stroke-opacity', '0.5');
});

test('the ladder is arranged, searched, measured and noted on', async ({ page }) => {
  test.setTimeout(180_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const arrow = (name: RegExp) => page.locator('.arrow').and(page.getByLabel(name)).first();
  const heads = page.locator('.head-button');

  await test.step('hops in the core are folded, and unfold', async () => {
    await page.goto('./#scenario=forking/fk-01-two-phones-one-answers&library=off');
    await expect(page.locator('.verdict-sum .count').first()).toBeVisible({ timeout: 30_000 });
    await expect(heads).toHaveCount(5);
    await page.getByRole('button', { name: 'Unfold Proxy' }).click();
    await expect(heads).toHaveCount(6);
    await page.getByRole('button', { name: 'Fold Proxy' }).click();
    await expect(heads).toHaveCount(5);
  });

  await test.step('lifelines move by keyboard and by dragging', async () => {
    await heads.nth(1).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(heads.nth(2)).toHaveAccessibleName(/^CMR Server/);
    const box = await heads.nth(2).boundingBox();
    if (box === null) throw new Error('there is no head');
    await page.mouse.move(box.x + 60, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x - 90, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect(heads.nth(1)).toHaveAccessibleName(/^CMR Server/);
  });

  await test.step('a set-up folds, and whoever selects something in it opens it', async () => {
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('Shift+Z');
    await expect(page.locator('.fold')).toHaveAccessibleName(/^Folded: Set-up, \d+ messages/);
    await page.keyboard.press('/');
    await page.keyboard.type('method:prack');
    await expect(page.locator('.mini-hit').first()).toBeAttached();
    await page.keyboard.press('Enter');
    await expect(page.locator('.fold')).toHaveCount(0);
    await expect(page.locator('.inspector-title')).toContainText('PRACK');
    await page.keyboard.press('Escape');
    await page.keyboard.press('z');
    await expect(page.locator('.fold')).toHaveAccessibleName(/^Folded: PRACK, 2 messages/);
    await page.keyboard.press('z');
    await expect(page.locator('.fold')).toHaveCount(0);
  });

  await test.step('a filter is a sentence, in the table too', async () => {
    await page.getByRole('button', { name: 'control', exact: true }).click();
    await expect(page.locator('.filter-sentence')).toHaveText(/^Hiding control, \d+ of \d+ shown/);
    await page.keyboard.press('g');
    await expect(page.getByRole('grid')).not.toContainText('reserve');
    await page.keyboard.press('g');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.locator('.filter-sentence')).toHaveCount(0);
  });

  await test.step('two messages are measured, marked and noted', async () => {
    await page.keyboard.press('/');
    await page.getByRole('searchbox', { name: /^Find in the ladder/ }).fill('method:update');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    const answer = page.locator('.label', { hasText: '200 (UPDATE)' });
    await answer.click({ modifiers: ['Shift'] });
    await expect(page.locator('.dimension-text')).toHaveText('50 ms, UPDATE to 200 (UPDATE)');
    await page.keyboard.press('Control+c');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('50 ms, UPDATE to 200 (UPDATE)');
    // What is pointed at keeps its kin; the rest steps back.
    await answer.hover();
    await expect(page.locator('.ladder svg.pointed')).toBeVisible();
    await expect(page.locator('.label.stays', { hasText: 'UPDATE' })).toHaveCount(2);
    await expect(page.locator('.arrow:not(.stays)').first()).toHaveCSS('opacity', '0.6');
    await expect(page.locator('path.related')).not.toHaveCount(0);
    await page.locator('h1').hover();
    await expect(page.locator('path.related')).toHaveCount(0);
    await page.keyboard.press('b');
    await expect(page.locator('.bookmark')).toHaveCount(1);
    await page.keyboard.press('n');
    await page.keyboard.type('<b>why</b>');
    await page.keyboard.press('Enter');
    await expect(page.locator('.note-text')).toContainText('<b>');
  });

  await test.step('a span is zoomed to, and the map scrolls there', async () => {
    await page.keyboard.press('0');
    const box = await page.locator('.ladder').boundingBox();
    if (box === null) throw new Error('there is no ladder');
    await page.keyboard.down('Alt');
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 310, box.y + 160, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    const scale = Number(await page.locator('.scale .plain-button').innerText());
    expect(scale).toBeGreaterThan(1.5);
    const clock = await page.locator('.clock').innerText();
    await page.mouse.click(box.x + box.width - 10, box.y + box.height - 12);
    await expect(arrow(/^200 \(BYE\)/)).toBeAttached();
    expect(await page.locator('.clock').innerText()).toBe(clock);
  });

  await test.step('a head that is clicked shows the state of its node', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await heads.nth(1).click();
    await expect(page.getByRole('tab', { name: /^State/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(page.locator('.node-switch [aria-checked="true"]')).toHaveText('Server');
    await expect(page.getByRole('region', { name: 'Call', exact: true })).toBeVisible();
    await heads.nth(1).click();
  });

  await test.step('an arrowhead that is dragged makes its message come later', async () => {
    await page.keyboard.press('0');
    const head = await arrow(/^UPDATE/)
      .locator('.head')
      .first()
      .boundingBox();
    if (head === null) throw new Error('there is no arrowhead');
    await page.mouse.move(head.x + head.width / 2, head.y + head.height / 2);
    await page.mouse.down();
    await page.mouse.move(head.x + head.width / 2, head.y + 40, { steps: 4 });
    await page.mouse.up();
    await expect(page.locator('.branch[aria-current="true"]')).toHaveText(/^UPDATE \+\d+ ms$/);
    await expect(page).toHaveURL(/fault=delay/);
    await expect(page.locator('path.ghost').first()).toBeAttached();
    await page.keyboard.press('Control+z');
    await expect(page.locator('.branch')).toHaveCount(1);
  });

  await test.step('the right button asks what is to become of a message', async () => {
    const where = await arrow(/^UPDATE/)
      .locator('.shaft')
      .first()
      .boundingBox();
    if (where === null) throw new Error('there is no arrow');
    const middle = { x: where.x + where.width / 2, y: where.y + where.height / 2 };
    await page.mouse.click(middle.x, middle.y, { button: 'right' });
    const asks = page.getByRole('dialog', { name: 'Fork here' });
    await expect(asks).toContainText('What if UPDATE');
    await expect(asks.getByRole('button', { name: 'is lost' })).toBeFocused();
    await asks.getByLabel('Gap before the copy in milliseconds').fill('20');
    await asks.getByRole('button', { name: 'comes twice' }).click();
    await expect(page.locator('.branch[aria-current="true"]')).toHaveText('UPDATE twice, +20 ms');
    await expect(page.locator('.command code')).toContainText('after 20ms');
    await page.keyboard.press('Control+z');
    await expect(page.locator('.branch')).toHaveCount(1);
  });

  await test.step('what flows is seen to flow while the clock runs, and then alone', async () => {
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    for (let count = 0; count < 40; count += 1) await page.keyboard.press('ArrowRight');
    const moving = page.locator('.media-path .flow-motion');
    await expect(moving).toHaveCount(0);
    // So slowly that a slow machine sees it too.
    await page.locator('.speed input').fill('20');
    await page.locator('.speed input').blur();
    await page.keyboard.press('Space');
    await expect(moving.first()).toHaveCSS('display', 'block');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect(moving.first()).toHaveCSS('display', 'none');
    await page.keyboard.press('Space');
    await expect(moving).toHaveCount(0);
    await page.emulateMedia({ reducedMotion: null });
  });

  await test.step('hue is for what is wrong alone, by verdict', async () => {
    await page.keyboard.press('0');
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('c');
    await expect(page.locator('.arrow.verdict-warns').first()).toBeAttached();
    await expect(page.locator('.arrow[class*="hue-"]')).toHaveCount(0);
  });

  await test.step('what a party hears can be heard', async () => {
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Listen to what A hears' }).click();
    await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Listen to what A hears' }).click();
  });
  expect(complaints).toEqual([]);
});
