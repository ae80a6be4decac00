import { readFileSync } from 'node:fs';

import { expect, test, type Locator, type Page } from '@playwright/test';

import { excusedClauses } from '../../sim-core/requirements/excused-clauses.ts';
import { listenForComplaints, open, openText } from './window-page.ts';

listenForComplaints(test);

/** What stands in a locator, one entry an element, without line breaks. */
async function texts(locator: Locator): Promise<string[]> {
  return (await locator.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
}

/** The sentences of the arrows that are lit, or of those that stepped back. */
async function arrowNames(page: Page, which: 'lit' | 'dim' | 'selected'): Promise<string[]> {
  return page
    .locator(`.arrow.${which}`)
    .evaluateAll((arrows) => arrows.map((arrow) => arrow.getAttribute('aria-label') ?? ''));
}

function clause(page: Page, id: string): Locator {
  return page.locator(`[data-clause="${id}"]`);
}

test('the Continue call is drawn, told, measured and heard', async ({ page }) => {
  await open(page);

  await test.step('its eleven steps stand in order', async () => {
    const badges = page.locator('.label .part.badge text');
    const numbers = (await texts(badges)).map(Number).toSorted((one, other) => one - other);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const tops = await page.locator('.arrow').evaluateAll((arrows) =>
      arrows
        .map((arrow) => ({
          step: Number(/^Step (\d+)\./.exec(arrow.getAttribute('aria-label') ?? '')?.[1] ?? 0),
          at: Number(
            /sent ([\d\u2009]+)/
              .exec(arrow.getAttribute('aria-label') ?? '')?.[1]
              ?.replace(/\u2009/g, ''),
          ),
        }))
        .filter(({ step }) => step > 0)
        .toSorted((one, other) => one.step - other.step),
    );
    expect(tops.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const times = tops.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Continue, as in the figure');
  });

  await test.step('it is measured as the specification computes it', async () => {
    const row = page.locator('.metrics tr', { hasText: 'answerLag' });
    await expect(row.locator('.value')).toHaveText('330 ms');
  });

  await test.step('who hears what, and the mixing matrix', async () => {
    await expect(
      page.getByRole('button', { name: /^A hears the clip from/ }).first(),
    ).toBeVisible();
    await expect(page.locator('.media-path .only-heard')).toContainText(
      'A ear gets CMR audio at −12 dB and B mic at 0 dB.',
    );
  });
});

test('every other shipped scenario runs too, and can be shown', async ({ page }) => {
  // Some three hundred of them are run, one after the other; one of each dozen is looked at.
  test.setTimeout(400_000);
  const patient = { timeout: 300_000 };
  await open(page, '#scenario=continue/as-in-the-figure');
  const scenarios = page.locator('.scenario');
  const count = await scenarios.count();
  expect(count).toBeGreaterThan(200);
  for (let index = 0; index < count; index += 12) {
    await scenarios.nth(index).click();
    await expect(scenarios.nth(index)).toHaveAttribute('aria-current', 'true', patient);
    await expect(page.locator('.inspector-says')).toBeVisible(patient);
    await expect(page.locator('.arrow').first()).toBeAttached(patient);
  }
  await expect(page.locator('.scenario .glyph.open')).toHaveCount(0, patient);

  // The whole library has been judged: what it leaves out is what the list of excuses says.
  await page.keyboard.press('Shift+U');
  const unmet = page.locator('[aria-label="Exercised by no scenario"] [data-clause]');
  const ids = await unmet.evaluateAll((rows) => rows.map((row) => row.dataset['clause'] ?? ''));
  const excused = [...excusedClauses].filter(
    ([id, { lacks }]) => id.startsWith('R-') && lacks.includes('scenario'),
  );
  expect(ids.toSorted()).toEqual(excused.map(([id]) => id).toSorted());
});

test('time runs, stops, steps and is scrubbed', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);

  await test.step('the address keeps the place', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await expect(page).toHaveURL(/t=0&record=\d+$/);
    const url = page.url();
    await page.goto('about:blank');
    await page.goto(url);
    await expect(page.locator('.clock')).toHaveText('0.000s');
    await expect(page.locator('.inspector-name')).toHaveText('INVITE');
  });

  await test.step('by mouse', async () => {
    await page.getByRole('button', { name: /^Restart/ }).click();
    await expect(page.locator('.clock')).toHaveText('0.000s');
    await page.getByRole('button', { name: /^Step \(/ }).click();
    await expect(page.locator('.clock')).toHaveText('0.040s');
    await page.getByRole('button', { name: /^Step back/ }).click();
    await expect(page.locator('.clock')).toHaveText('0.000s');
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect(page.locator('.clock')).not.toHaveText('0.000s');
    await page.getByRole('button', { name: /^Pause/ }).click();
    const stopped = await page.locator('.clock').innerText();
    await page.waitForTimeout(200);
    expect(await page.locator('.clock').innerText()).toBe(stopped);
  });

  await test.step('by key, and each step is said', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('p[aria-live]')).toHaveText(
      'CMR Server receives INVITE from CMR Client-A, 40 milliseconds.',
    );
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: /^Run/ })).toBeVisible();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('.event-count')).toContainText('event');
  });

  await test.step('to the end', async () => {
    await page.locator('.speed input').fill('90');
    await page.locator('.clock').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: /^Run/ })).toBeVisible({ timeout: 15_000 });
    const [passed, all] = (await page.locator('.event-count').innerText()).match(/\d+/g) ?? [];
    expect(passed).toBe(all);
  });

  await test.step('on ruler, lanes and minimap, and all follow', async () => {
    const ladder = await page.locator('.ladder').boundingBox();
    if (ladder === null) throw new Error('there is no ladder');
    await page.mouse.move(ladder.x + 20, ladder.y + 60);
    await page.mouse.down();
    await page.mouse.move(ladder.x + 20, ladder.y + 90);
    await page.mouse.up();
    const onRuler = Number.parseFloat(await page.locator('.clock').innerText());
    expect(onRuler).toBeGreaterThan(0.05);
    expect(onRuler).toBeLessThan(0.5);
    await expect(page.locator('.ladder .pill-text')).toHaveText(
      await page.locator('.lanes .pill-text').innerHTML(),
    );
    await page.mouse.click(ladder.x + ladder.width - 10, ladder.y + ladder.height - 20);
    expect(Number.parseFloat(await page.locator('.clock').innerText())).toBeGreaterThan(10);
    const lanes = await page.locator('.lanes').boundingBox();
    if (lanes === null) throw new Error('there are no lanes');
    await page.mouse.click(lanes.x + 130, lanes.y + 8);
    expect(Number.parseFloat(await page.locator('.clock').innerText())).toBeLessThan(0.1);
  });

  await test.step('with reduced motion from event to event', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    const seen = new Set<string>();
    for (let count = 0; count < 25; count += 1) {
      seen.add(await page.locator('.clock').innerText());
      await page.waitForTimeout(30);
    }
    await page.keyboard.press('Space');
    for (const clock of seen) expect(clock).toMatch(/0s$/);
  });
});

