import { expect, test } from '@playwright/test';

import { slackOf } from '../../sim-core/reading.ts';
import {
  flippedByLostAnswer,
  flippedVerdicts,
  lostAnswer,
  lostAnswerFault,
} from '../support/lost-update-answer.ts';
import { figure, shippedWith, told } from '../support/scenarios.ts';
import { figure as pageOfFigure, listenForComplaints, open } from './window-page.ts';

listenForComplaints(test);

test('an author has the answers of a minute: one clause, what nobody shows, another reading', async ({
  page,
}) => {
  test.setTimeout(240_000);
  // What nobody shows is known when all of them have run.
  await open(page, '#scenario=continue/as-in-the-figure');

  await test.step('which arrow satisfies CON-SRV-07', async () => {
    await page.keyboard.press('Control+p');
    await page.keyboard.type('con-srv-07');
    await page.keyboard.press('Enter');
    await expect(page.locator('.inspector-name')).toHaveText('CON-SRV-07 holds');
    await expect(page.locator('.arrow.lit[aria-label*="UPDATE"]').first()).toBeVisible();
    await expect(page.locator('table.evidence')).toContainText('sends UPDATE to CMR Client-A');
  });

  await test.step('what changes if the re-INVITE is acknowledged at once', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.getByPlaceholder('Find a gap or a switch').fill('reinv-ack');
    await page.locator('[data-switch="SW-REINV-ACK"]').getByText('immediate').click();
    await expect(page.locator('.branch[aria-current="true"]')).toHaveText('SW-REINV-ACK immediate');
    await expect(page.locator('.difference')).toContainText('CMR Server sends ACK to CMR Client-B');
    await expect(page.locator('path.ghost').first()).toBeAttached();
    await expect(page.locator('.command code')).toContainText(
      '--set switches.SW-REINV-ACK=immediate',
    );
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect(page.locator('.branch')).toHaveCount(1);
  });

  await test.step('by how much the call held', async () => {
    await page.keyboard.press('k');
    const rows = page.locator('.slack tbody tr');
    const { header, records } = told(figure());
    await expect(rows).toHaveCount(slackOf(header, records).length);
    await rows.filter({ hasText: 'CON-SRV-08' }).getByRole('button', { name: '#' }).last().click();
    await expect(page.locator('.arrow.selected')).toHaveAttribute(
      'aria-label',
      /^Step 8\. 200 \(INVITE\)/,
    );
  });

  await test.step('which SHALLs no scenario exercises', async () => {
    await page.keyboard.press('Shift+U');
    const heading = page.getByRole('heading', { name: /SHALLs? no scenario exercises/ });
    await expect(heading).toBeVisible();
    await expect(page.locator('.clause-list :focus')).toHaveCount(1);
  });

  await test.step('where a clause is kept and broken, and how it comes about there', async () => {
    await page.keyboard.press('Shift+Q');
    const grid = page.getByRole('grid', { name: 'Clauses and scenarios' });
    await page.getByPlaceholder('Find a clause').fill('con-srv-07');
    await expect(grid.getByRole('row')).toHaveCount(1);
    await grid.focus();
    await page.keyboard.press('End');
    await expect(grid.getByRole('gridcell')).toHaveAccessibleName(/^CON-SRV-07 .*, in “.+”: /);
    await page.keyboard.press('Enter');
    await expect(page.locator('.inspector-name')).toContainText('CON-SRV-07');
    await expect(page.locator('.scenario').last()).toHaveAttribute('aria-current', 'true');
    await expect(grid).toBeHidden();
  });

  await test.step('which clauses flip when the answer to the UPDATE is lost', async () => {
    const calls = lostAnswer();
    const flipped = flippedVerdicts(calls).filter(({ clause }) => !clause.startsWith('R-'));
    expect(flipped.map(({ clause }) => String(clause))).toEqual(flippedByLostAnswer);
    await open(page, `${pageOfFigure}&fault=${encodeURIComponent(lostAnswerFault)}`);
    await page.keyboard.press('u');
    const names = page.locator('.changes th', { hasText: /^(?:DEL|CON|FLOW)-/ });
    await expect(names).toHaveText(flippedByLostAnswer);
    for (const { clause, evidence } of flipped) {
      await names.getByText(clause, { exact: true }).click();
      await expect(page.locator('.inspector-name')).toContainText(clause);
      await expect(page.locator('table.evidence td:last-child')).toHaveText(
        evidence.map((number) => `#${number}`),
      );
      await page.keyboard.press('Escape');
    }
  });
});

