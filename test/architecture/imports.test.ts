import { describe, expect, test } from 'vitest';

import { importTable, importViolations, readingViolations } from './import-table.ts';
import { parseSource, readSources } from './source-files.ts';

describe('import directions', () => {
  const files = readSources();

  test('there are sources to judge', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  test('no file imports what its folder may not', () => {
    expect(importViolations(files)).toEqual([]);
  });

  test('reading a trace loads nothing that runs', () => {
    expect(readingViolations(files)).toEqual([]);
  });

  test('no row stands twice', () => {
    const places = importTable.map((room) => room.place);
    expect(places).toEqual([...new Set(places)]);
  });
});

describe('the judgement itself, on planted violations', () => {
  test.each([
    ['sim-core/base/a.ts', `import { x } from '../kernel/node.ts';`],
    ['sim-core/kernel/a.ts', `import { x } from '../sip/message.ts';`],
    ['sim-core/kernel/a.ts', `export type { X } from '../sip/message.ts';`],
    ['sim-core/network/a.ts', `export * from '../sip/message.ts';`],
    ['sim-core/nodes/proxy.ts', `import { x } from './cmr-server/call.ts';`],
    ['sim-core/nodes/cmr-client/a.ts', `import { x } from '../cmr-server/call.ts';`],
    ['sim-core/conformance/oracles/a.ts', `import { x } from '../../nodes/roles.ts';`],
    ['sim-core/trace/a.ts', `const x = await import('../world/world.ts');`],
    ['sim-core/sip/a.ts', `import { parse } from 'sdp-transform';`],
    ['sim-core/run/a.ts', `import { parse } from 'yaml';`],
    ['sim-core/base/a.ts', `import { readFileSync } from 'node:fs';`],
    ['sim-core/base/a.ts', `type X = import('../kernel/node.ts').Input;`],
    ['sim-core/run/a.ts', `import { x } from '../index.ts';`],
    ['sim-core/elsewhere/a.ts', `export const x = 1;`],
    ['renderer/elsewhere/a.ts', `export const x = 1;`],
    ['renderer/reading.ts', `export { x } from '../sim-core/sip/print-message.ts';`],
    ['cli/run.ts', `import { x } from '../sim-core/run/run.ts';`],
    ['cli/run.ts', `import { x } from '../renderer/main.tsx';`],
    ['cli/run.ts', `import { readFileSync } from 'fs';`],
    ['electron/a.ts', `import { x } from '../sim-core/index.ts';`],
    ['electron/a.ts', `import { x } from '../renderer/host/host-bridge.ts';`],
    ['renderer/ladder/layout/a.ts', `import { select } from 'd3';`],
    ['renderer/ladder/layout/a.ts', `import * as d3 from 'd3';`],
    ['renderer/ladder/layout/a.ts', `import { x } from '../draw/draw-ladder.ts';`],
    ['renderer/panels/a.tsx', `import { x } from '../simulation/client.ts';`],
    ['renderer/panels/a.tsx', `import { x } from '../../sim-core/index.ts';`],
    ['renderer/store/a.ts', `import { scaleLinear } from 'd3';`],
    ['renderer/simulation/client.ts', `import { x } from '../../sim-core/index.ts';`],
    ['renderer/host/a.ts', `import { x } from '../store/store.ts';`],
    ['renderer/main.tsx', `import { readFileSync } from 'node:fs';`],
  ])('%s: %s', (place, text) => {
    expect(importViolations([parseSource(place, text)])).toHaveLength(1);
  });

  test.each([
    ['sim-core/nodes/roles.ts', `import { x } from './cmr-server/cmr-server.ts';`],
    ['sim-core/conformance/oracles/a.ts', `import { x } from '../oracle.ts';`],
    ['electron/a.ts', `import type { HostBridge } from '../renderer/host/host-bridge.ts';`],
    ['cli/run.ts', `import { x } from '../sim-core/index.ts';`],
    ['renderer/ladder/layout/a.ts', `import { scaleLinear, type ScaleLinear } from 'd3';`],
    ['renderer/main.tsx', `import workerUrl from './simulation/worker.ts?worker&url';`],
    ['sim-core/a.ts', `// import { x } from '../cli/main.ts';`],
  ])('%s may: %s', (place, text) => {
    const table = [...importTable, { place: 'sim-core/a.ts', mayImport: [] }];
    expect(importViolations([parseSource(place, text)], table)).toEqual([]);
  });

  test('a detour from the reading door is found, and named', () => {
    const files = [
      parseSource('sim-core/reading.ts', `export { x } from './trace/a.ts';`),
      parseSource('sim-core/trace/a.ts', `import { x } from '../world/world.ts';`),
    ];
    expect(readingViolations(files)).toEqual([
      'loading the reading door loads ' +
        'sim-core/reading.ts → sim-core/trace/a.ts → sim-core/world/world.ts',
    ]);
  });

  test('the reading door may speak of what runs in types', () => {
    const door = parseSource('sim-core/reading.ts', `export type { Run } from './run/run.ts';`);
    expect(readingViolations([door])).toEqual([]);
  });
});