test('clauses light their arrows, and arrows their clauses', async ({ page }) => {
  await open(page);

  await test.step('FLOW-CON-06 lights exactly its arrows, and they light it', async () => {
    await clause(page, 'FLOW-CON-06').click();
    const lit = await arrowNames(page, 'lit');
    expect(lit.some((name) => name.startsWith('Step 6. UPDATE with offer 2'))).toBe(true);
    const all = await page.locator('.arrow').count();
    expect(await page.locator('.arrow.dim').count()).toBe(all - lit.length);
    const evidence = await texts(page.locator('table.evidence tr td:nth-child(2)'));
    const steps = new Set(evidence.map((text) => /^\d+/.exec(text)?.[0]));
    expect(new Set(lit.map((name) => /^Step (\d+)/.exec(name)?.[1]))).toEqual(steps);
    const faded = page.locator('.arrow.dim').first();
    await expect(faded).toHaveCSS('opacity', '0.3');

    await clause(page, 'FLOW-CON-06').click();
    await expect(page.locator('.arrow.dim')).toHaveCount(0);

    await page.locator('.arrow[aria-label^="Step 6."] .shaft').click();
    await expect(page.locator('.inspector-title')).toContainText('UPDATE');
    await expect(clause(page, 'FLOW-CON-06')).toHaveClass(/lit/);
    await expect(clause(page, 'FLOW-CON-01')).not.toHaveClass(/lit/);
    await page.keyboard.press('q');
    await expect(page.locator('.requirements')).toContainText('FLOW-CON-06');
  });

  await test.step('a click on an arrow opens its message, with what changed in its SDP', async () => {
    await page.keyboard.press('m');
    const label = page.locator('.label', { hasText: 'UPDATE' }).first();
    await label.click();
    await expect(page.locator('.inspector-title')).toContainText('UPDATE');
    await expect(page.locator('.inspector-says')).toContainText(
      'Offers A the media B accepted plus the CMR media B did not',
    );
    await expect(page.locator('.wire .start')).toContainText('UPDATE sip:');
    await expect(page.locator('.sdp-line.added').first()).toBeVisible();
    await expect(page.locator('.section-heading', { hasText: 'SDP offer O2' })).toContainText(
      'changes since A1 in 180 Ringing',
    );
    await page.getByRole('button', { name: '200 (UPDATE)' }).click();
    expect(await arrowNames(page, 'selected')).toEqual([
      expect.stringMatching(/^Step 7\. 200 \(UPDATE\)/),
    ]);
  });

  await test.step('a bar in the lanes leads to what opened it', async () => {
    await page.getByRole('button', { name: /^A sees the clip/ }).click();
    await expect(page.locator('.inspector-says')).toContainText('is sent the clip');
  });
});

