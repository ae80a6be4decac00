import { readdirSync, readFileSync } from 'node:fs';

import type { ScenarioFile } from './engine-fingerprints.ts';

/** Every shipped scenario, in the order of its path. */
export function shippedFiles(): ScenarioFile[] {
  return readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.cmr.yaml'))
    .sort()
    .map((path) => ({ path, text: readFileSync(`scenarios/${path}`, 'utf8') }));
}
