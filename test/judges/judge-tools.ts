import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Which of these programs are not on this machine; looked for in PATH, so that none is started. */
export function missingOf(tools: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return tools.filter((tool) => !folders.some((folder) => existsSync(path.join(folder, tool))));
}

/** Whether a judge can be heard: without its tools a test is skipped, or fails where CI is set. */
export function hasTools(tools: readonly string[], skip: (note: string) => void): boolean {
  const missing = missingOf(tools);
  if (missing.length === 0) return true;
  const says = `not installed: ${missing.join(', ')}`;
  if (process.env['CI'] !== undefined) throw new Error(says);
  skip(says);
  return false;
}

/** Everything the tool says: sox prints its measurements where others print errors. */
export function asked(tool: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tool} ${words.join(' ')}: ${stderr}`);
  return `${stdout}${stderr}`.trim();
}
