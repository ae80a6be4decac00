import { readFileSync } from 'node:fs';

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

import { figure, listenForComplaints, open, openText, theDoors } from './window-page.ts';

listenForComplaints(test);

/** The themes: the first is looked at with every rule, for the others differ in colours alone. */
const themes = [
  { name: 'dark', media: { colorScheme: 'dark', contrast: null } },
  { name: 'light', media: { colorScheme: 'light', contrast: null } },
  { name: 'contrast', media: { colorScheme: 'dark', contrast: 'more' } },
] as const;

/**
 * What axe finds wrong with a state. Of one dialog or panel only that is looked at: the lists beside
 * it have been judged before and are long. High contrast is looked at where a state has colours of
 * its own; for all others its tokens are computed (test/renderer/tokens.test.ts).
 */
async function judge(
  page: Page,
  { name: state, within, inContrast = false }: Omit<State, 'bring'>,
): Promise<void> {
  const found: string[] = [];
  for (const { name, media } of themes) {
    if (name === 'contrast' && !inContrast) continue;
    await page.emulateMedia(media);
    await expect(page.locator('html')).toHaveAttribute('data-theme', name);
    // There are no frames here; without this mode axe opens a page of its own every time.
    const axe = new AxeBuilder({ page }).include(within).setLegacyMode();
    if (name === 'dark') axe.options({ resultTypes: ['violations'] });
    else axe.options({ resultTypes: ['violations'], runOnly: ['color-contrast'] });
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations) {
      const where = nodes.map(({ html }) => html.slice(0, 160)).join('\n  ');
      found.push(`${state}, ${name}: ${id}\n  ${where}`);
    }
  }
  expect(found).toEqual([]);
}

/** A state of the window, how one comes there, and what of it is to be looked at. */
interface State {
  readonly name: string;
  readonly within: string;
  readonly inContrast?: boolean;
  readonly bring: (page: Page) => Promise<unknown>;
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

const dialog = 'dialog[open]';

const statesOfCall: readonly State[] = [
  { name: 'the run', within: 'html', inContrast: true, bring: press() },
  { name: 'a message', within: '.inspector', bring: press('ArrowDown') },
  { name: 'the message parsed', within: '.inspector', bring: press('r') },
  { name: 'the message both ways', within: '.inspector', bring: press('r') },
  { name: 'its SDP', within: '.inspector', bring: press('o') },
  { name: 'the state of a node', within: '.inspector', bring: press('s', '3') },
  { name: 'why', within: '.inspector', bring: press('y') },
  { name: 'its requirements', within: '.inspector', bring: press('q') },
  { name: 'evidence', within: '.centre', inContrast: true, bring: press('e') },
  { name: 'its clause', within: '.inspector', bring: press() },
  { name: 'what if', within: '.inspector', bring: press('u') },
  { name: 'slack', within: '.inspector', bring: press('k') },
  { name: 'gaps', within: '.inspector', bring: press('i') },
  {
    name: 'a gap with what is known of it',
    within: '.inspector',
    bring: (page) => page.locator('.inspector summary').first().click(),
  },
  {
    name: 'coverage of the library',
    within: '.clause-panel',
    bring: (page) => page.getByRole('radio', { name: 'library' }).click(),
  },
  { name: 'the matrix', within: '.clause-grid', inContrast: true, bring: press('Shift+Q') },
  { name: 'the ladder again', within: '.ladder-tools', bring: press('Shift+Q') },
  {
    name: 'colours, folds and filters',
    within: '.ladder-tools',
    bring: (page) => page.getByRole('button', { name: 'Colours, folds and filters' }).click(),
  },
  { name: 'find', within: '.centre', bring: press('Escape', '/') },
  { name: 'the table', within: '.centre', bring: press('Escape', 'g', 'ArrowDown') },
  { name: 'fork here', within: dialog, bring: press('x') },
  { name: 'export', within: dialog, bring: press('Escape', 'Control+e') },
  { name: 'all keys', within: dialog, bring: press('Escape', '?') },
  { name: 'go to anything', within: dialog, bring: press('Escape', 'Control+p') },
  { name: 'a fork', within: '.centre', bring: press('Escape', 'g', 'Delete', 'u') },
  { name: 'its difference', within: '.inspector', bring: press() },
  { name: 'a folded set-up', within: '.centre', bring: press('Shift+Z', 'c') },
];

test('axe finds nothing on any panel of a call, in any theme', async ({ page }) => {
  test.setTimeout(600_000);
  await open(page);
  for (const state of statesOfCall) {
    const { name, within, bring } = state;
    await test.step(name, async () => {
      await bring(page);
      await expect(page.locator(within).first()).toBeVisible();
      await judge(page, state);
    });
  }
});

const statesBeside: readonly State[] = [
  { name: 'the doors', within: 'html', inContrast: true, bring: press() },
  {
    name: 'the glossary',
    within: dialog,
    bring: (page) => page.getByRole('button', { name: /^Glossary/ }).click(),
  },
  {
    name: 'a lesson',
    within: '.lesson',
    async bring(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Start lesson 1' }).click();
      await expect(page.locator('.lesson-answers')).toBeVisible({ timeout: 40_000 });
    },
  },
  {
    name: 'a message with terms of the glossary',
    within: '.inspector',
    async bring(page) {
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('.inspector .term').first()).toBeVisible();
    },
  },
  {
    name: 'the timing map',
    within: 'html',
    inContrast: true,
    async bring(page) {
      await page.keyboard.press('w');
      await page.getByLabel('Across: from, to and step').fill('60ms..90ms:10ms');
      await page.getByLabel('Upwards: from, to and step').fill('75ms..80ms:5ms');
      await page.getByRole('button', { name: 'Run the map' }).click();
      await expect(page.locator('.verdict-strip')).toContainText('8 runs', { timeout: 30_000 });
      await page.locator('[data-cell="4"]').click();
      await expect(page.locator('.mini-ladder')).toBeVisible();
    },
  },
  {
    name: 'the editor with a problem',
    within: '.editor-panel',
    async bring(page) {
      await page.keyboard.press('w');
      await page.keyboard.press('F2');
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('sed: 7\n');
      await expect(page.locator('.problem-link').first()).toBeVisible();
    },
  },
  {
    name: 'a broken file',
    within: '.centre',
    async bring(page) {
      await page.keyboard.press('F2');
      const text = readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');
      await openText(page, 'broken.cmr.yaml', text.replace('processing: 10ms', 'procesing: 10ms'));
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
];

test('axe finds nothing at the doors, in a lesson, the map and the editor, in any theme', async ({
  page,
}) => {
  test.setTimeout(600_000);
  await page.goto(theDoors);
  for (const state of statesBeside) {
    const { name, within, bring } = state;
    await test.step(name, async () => {
      await bring(page);
      await expect(page.locator(within).first()).toBeVisible();
      await judge(page, state);
    });
  }
});

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Words that stand where they are cut off, or over one another's controls. */
function cutControls(page: Page): Promise<string[]> {
  return page.locator('button:visible').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        const box = button.getBoundingClientRect();
        const isOut = box.right > innerWidth + 1 || box.left < -1;
        // What scrolls is not cut.
        return isOut && button.closest('.scrolls, .head-buttons, .legend') === null;
      })
      .map((button) => button.ariaLabel ?? button.textContent ?? ''),
  );
}

