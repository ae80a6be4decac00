import { expect, test, type Locator, type Page } from '@playwright/test';

import { keyTable, type KeyAction } from '../../renderer/words/keys.ts';
import { listenForComplaints, open } from './window-page.ts';

listenForComplaints(test);
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Presses the key and sees that what the table says has come about; leaves the page as it was. */
type Check = (page: Page, press: () => Promise<void>) => Promise<void>;

const clock = (page: Page): Promise<number> =>
  page.locator('.clock').innerText().then(Number.parseFloat);
const scale = (page: Page): Promise<number> =>
  page.locator('.scale .plain-button').innerText().then(Number);
const clipboard = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());
const selected = (page: Page): Locator => page.locator('.arrow.selected');
const branches = (page: Page): Locator => page.locator('.branch');

async function select(page: Page, step: number): Promise<void> {
  const arrow = page.locator(`.arrow[aria-label^="Step ${step}."]`).first();
  if (!/selected/.test((await arrow.getAttribute('class')) ?? '')) {
    await arrow.locator('.shaft').click({ force: true });
  }
  await expect(selected(page)).toHaveAttribute('aria-label', new RegExp(`^Step ${step}\\.`));
}

/** A key that shows something, and another that puts it away. */
const opens =
  (what: (page: Page) => Locator, leave: string): Check =>
  async (page, press) => {
    await press();
    await expect(what(page)).toBeVisible();
    await page.keyboard.press(leave);
    await expect(what(page)).toBeHidden();
  };

/** A key that shows something, and puts it away when it is pressed again. */
const toggles =
  (what: (page: Page) => Locator): Check =>
  async (page, press) => {
    await press();
    await expect(what(page).first()).toBeVisible();
    await press();
    await expect(what(page)).toHaveCount(0);
  };

const tab =
  (name: RegExp): Check =>
  async (page, press) => {
    await press();
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  };

const selectionMoves =
  (from: number, to: RegExp): Check =>
  async (page, press) => {
    await select(page, from);
    await press();
    await expect(selected(page)).toHaveAttribute('aria-label', to);
  };

const clockMoves =
  (which: 'forward' | 'back'): Check =>
  async (page, press) => {
    const before = await clock(page);
    await press();
    const moved = expect.poll(() => clock(page));
    await (which === 'forward' ? moved.toBeGreaterThan(before) : moved.toBeLessThan(before));
  };

const node =
  (place: number): Check =>
  async (page, press) => {
    const nodes = page.locator('.node-switch [role="radio"]');
    await page.keyboard.press('s');
    const before = await nodes.evaluateAll((all) => all.map((one) => one.ariaChecked));
    await press();
    if (place > before.length) {
      // This call has no such lifeline.
      expect(await nodes.evaluateAll((all) => all.map((one) => one.ariaChecked))).toEqual(before);
    } else await expect(nodes.nth(place - 1)).toHaveAttribute('aria-checked', 'true');
  };

const finding: Check = async (page, press) => {
  await page.keyboard.press('Home');
  await press();
  await expect(page.locator('.clock')).toHaveText('5.650s');
};

const commands = (page: Page): Locator => page.getByRole('dialog', { name: 'Commands' });

