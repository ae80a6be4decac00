// What `npm run screenshots` shows beside the drawn design: the window in the like state.
import { select, states } from './window-states.mjs';

const lastAckLost = '#scenario=loss/last-ack-lost';

/**
 * @param {string} name
 * @returns {import('./window-states.mjs').State}
 */
function stateOf(name) {
  const state = states.find((one) => one.name === name);
  if (state === undefined) throw new Error(`there is no state ${name}`);
  return state;
}

/** @type {readonly (import('./window-states.mjs').State & { drawn: string })[]} */
export const besideDesign = [
  {
    drawn: 'mock',
    name: 'beside-call',
    says: 'The Continue call whose last ACK is lost, with the UPDATE selected.',
    fragment: `${lastAckLost}&t=5930000`,
    bring: (page) => select(page, 6),
  },
  {
    drawn: 'mock-violation',
    name: 'beside-violation',
    says: 'A rule that is broken: the evidence is lit, everything else steps back.',
    fragment: '#scenario=negative/oa-16-mixture-before-the-ack',
    bring: (page) => page.locator('.finding').first().click(),
  },
  {
    drawn: 'mock-light',
    name: 'beside-light',
    says: 'The light theme: one message a row, and the state of the Server.',
    theme: 'light',
    fragment: `${lastAckLost}&t=5930000`,
    bring: async (page) => {
      await page.keyboard.press('t');
      await page.locator('.head-button').nth(1).click();
    },
  },
  {
    drawn: 'mock-narrow',
    name: 'beside-narrow',
    says: 'At 1100 × 700, while the clock runs.',
    size: [1100, 700],
    fragment: `${lastAckLost}&t=5300000`,
    bring: async (page) => {
      await select(page, 8);
      await page.keyboard.press('r');
      await page.keyboard.press('Space');
      await page.waitForTimeout(700);
    },
  },
  { ...stateOf('timing-map'), drawn: 'mock-sweep', name: 'beside-map' },
  { ...stateOf('doors'), drawn: 'mock-first-run', name: 'beside-doors' },
];
