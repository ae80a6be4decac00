import { expect, test } from 'vitest';

import { isAskedFor, titleUnder } from '../../../renderer/words/scenario-names.ts';

const entry = {
  folder: 'Continue',
  fileName: 'c-05-update-refused.cmr.yaml',
  title: 'Client-A refuses the UPDATE with 488',
};

test.each([
  ['Gateway mode', 'Gateway Mode, no answer', 'No answer'],
  ['Continue', 'Continue: the ACK is late', 'The ACK is late'],
  ['Continue', 'Continue in a video call', 'Continue in a video call'],
  ['Continue', 'Continue', 'Continue'],
  ['Races', 'CANCEL and answer meet', 'CANCEL and answer meet'],
])('under %j the title %j is shown as %j', (folder, title, shown) => {
  expect(titleUnder(folder, title)).toBe(shown);
});

test('a scenario is found by words of its title, folder and file, in any order', () => {
  expect(isAskedFor(entry, 'update 488')).toBe(true);
  expect(isAskedFor(entry, 'C-05')).toBe(true);
  expect(isAskedFor(entry, ' continue  refuses ')).toBe(true);
  expect(isAskedFor(entry, '')).toBe(true);
  expect(isAskedFor(entry, 'update 491')).toBe(false);
});
