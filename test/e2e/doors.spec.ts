import { expect, test, type Page } from '@playwright/test';

import { listenForComplaints, theDoors } from './window-page.ts';

listenForComplaints(test);

/** Counts what a person does: the way to a first success must be short. */
function counting(page: Page) {
  let actions = 0;
  return {
    count: () => actions,
    click: async (name: string | RegExp, within = 'body') => {
      actions += 1;
      await page.locator(within).getByRole('button', { name, exact: true }).first().click();
    },
    press: async (key: string) => {
      actions += 1;
      await page.keyboard.press(key);
    },
    choose: async (selector: string) => {
      actions += 1;
      await page.locator(selector).first().click();
    },
  };
}

async function atTheDoors(page: Page): Promise<void> {
  await page.goto(theDoors);
  await expect(page.getByRole('heading', { name: 'What do you want to find out?' })).toBeVisible();
}

test('Review: which arrows show a clause, and the figure of it, in at most 8 actions', async ({
  page,
}) => {
  await atTheDoors(page);
  const person = counting(page);
  await person.click('Review a flow');
  await expect(page.locator('.arrow.selected')).toHaveCount(1);
  await expect(page.getByRole('radio', { name: 'Rows' })).toBeChecked();
  await expect(page.getByRole('tab', { name: /Requirements/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await person.choose('[data-clause="FLOW-CON-06"]');
  await expect(page.locator('.arrow.lit[aria-label^="Step 6."]')).toHaveCount(1);
  await person.press('Control+e');
  await person.choose('.export-scopes label:has-text("The selection")');
  const download = page.waitForEvent('download');
  await person.click('Save', '.export-dialog');
  expect((await download).suggestedFilename()).toBe('as-in-the-figure.svg');
  expect(person.count()).toBeLessThanOrEqual(8);
});

test('Learn: what A hears is foretold, in at most 6 actions one thing is changed', async ({
  page,
}) => {
  await atTheDoors(page);
  const person = counting(page);
  await person.click('Start lesson 1');
  const lesson = page.locator('.lesson');
  await expect(lesson).toContainText('What does A hear now?', { timeout: 40_000 });
  await person.click('The clip', '.lesson-answers');
  await expect(lesson).toContainText('Yes. A hears the clip.');
  await person.click('Go on', '.lesson');
  await expect(lesson).toContainText('What does A hear now?', { timeout: 40_000 });
  await person.click('Nothing', '.lesson-answers');
  await expect(lesson).toContainText('No, not nothing. A hears the clip and B.');
  await person.click('Break it', '.lesson');
  await expect(lesson).toContainText(/A heard B at .+ ms; now at .+ ms/);
  // What was measured is that of the call as it goes now.
  const lag = page.locator('.measured tr', { hasText: 'answerLag' });
  await expect(lag.locator('.value')).not.toHaveText('190 ms');
  expect(person.count()).toBeLessThanOrEqual(6);
});

test('Replay: an edge case at its instant, with what could be changed and its command line', async ({
  page,
}) => {
  await atTheDoors(page);
  const person = counting(page);
  await person.click('Replay an edge case');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/last ACK lost/);
  await expect(page.locator('.clock')).not.toHaveText('0.000s');
  await expect(page.locator('.inspector')).toContainText('ringscope run');
  expect(person.count()).toBeLessThanOrEqual(6);
});

test('the other places of the doors: a lesson about offers, the glossary, the timing map', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await atTheDoors(page);
  await test.step('the glossary', async () => {
    await page.getByRole('button', { name: /^Glossary/ }).click();
    await expect(page.getByRole('dialog', { name: 'Glossary' })).toContainText('early media');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
  await test.step('lesson 2', async () => {
    await page.getByRole('button', { name: '2 Offers and answers' }).click();
    const lesson = page.locator('.lesson');
    await expect(lesson).toContainText('INVITE reaches the Server. What does it bring', {
      timeout: 40_000,
    });
    await lesson.getByRole('button', { name: 'An offer', exact: true }).click();
    await expect(lesson).toContainText('Yes. INVITE brings an offer, O1.');
    await lesson.getByRole('button', { name: 'offer', exact: true }).click();
    await expect(page.locator('.glossary [aria-current="true"] dt')).toHaveText('offer');
    await page.keyboard.press('Escape');
    await lesson.getByRole('button', { name: 'Go on' }).click();
    await lesson.getByRole('button', { name: 'An answer', exact: true }).click({ timeout: 40_000 });
    await lesson.getByRole('button', { name: 'Break it' }).click();
    await expect(lesson).toContainText('A had its answer at 330 ms; now at 830 ms.');
  });
  await test.step('the timing map', async () => {
    await page.getByRole('button', { name: 'Ringscope' }).click();
    await page.getByRole('button', { name: /^Timing map/ }).click();
    await expect(page.getByRole('button', { name: 'Run the map' })).toBeVisible();
  });
});