/** Every action has its check: the compiler misses one that is new. */
const checks: Readonly<Record<KeyAction, Check>> = {
  'run or pause': async (page, press) => {
    await press();
    await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await press();
    await expect(page.getByRole('button', { name: /^Run/ })).toBeVisible();
  },
  'previous event': clockMoves('back'),
  'next event': clockMoves('forward'),
  'previous event of the lifeline': async (page, press) => {
    await select(page, 9);
    await clockMoves('back')(page, press);
    await expect(page.locator('p[aria-live]')).toContainText('CMR Client-A');
  },
  'next event of the lifeline': async (page, press) => {
    await select(page, 9);
    await clockMoves('forward')(page, press);
    await expect(page.locator('p[aria-live]')).toContainText('CMR Client-A');
  },
  start: async (page, press) => {
    await press();
    await expect(page.locator('.clock')).toHaveText('0.000s');
  },
  end: async (page, press) => {
    await press();
    const [passed, all] = (await page.locator('.event-count').innerText()).match(/\d+/g) ?? [];
    expect(passed).toBe(all);
    await page.keyboard.press('Home');
  },
  'previous message': selectionMoves(7, /^Step 6\./),
  'next message': selectionMoves(6, /^Step 7\./),
  'go to the cause': selectionMoves(6, /^Step 5\./),
  'go to the effect': selectionMoves(6, /^Step 7\./),
  'previous finding': finding,
  'next finding': finding,
  evidence: async (page, press) => {
    await select(page, 6);
    await toggles((here) => here.locator('.arrow.dim'))(page, press);
  },
  leave: async (page, press) => {
    await select(page, 6);
    await page.keyboard.press('e');
    await expect(page.locator('.arrow.dim').first()).toBeAttached();
    await press();
    await expect(page.locator('.arrow.dim')).toHaveCount(0);
  },
  'fork here': async (page, press) => {
    await select(page, 6);
    await opens((here) => here.getByRole('dialog', { name: 'Fork here' }), 'Escape')(page, press);
  },
  'drop the message': async (page, press) => {
    await select(page, 7);
    await press();
    await expect(page.locator('.branch[aria-current="true"]')).toHaveText('200 (UPDATE) 7 lost');
  },
  undo: async (page, press) => {
    await press();
    await expect(branches(page)).toHaveCount(1);
  },
  redo: async (page, press) => {
    await press();
    await expect(branches(page)).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(branches(page)).toHaveCount(1);
  },
  'copy the command line': async (page, press) => {
    await press();
    await expect.poll(() => clipboard(page)).toMatch(/^ringscope run scenarios\/continue\//);
  },
  'change the axis': async (page, press) => {
    await press();
    await expect(page.getByRole('radio', { name: 'Rows' })).toBeChecked();
    await press();
    await expect(page.getByRole('radio', { name: 'Time' })).toBeChecked();
  },
  'zoom in': async (page, press) => {
    const before = await scale(page);
    await press();
    await expect.poll(() => scale(page)).toBeGreaterThan(before);
  },
  'zoom out': async (page, press) => {
    const before = await scale(page);
    await press();
    await expect.poll(() => scale(page)).toBeLessThan(before);
  },
  'fit the call': async (page, press) => {
    await press();
    const fitted = await scale(page);
    await page.keyboard.press('+');
    await press();
    await expect.poll(() => scale(page)).toBe(fitted);
  },
  'fit the selection': async (page, press) => {
    await select(page, 6);
    const before = await scale(page);
    await press();
    await expect.poll(() => scale(page)).toBeGreaterThan(2 * before);
    await page.keyboard.press('0');
  },
  'all timers': async (page, press) => {
    await page.keyboard.press('Escape');
    await toggles((here) => here.locator('.timer-word'))(page, press);
  },
  fold: async (page, press) => {
    await select(page, 6);
    await press();
    await expect(page.locator('.fold')).toHaveAccessibleName(/^Folded: UPDATE, 2 messages/);
    await press();
    await expect(page.locator('.fold')).toHaveCount(0);
  },
  'fold the set-up': async (page, press) => {
    await press();
    await expect(page.locator('.fold')).toHaveAccessibleName(/^Folded: Set-up, \d+ messages/);
    await press();
    await expect(page.locator('.fold')).toHaveCount(0);
  },
  'change the colours': async (page, press) => {
    const colours = (): Promise<string> =>
      page.locator('.arrow').evaluateAll((all) => all.map((one) => one.classList.value).join());
    const seen = [await colours()];
    for (let count = 0; count < 3; count += 1) {
      await press();
      await expect.poll(colours).not.toBe(seen.at(-1));
      seen.push(await colours());
    }
    await press();
    await expect.poll(colours).toBe(seen[0]);
    expect(new Set(seen).size).toBe(4);
  },
  bookmark: async (page, press) => {
    await select(page, 6);
    await toggles((here) => here.locator('.bookmark'))(page, press);
  },
  note: async (page, press) => {
    await select(page, 6);
    await opens((here) => here.getByPlaceholder('Note, Enter keeps it'), 'Escape')(page, press);
  },
  copy: async (page, press) => {
    await select(page, 6);
    await press();
    await expect.poll(() => clipboard(page)).toMatch(/^UPDATE sip:/);
  },
  find: opens((page) => page.getByRole('searchbox', { name: /^Find in the ladder/ }), 'Escape'),
  table: toggles((page) => page.getByRole('grid')),
  'two runs': toggles((page) => page.getByText('There is one run.')),
  'timing map': toggles((page) => page.getByRole('button', { name: 'Run the map' })),
  'message tab': tab(/^Message/),
  'raw or parsed': async (page, press) => {
    await select(page, 6);
    for (const form of ['Parsed', 'Both', 'Raw']) {
      await press();
      await expect(page.getByRole('radio', { name: form })).toBeChecked();
    }
  },
  'SDP tab': tab(/^SDP/),
  'state tab': tab(/^State/),
  'why tab': tab(/^Why/),
  'requirements tab': tab(/^Requirements/),
  'what-if tab': tab(/^What if/),
  'gaps tab': tab(/^Gaps/),
  'slack tab': tab(/^Slack/),
  matrix: toggles((page) => page.getByRole('grid', { name: 'Clauses and scenarios' })),
  untested: async (page, press) => {
    await press();
    await expect(page.getByRole('heading', { name: /SHALLs? no scenario exerc/ })).toBeVisible();
    await expect(page.locator('.clause-list :focus')).toHaveCount(1);
  },
  'node 1': node(1),
  'node 2': node(2),
  'node 3': node(3),
  'node 4': node(4),
  'node 5': node(5),
  'node 6': node(6),
  'node 7': node(7),
  'node 8': node(8),
  'node 9': node(9),
  'next region': async (page, press) => {
    const before = await regionOf(page);
    await press();
    expect(await regionOf(page)).not.toBe(before);
  },
  'previous region': async (page, press) => {
    const before = await regionOf(page);
    await press();
    const back = await regionOf(page);
    expect(back).not.toBe(before);
    await page.keyboard.press('F6');
    expect(await regionOf(page)).toBe(before);
  },
  'go to anything': opens((page) => page.getByRole('dialog', { name: 'Go to anything' }), 'Escape'),
  commands: opens(commands, 'Escape'),
  'open a file': async (page, press) => {
    const chooser = page.waitForEvent('filechooser');
    await press();
    expect((await chooser).isMultiple()).toBe(false);
  },
  save: async (page, press) => {
    const download = page.waitForEvent('download');
    await press();
    expect((await download).suggestedFilename()).toBe('as-in-the-figure.cmr.yaml');
  },
  write: toggles((page) => page.locator('.editor-place[data-ready="true"]')),
  export: opens((page) => page.getByRole('dialog', { name: 'Export' }), 'Escape'),
  'copy the link': async (page, press) => {
    await press();
    await expect.poll(() => clipboard(page)).toContain('#scenario=');
  },
  keys: async (page, press) => {
    await press();
    const sheet = page.getByRole('dialog', { name: 'All keys' });
    const told = await sheet.locator('dd').allTextContents();
    expect(told.toSorted()).toEqual(keyTable.map(({ says }) => says).toSorted());
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  },
};

function regionOf(page: Page): Promise<string | null> {
  return page.evaluate(
    () => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null,
  );
}

/** The table's spelling of a key as a keyboard is told to press it. */
function stroke(name: string): string {
  return name.replace(/^Ctrl\+/, 'Control+');
}

for (const groups of [
  ['Time', 'Selection', 'What if'],
  ['Ladder', 'Panels', 'File'],
]) {
  test(`every key does what the help says: ${groups.join(', ')}`, async ({ page }) => {
    test.setTimeout(240_000);
    await open(page);
    for (const { action, keys, group } of keyTable) {
      if (!groups.includes(group)) continue;
      for (const name of keys) {
        await test.step(`${name}: ${action}`, () =>
          checks[action](page, () => page.keyboard.press(stroke(name))));
      }
    }
  });
}
