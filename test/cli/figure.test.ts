import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { runCommandLine } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const file = 'scenarios/continue/as-in-the-figure.cmr.yaml';

describe('ringscope figure', () => {
  it('writes a Word document with a row for each step', async () => {
    const { terminal, bytes } = fakeTerminal();
    expect(await runCommandLine(['figure', file, '--to', 'docx'], terminal)).toBe(0);
    const files = unzipSync(bytes());
    const document = new TextDecoder().decode(files['word/document.xml']);
    const json = fakeTerminal();
    await runCommandLine(['figure', file, '--to', 'json'], json.terminal);
    const { steps } = JSON.parse(json.out());
    expect(document.match(/<w:tr>|<w:tr /g)).toHaveLength(steps.length + 1);
    expect(document).toContain('SIP UPDATE request to CMR Client-A with an SDP offer.');
  });

  it('sends no document to a terminal', async () => {
    const { terminal, err } = fakeTerminal({ outIsTerminal: true });
    expect(await runCommandLine(['figure', file, '--to', 'docx'], terminal)).toBe(2);
    expect(err()).toContain('--output');
  });
});

describe('ringscope slack', () => {
  it('tells the least first, in text and in JSON', async () => {
    const text = fakeTerminal();
    expect(await runCommandLine(['slack', file], text.terminal)).toBe(0);
    const json = fakeTerminal();
    await runCommandLine(['slack', file, '--to', 'json'], json.terminal);
    const { slack } = JSON.parse(json.out());
    expect(text.out().trim().split('\n')).toHaveLength(slack.length + 1);
    expect(text.out()).toContain('(CON-SRV-08)');
    expect(slack[0].slack).toBeLessThanOrEqual(slack.at(-1).slack);
  });
});