// 1440 × 900 at 200 % is a window of 720 × 450.
test('1100 × 700, 800 × 700 and 200 % are enough', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1100, height: 700 });
  await open(page);
  for (const [width, height] of [
    [1100, 700],
    [800, 700],
    [720, 450],
  ] as const) {
    await test.step(`${width} × ${height}`, async () => {
      await page.setViewportSize({ width, height });
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => cutControls(page)).toEqual([]);
      await page.getByRole('button', { name: 'Requirements', exact: true }).click();
      await page.locator('.flyout [data-clause="FLOW-CON-06"]').click();
      await expect(page.locator('.inspector')).toBeVisible();
      await expect(page.locator('.inspector')).toContainText('FLOW-CON-06');
      await judge(page, { name: `${width} × ${height}`, within: '.window' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
      await expect(page.locator('.flyout .scenario').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.locator('.flyout')).toHaveCount(0);
      if (height < 620) return;
      for (const name of ['Media path', 'Ports', 'Hears and sees']) {
        await page.getByRole('tab', { name }).click();
      }
      await expect(page.locator('.lanes')).toBeVisible();
    });
  }
  await page.goto('about:blank');
  await page.goto(theDoors);
  await expect(page.getByRole('button', { name: 'Review a flow' })).toBeVisible();
  await expect.poll(() => overflow(page)).toBe(0);
});

/** What is drawn in the very colour of its ground, by whatever it is called. */
function unseen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ground = getComputedStyle(document.body).backgroundColor;
    const found: string[] = [];
    const look = (selector: string, property: 'fill' | 'stroke' | 'color'): void => {
      const all = [...document.querySelectorAll(selector)];
      if (all.length === 0) found.push(`there is no ${selector}`);
      for (const one of all) {
        if (getComputedStyle(one)[property] === ground) found.push(`${selector}: ${property}`);
      }
    };
    look('.arrow.request .shaft', 'stroke');
    look('.arrow.response .shaft', 'stroke');
    look('.label text', 'fill');
    look('.ladder-heads text', 'fill');
    look('.lanes .lane-title', 'fill');
    look('.playhead-line', 'stroke');
    look('.clause .clause-id', 'color');
    look('.inspector-says', 'color');
    return [...new Set(found)];
  });
}

test('forced colours leave every message and every verdict legible', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page, `${figure}&record=136`);
  await expect(page.locator('.inspector-says')).toBeVisible();
  expect(await unseen(page)).toEqual([]);
  // Verdicts differ by their shapes, and what is selected stands out by more than its colour.
  const shapes = await page
    .locator('.verdict-strip .glyph')
    .evaluateAll((glyphs) => glyphs.map((glyph) => glyph.innerHTML));
  expect(new Set(shapes).size).toBeGreaterThan(2);
  const chosen = page.locator('.segments [aria-checked="true"]').first();
  expect(await chosen.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe('solid');
});
