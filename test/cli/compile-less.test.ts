import { expect, test } from 'vitest';

import { settingFor } from '../../cli/compile-less.ts';

test('only the engine that knows the setting is told it', () => {
  expect(settingFor('11.3.244.8-node.38')).toBe('--interrupt-budget=700000');
  for (const later of ['12.4.254.21-node.57', '13.6.233.17-node.53']) {
    expect(settingFor(later)).toBeNull();
  }
});
