import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';

import { excusedClauses } from '../../sim-core/requirements/excused-clauses.ts';

const figure = '#scenario=continue/as-in-the-figure';
/** Complaints of the page: console errors, exceptions, failed or foreign requests. */
const complaints = new WeakMap<Page, string[]>();

test.beforeEach(({ page, baseURL }) => {
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('requestfailed', (request) => {
    // Leaving a page ends what it still waits for; that is no failure.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    heard.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const own = request.url().startsWith(baseURL ?? '') || request.url().startsWith('about:');
    if (!own) heard.push(`asked elsewhere: ${request.url()}`);
  });
});

test.afterEach(({ page }) => {
  expect(complaints.get(page)).toEqual([]);
});

async function open(page: Page, fragment = figure): Promise<void> {
  await page.goto(`./${fragment}`);
  await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
  await expect(page.locator('.verdict-sum .count').first()).toBeVisible();
}

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

async function openText(page: Page, name: string, text: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await (await chooser).setFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
}

test.describe('the Continue call', () => {
  test('is shown with its eleven steps in order, drawn and told', async ({ page }) => {
    await open(page);
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

  test('is measured as the specification computes it', async ({ page }) => {
    await open(page);
    const row = page.locator('.metrics tr', { hasText: 'answerLag' });
    await expect(row.locator('.value')).toHaveText('330 ms');
  });

  test('shows who hears what, and the mixing matrix', async ({ page }) => {
    await open(page);
    await expect(
      page.getByRole('button', { name: /^A hears the clip from/ }).first(),
    ).toBeVisible();
    await expect(page.locator('.media-path .only-heard')).toContainText(
      'A ear gets CMR audio at −12 dB and B mic at 0 dB.',
    );
  });

  test('every other shipped scenario runs too', async ({ page }) => {
    // Some two hundred of them, one after the other.
    test.setTimeout(800_000);
    const patient = { timeout: 60_000 };
    await open(page);
    const scenarios = page.locator('.scenario');
    const count = await scenarios.count();
    expect(count).toBeGreaterThan(4);
    for (let index = 0; index < count; index += 1) {
      await scenarios.nth(index).click();
      await expect(scenarios.nth(index)).toHaveAttribute('aria-current', 'true', patient);
      await expect(page.locator('.inspector-says')).toBeVisible(patient);
      await expect(page.locator('.arrow').first()).toBeAttached(patient);
    }
    await expect(page.locator('.scenario .glyph.open')).toHaveCount(0);

    // The whole library has been judged: what it leaves out is what the list of excuses says.
    await page.keyboard.press('Shift+U');
    const unmet = page.locator('[aria-label="Exercised by no scenario"] [data-clause]');
    const ids = await unmet.evaluateAll((rows) => rows.map((row) => row.dataset['clause'] ?? ''));
    const excused = [...excusedClauses].filter(
      ([id, { lacks }]) => id.startsWith('R-') && lacks.includes('scenario'),
    );
    expect(ids.toSorted()).toEqual(excused.map(([id]) => id).toSorted());
  });
});

test.describe('time', () => {
  test('runs, pauses and steps by mouse', async ({ page }) => {
    await open(page);
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

  test('runs, pauses and steps by key, and says each step', async ({ page }) => {
    await open(page);
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

  test('runs to the end and stops there', async ({ page }) => {
    await open(page);
    await page.locator('.speed input').fill('90');
    await page.locator('.clock').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: /^Run/ })).toBeVisible({ timeout: 15_000 });
    const [passed, all] = (await page.locator('.event-count').innerText()).match(/\d+/g) ?? [];
    expect(passed).toBe(all);
  });

  test('is scrubbed on ruler, lanes and minimap, and all follow', async ({ page }) => {
    await open(page);
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

  test('with reduced motion the playhead goes from event to event', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
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

  test('the address keeps the place', async ({ page }) => {
    await open(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await expect(page).toHaveURL(/t=0&record=\d+$/);
    const url = page.url();
    await page.goto('about:blank');
    await page.goto(url);
    await expect(page.locator('.clock')).toHaveText('0.000s');
    await expect(page.locator('.inspector-name')).toHaveText('INVITE');
  });
});

test.describe('clauses and arrows', () => {
  test('FLOW-CON-06 lights exactly its arrows, and they light it', async ({ page }) => {
    await open(page);
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

  test('a click on an arrow opens its message, with what changed in its SDP', async ({ page }) => {
    await open(page);
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

  test('a bar in the lanes leads to what opened it', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: /^A sees the clip/ }).click();
    await expect(page.locator('.inspector-says')).toContainText('is sent the clip');
  });
});

test.describe('without a mouse', () => {
  test('F6 goes through the regions, Enter to the inspector, Escape back', async ({ page }) => {
    await open(page);
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

  test('the table is the same call, with the same selection', async ({ page }) => {
    await open(page);
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

  test('the help sheet lists every key, and Escape puts it away', async ({ page }) => {
    await open(page);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'All keys' });
    await expect(sheet).toBeVisible();
    expect(await sheet.locator('dt').count()).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  });

  test('the axis, the scale and the timers have their keys', async ({ page }) => {
    await open(page);
    await page.keyboard.press('t');
    await expect(page.getByRole('radio', { name: 'Rows' })).toBeChecked();
    await page.keyboard.press('t');
    const before = await page.locator('.scale .plain-button').innerText();
    await page.keyboard.press('+');
    expect(Number(await page.locator('.scale .plain-button').innerText())).toBeGreaterThan(
      Number(before),
    );
    await page.keyboard.press('0');
    await expect(page.locator('.scale .plain-button')).toHaveText(before);
    await expect(page.locator('.timer-word')).toHaveCount(0);
    await page.keyboard.press('a');
    await expect(page.locator('.timer-word').first()).toBeVisible();
  });
});

test.describe('for everybody', () => {
  for (const scheme of ['dark', 'light'] as const) {
    test(`axe finds nothing, ${scheme}`, async ({ page }) => {
      // It looks at every state of a page that lists some two hundred scenarios.
      test.setTimeout(400_000);
      await page.emulateMedia({ colorScheme: scheme });
      await open(page);
      await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
      const judge = async (state: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const told = violations.map(
          ({ id, nodes }) =>
            `${state}: ${id} ${nodes.map(({ html }) => html.slice(0, 120)).join()}`,
        );
        expect(told).toEqual([]);
      };
      await judge('the run');
      await page.keyboard.press('ArrowDown');
      await judge('a message');
      await clause(page, 'FLOW-CON-06').click();
      await judge('evidence');
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await judge('the table');
    });
  }

  test('forced colours leave every message and every verdict legible', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await open(page);
    await expect(page.locator('.label').first()).toBeVisible();
    const stroke = await page
      .locator('.arrow.request .shaft')
      .first()
      .evaluate((shaft) => getComputedStyle(shaft).stroke);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(stroke).not.toBe(ground);
  });

  for (const [width, height] of [
    [1100, 700],
    [800, 700],
  ] as const) {
    test(`${width} × ${height} is enough`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await page.getByRole('button', { name: 'Requirements' }).click();
      await clause(page, 'FLOW-CON-06').click();
      await expect(page.locator('.inspector')).toBeVisible();
      await expect(page.locator('.inspector')).toContainText('FLOW-CON-06');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Scenarios' }).click();
      await page.locator('.scenario', { hasText: 'busy' }).first().click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('busy');
      await page.getByRole('tab', { name: 'Media path' }).click();
      await page.getByRole('tab', { name: 'Ports' }).click();
      await expect(page.locator('.lanes')).toBeVisible();
    });
  }
});

test.describe('files', () => {
  const payload = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

  async function figureText(page: Page): Promise<string> {
    const { readFileSync } = await import('node:fs');
    expect(page).toBeDefined();
    return readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');
  }

  test('markup in a scenario is text, wherever it shows', async ({ page }) => {
    await open(page);
    const text = (await figureText(page))
      .replace(/^title: .*$/m, `title: ${JSON.stringify(payload)}`)
      .replace('s=QC VOIP', `s=${payload}`)
      .replace(
        "'Accept: application/sdp",
        `'Subject: ${payload.replaceAll("'", "''")}'\n        - 'Accept: application/sdp`,
      );
    await openText(page, 'evil.cmr.yaml', text);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(payload);
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.wire')).toContainText(`Subject: ${payload}`);
    await expect(page.locator('.sdp')).toContainText(`s=${payload}`);
    await page.keyboard.press('g');
    expect(await page.title()).toBe('Ringscope');
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
  });

  test('a broken scenario says where and why, with the line', async ({ page }) => {
    await open(page);
    const text = (await figureText(page)).replace('processing: 10ms', 'procesing: 10ms');
    await openText(page, 'broken.cmr.yaml', text);
    const problem = page.getByRole('alert');
    await expect(problem).toContainText(/broken\.cmr\.yaml:\d+:\d+/);
    await expect(problem).toContainText('did you mean processing');
    await expect(problem.locator('.source-line').first()).toContainText('procesing: 10ms');
    await expect(problem.locator('.carets').first()).toHaveText('^^^^^^^^^');
    await page.locator('.scenario', { hasText: 'as in the figure' }).click();
    await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
  });

  test('an empty file and a file that is no text are told apart', async ({ page }) => {
    await open(page);
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

  test('a file dropped on the window opens', async ({ page }) => {
    await open(page);
    const text = (await figureText(page)).replace(/^title: .*$/m, 'title: Dropped here');
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

  test('another seed runs the scenario anew', async ({ page }) => {
    await open(page);
    const seed = page.locator('.seed b');
    await expect(seed).toHaveText('1');
    await page.getByRole('button', { name: 'New seed' }).click();
    await expect(seed).not.toHaveText('1');
    await expect(page).toHaveURL(/seed=\d+/);
  });
});

test('the timing map runs a grid, finds the boundary, and replays a cell', async ({ page }) => {
  await open(page);
  await page.keyboard.press('w');
  await page.getByLabel('Across: from, to and step').fill('60ms..90ms:10ms');
  await page.getByLabel('Upwards: from, to and step').fill('75ms..80ms:5ms');
  await page.getByRole('button', { name: 'Run the map' }).click();
  const strip = page.locator('.verdict-strip');
  await expect(strip).toContainText('2 outcomes in 8 runs', { timeout: 30_000 });
  // 2·dB + 4·dA + 5p = T1, with dB = 80 ms and p = 10 ms.
  await page.locator('[data-cell="4"]').click();
  await expect(page.locator('.map-boundaries')).toContainText('Up to 72.5 ms; from 72.501 ms on');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByLabel('The chosen run')).toContainText('70 ms');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByLabel('The chosen run')).toContainText('resent');
  await expect(page.locator('.mini-ladder')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/set=links.a.latency(=|%3D)80ms/);
  await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
});

test('an axis that is none says so, and what is there stays', async ({ page }) => {
  await open(page);
  await page.keyboard.press('w');
  await page.getByLabel('Across: what is varied').fill('links.a.latencyy');
  await page.getByRole('button', { name: 'Run the map' }).click();
  await expect(page.getByRole('alert')).toContainText('did you mean');
});