test('the window can be gone through without a mouse', async ({ page }) => {
  await open(page);

  await test.step('F6 goes through the regions, Enter to the inspector, Escape back', async () => {
    const regions: (string | null)[] = [];
    for (let count = 0; count < 9; count += 1) {
      await page.keyboard.press('F6');
      regions.push(
        await page.evaluate(
          () =>
            document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null,
        ),
      );
    }
    expect(regions).toEqual([
      'top bar',
      'verdicts',
      'scenarios',
      'requirements',
      'ladder tools',
      'ladder',
      'inspector',
      'lanes',
      'top bar',
    ]);
    for (let count = 0; count < 5; count += 1) await page.keyboard.press('F6');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.locator('.inspector :focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.locator('.ladder .arrow.selected:focus')).toHaveCount(1);
  });

  await test.step('the table is the same call, with the same selection', async () => {
    await page.keyboard.press('g');
    const grid = page.getByRole('grid');
    await expect(grid).toBeVisible();
    const steps = (await texts(grid.locator('td:nth-child(7)'))).filter((text) => text !== '');
    expect(steps).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
    await grid.locator('tbody tr').first().click();
    await page.keyboard.press('ArrowDown');
    await expect(grid.locator('tr[aria-selected="true"]')).toContainText('INVITE');
    await page.keyboard.press('g');
    await expect(page.locator('.arrow.selected')).toHaveCount(1);
  });
});

const payload = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
/** As a string of YAML in single quotes takes it. */
const inYaml = payload.replaceAll("'", "''");

const figureText = (): string =>
  readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');

test('files are opened, and markup in them is text wherever it shows', async ({ page }) => {
  await open(page);

  await test.step('markup', async () => {
    const text = figureText()
      .replace(/^title: .*$/m, `title: ${JSON.stringify(payload)}`)
      .replace('s=QC VOIP', `s=${payload}`)
      .replace(
        "'Accept: application/sdp",
        `'Subject: ${inYaml}'\n        - 'Reason: SIP;text=${inYaml}'\n        - 'Accept: application/sdp`,
      );
    await openText(page, 'evil.cmr.yaml', text);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(payload);
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.wire')).toContainText(`Subject: ${payload}`);
    await expect(page.locator('.wire')).toContainText(`Reason: SIP;text=${payload}`);
    await expect(page.locator('.sdp')).toContainText(`s=${payload}`);
    await page.keyboard.press('g');
    expect(await page.title()).toBe('Ringscope');
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
    await page.keyboard.press('g');
  });

  await test.step('dropped on the window', async () => {
    const text = figureText().replace(/^title: .*$/m, 'title: Dropped here');
    const transfer = await page.evaluateHandle((contents) => {
      const data = new DataTransfer();
      data.items.add(new File([contents], 'dropped.cmr.yaml'));
      return data;
    }, text);
    await page.dispatchEvent('.ladder', 'dragover', { dataTransfer: transfer });
    await expect(page.locator('.drop-here')).toBeVisible();
    await page.dispatchEvent('.ladder', 'drop', { dataTransfer: transfer });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dropped here');
  });

  await test.step('another seed', async () => {
    const seed = page.locator('.seed b');
    await expect(seed).toHaveText('1');
    await page.getByRole('button', { name: 'New seed' }).click();
    await expect(seed).not.toHaveText('1');
    await expect(page).toHaveURL(/seed=\d+/);
  });
});

test('what is wrong with a file is said, and where', async ({ page }) => {
  await open(page);

  await test.step('a broken scenario, with the line', async () => {
    const text = figureText().replace('processing: 10ms', 'procesing: 10ms');
    await openText(page, 'broken.cmr.yaml', text);
    const problem = page.getByRole('alert');
    await expect(problem).toContainText(/broken\.cmr\.yaml:\d+:\d+/);
    await expect(problem).toContainText('did you mean processing');
    await expect(problem.locator('.source-line').first()).toContainText('procesing: 10ms');
    await expect(problem.locator('.carets').first()).toHaveText('^^^^^^^^^');
    await page.locator('.scenario', { hasText: 'as in the figure' }).click();
    await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
  });

  await test.step('an empty file and one that is no text are told apart', async () => {
    await openText(page, 'empty.cmr.yaml', '');
    await expect(page.getByRole('alert')).toContainText('empty');
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+o');
    await (
      await chooser
    ).setFiles({
      name: 'picture.yaml',
      mimeType: 'image/png',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00]),
    });
    await expect(page.locator('.notice')).toContainText('picture.yaml is not a text file in UTF-8');
    await page.keyboard.press('Escape');
    await expect(page.locator('.notice')).toBeHidden();
  });
});