test('a message is looked into, taken away and brought back', async ({ page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1100, height: 700 });
  await open(page);
  await page.locator('.arrow[aria-label^="Step 7."]').first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await page.keyboard.press('2');
  await expect(page.locator('.facts .changed', { hasText: 'Dialog' })).toContainText(
    'early confirmed since 5 480',
  );
  await page.keyboard.press('y');
  await expect(page.locator('.why li').first()).toContainText('CMR Client-B answers.');
  await page.keyboard.press('o');
  await expect(page.locator('.exchange tbody tr')).toHaveCount(2);

  await page.keyboard.press('Delete');
  await expect(page.locator('.branch[aria-current="true"]')).toHaveText('200 (UPDATE) 7 lost');
  await expect(page).toHaveURL(/fault=drop/);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.branch')).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('.branch')).toHaveCount(2);
  // Both runs are there: what comes of the change is known.
  await expect(page.locator('.parting')).toContainText('differs from');
  await page.keyboard.press('u');
  await expect(page.locator('.difference')).toContainText('which is lost');
});

test('a choice of chance is taken otherwise, in the window and by its command', async ({
  page,
}) => {
  const link = '#scenario=loss/ls-21-one-datagram-in-ten-lost&record=3&library=off';
  await open(page, `${link}&set=links.a.latency%3D20ms..40ms`);
  await page.locator('.arrow.selected').focus();
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Fork here' });
  await expect(dialog.locator('.choices-made li')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Lose it' }).click();
  await expect(dialog).toBeHidden();
  const shown = page.locator('.branch[aria-current="true"]');
  await expect(shown).toHaveText('INVITE is lost');
  await expect(page.locator('.arrow.selected')).toHaveAccessibleName(/lost/);
  await expect(page.locator('.command code')).toHaveText(/--choice 2=yes$/);
  await expect(page).toHaveURL(/choice=2%3Dyes/);

  await test.step('what it is worth is bounded, and undone like every fork', async () => {
    await page.keyboard.press('x');
    const field = dialog.locator('.choices-made input');
    await field.fill('3s');
    await field.press('Enter');
    const problem = page.locator('.problem-page');
    await expect(problem).toContainText('choice 1 is how long a link takes: from 20ms to 40ms');
    await page.keyboard.press('Control+z');
    await expect(shown).toHaveText('INVITE is lost');
  });

  await test.step('at the playhead, where people took their time', async () => {
    const lossy = 'loss/ls-21-one-datagram-in-ten-lost';
    const { records } = told(shippedWith(lossy, { 'script.1.after': '3s..6s' }));
    const alerting = records.find((one) => one.kind === 'timer fired' && one.timer === 'own alert');
    await page.goto('about:blank'); // otherwise the run before would pass for the one that is opened
    await open(
      page,
      `#scenario=${lossy}&set=script.1.after%3D3s..6s&t=${alerting?.at}&library=off`,
    );
    await page.keyboard.press('u');
    const wait = page.locator('.choices-made label', { hasText: 'Client-B waits' });
    await wait.getByRole('textbox').fill('4.5s');
    await page.keyboard.press('Enter');
    await expect(shown).toHaveText('Client-B waits 4.5s');
    await expect(page.locator('.command code')).toHaveText(/--choice \d+=4\.5s$/);
  });
});
