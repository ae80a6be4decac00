// What `npm run screenshots` takes pictures of: every state of the window.

export const figure = '#scenario=continue/as-in-the-figure';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {object} State
 * @property {string} name of the file
 * @property {string} says what there is to see
 * @property {'dark' | 'light' | 'contrast' | 'forced'} [theme] dark where nothing is said
 * @property {[number, number]} [size] px; 1440 × 900 where nothing is said
 * @property {string} [fragment] of the address; the figure where nothing is said, '' for the doors
 * @property {(page: Page) => Promise<void>} [bring] from the opened page into the state
 */

/** @type {(...keys: string[]) => (page: Page) => Promise<void>} */
const press =
  (...keys) =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** @type {(page: Page, step: number) => Promise<void>} */
export const select = async (page, step) => {
  const arrow = page.locator(`.arrow[aria-label^="Step ${step}."]`).first();
  const message = await arrow.getAttribute('data-message');
  await page.locator(`.label[data-label="${message}"]`).click();
  // What is pointed at makes the rest step back: nothing is.
  await page.mouse.move(0, 0);
};

/** @type {readonly State[]} */
export const states = [
  {
    name: 'doors',
    says: 'Before anything is open: a door for each group of people.',
    fragment: '',
  },
  {
    name: 'doors-light',
    says: 'The doors in the light theme.',
    theme: 'light',
    fragment: '',
  },
  {
    name: 'glossary',
    says: 'The words of the field, behind the door of learning.',
    fragment: '',
    bring: (page) => page.getByRole('button', { name: /^Glossary/ }).click(),
  },
  { name: 'call', says: 'The Continue call where it has settled, and what was measured in it.' },
  {
    name: 'call-light',
    says: 'The same in the light theme.',
    theme: 'light',
  },
  {
    name: 'contrast',
    says: 'The theme of high contrast, with the state of the Resource Server.',
    theme: 'contrast',
    bring: (page) => page.locator('.head-button').nth(2).click(),
  },
  {
    name: 'forced-colours',
    says: 'Where the system dictates the colours, shapes and fills say what hues said.',
    theme: 'forced',
    bring: (page) => page.locator('[data-clause="FLOW-CON-06"]').click(),
  },
  {
    name: 'running',
    says: 'The clock runs: what lies after the playhead is veiled, what is on its way has a dot.',
    fragment: `${figure}&t=5300000`,
    bring: async (page) => {
      await page.keyboard.press('Space');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'message',
    says: 'Step 6 selected: what it does in plain words, its SDP, what changed in it.',
    bring: (page) => select(page, 6),
  },
  {
    name: 'parsed',
    says: 'The same message parsed, each value with its meaning.',
    theme: 'light',
    bring: async (page) => {
      await select(page, 6);
      await page.keyboard.press('r');
    },
  },
  {
    name: 'sdp',
    says: 'Offer, answer, and what both agree on.',
    bring: async (page) => {
      await select(page, 6);
      await page.keyboard.press('o');
    },
  },
  {
    name: 'state',
    says: 'The state of a node before and after a message, and since when it is so.',
    bring: async (page) => {
      await select(page, 7);
      await press('s', '2')(page);
    },
  },
  {
    name: 'why',
    says: 'Why it happened: back to what a person did.',
    theme: 'light',
    bring: async (page) => {
      await select(page, 7);
      await page.keyboard.press('y');
    },
  },
  {
    name: 'requirements',
    says: 'The clauses a message is evidence for.',
    bring: async (page) => {
      await select(page, 6);
      await page.keyboard.press('q');
    },
  },
  {
    name: 'evidence',
    says: 'A clause lights the arrows that show it; everything else steps back.',
    bring: (page) => page.locator('[data-clause="FLOW-CON-06"]').click(),
  },
  {
    name: 'failing',
    says: 'A call that breaks a rule, at the instant at which it does.',
    fragment: '#scenario=negative/first-ack-too-late',
    bring: press(']'),
  },
  {
    name: 'library',
    says: 'What the whole library exercises, and what nobody does.',
    theme: 'light',
    bring: async (page) => {
      await page.getByRole('radio', { name: 'library' }).click();
      await page.waitForTimeout(20_000);
    },
  },
  {
    name: 'matrix',
    says: 'Every clause by every scenario.',
    bring: async (page) => {
      await page.keyboard.press('Shift+Q');
      await page.waitForTimeout(20_000);
    },
  },
  {
    name: 'slack',
    says: 'How narrowly the call held.',
    bring: press('k'),
  },
  {
    name: 'rows',
    says: 'Rows instead of Time: one message a row.',
    theme: 'light',
    bring: press('t'),
  },
  {
    name: 'folded',
    says: 'The set-up folded, the colours by transaction, all timers.',
    bring: press('Shift+Z', 'c', 'c', 'a'),
  },
  {
    name: 'found',
    says: 'Looking for messages; a filter says in a sentence what it hides.',
    bring: async (page) => {
      await page.getByRole('button', { name: 'control', exact: true }).click();
      await page.keyboard.press('/');
      await page.keyboard.type('method:ack');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'table',
    says: 'The ladder’s twin for keyboards and ears.',
    bring: press('g', 'ArrowDown', 'ArrowDown'),
  },
  {
    name: 'what-if',
    says: 'The ACK of step 2 is lost: the call as it was stands behind, the difference beside.',
    bring: async (page) => {
      await select(page, 2);
      await page.keyboard.press('Delete');
      await page.waitForTimeout(1_000);
      await page.keyboard.press('u');
    },
  },
  {
    name: 'fork',
    says: 'What may become of a message.',
    bring: async (page) => {
      await select(page, 6);
      await page.keyboard.press('x');
    },
  },
  {
    name: 'gaps',
    says: 'Where the texts are silent, and the switch that decides.',
    bring: press('i'),
  },
  {
    name: 'lesson',
    says: 'The lesson asks at each turn what A hears.',
    fragment: '',
    bring: async (page) => {
      await page.getByRole('button', { name: 'Start lesson 1' }).click();
      await page.locator('.lesson-answers').waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'replay',
    says: 'An edge case, with what could be changed and the command line of it.',
    fragment: '',
    bring: async (page) => {
      await page.getByRole('button', { name: 'Replay an edge case' }).click();
      await page.locator('.arrow').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'editor',
    says: 'The text of the scenario beside its ladder, with what keeps it from running.',
    bring: async (page) => {
      await page.keyboard.press('F2');
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+Home');
      for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Home');
      await page.keyboard.type('sed: 7');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.locator('.problem-link').first().waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'broken',
    says: 'A file that is no scenario: the line, the reason, and the way to mend it.',
    theme: 'light',
    bring: async (page) => {
      const text = 'apiVersion: ringscope/v1\nbaseline: voice-call\ntitel: My call\n';
      const dropped = await page.evaluateHandle(`(() => {
        const data = new DataTransfer();
        data.items.add(new File([${JSON.stringify(text)}], 'mine.cmr.yaml'));
        return data;
      })()`);
      await page.dispatchEvent('.ladder', 'drop', { dataTransfer: dropped });
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'export',
    says: 'What a run can be written out as, and how much of it.',
    bring: press('Control+e'),
  },
  {
    name: 'palette',
    says: 'Everything can be gone to by its name.',
    bring: async (page) => {
      await page.keyboard.press('Control+p');
      await page.keyboard.type('ack');
    },
  },
  {
    name: 'keys',
    says: 'Every key, from the table that binds them; each can be another.',
    bring: press('?'),
  },
  {
    name: 'timing-map',
    says: 'A grid of runs over two latencies.',
    bring: async (page) => {
      await page.keyboard.press('w');
      await page.getByRole('button', { name: 'Run the map' }).click();
      await page.getByText('in 225 runs').waitFor({ timeout: 120_000 });
      await page.locator('[data-cell="112"]').click();
      await page.waitForTimeout(3_000);
    },
  },
  {
    name: 'narrow',
    says: 'At 1100 × 700 panels fold into a rail.',
    size: [1100, 700],
  },
  {
    name: 'narrow-evidence',
    says: 'There the requirements are folded out.',
    size: [1100, 700],
    theme: 'light',
    bring: (page) => page.getByRole('button', { name: 'Requirements', exact: true }).click(),
  },
  {
    name: 'magnified',
    says: 'At 1440 × 900 and 200 %: Rows, and panels that fold out.',
    size: [720, 450],
  },
  {
    name: 'magnified-message',
    says: 'There the inspector is a sheet over the lanes.',
    size: [720, 450],
    bring: press('ArrowDown'),
  },
];
