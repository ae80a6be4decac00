import { readFileSync } from 'node:fs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test, type Page } from '@playwright/test';

import { listenForComplaints, open, openText } from './window-page.ts';

listenForComplaints(test);

const payload = `<img src=x onerror="document.title='owned'"></svg><script>document.title='owned'</script>`;
/** As a string of YAML in single quotes takes it. */
const inYaml = payload.replaceAll("'", "''");

/** Exports as that format and gives the file's bytes. */
async function saved(page: Page, format: string, scope = 'all'): Promise<Buffer> {
  await page.keyboard.press('Control+e');
  await page.locator(`.export-dialog input[value="${format}"]`).check();
  const wanted = page.locator(`.export-dialog input[value="${scope}"]`);
  if (await wanted.isEnabled()) await wanted.check();
  const download = page.waitForEvent('download');
  await page.locator('.export-dialog').getByRole('button', { name: 'Save' }).click();
  return readFileSync(await (await download).path());
}

/** Opens an exported file as somebody would who got it, and says what was in it that could run. */
async function shown(page: Page, name: string, bytes: Buffer): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-export-'));
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  await page.goto(pathToFileURL(file).href);
}

/** Prints what is shown, and looks at the paper: whatever came from outside is text on it. */
async function printed(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.keyboard.press('Control+e');
  await page.locator('.export-dialog input[value="pdf"]').check();
  await page.locator('.export-dialog').getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('.print-page').first()).toContainText(payload);
  await expect(page.locator('.print-page').locator('script, img, iframe')).toHaveCount(0);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await page.emulateMedia({ media: 'print' });
  await page.emulateMedia({ media: 'screen' });
}

test('hostile text is text in every export, and the pages run nothing but their own script', async ({
  page,
  context,
}) => {
  // Twelve files, one after the other.
  test.setTimeout(180_000);
  await open(page);
  const text = readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8')
    .replace(/^title: .*$/m, `title: ${JSON.stringify(payload)}`)
    .replace('s=QC VOIP', `s=${payload}`)
    .replace(
      "'Accept: application/sdp",
      `'Subject: ${inYaml}'\n        - 'Reason: SIP;text=${inYaml}'\n        - 'Accept: application/sdp`,
    );
  await openText(page, 'evil.cmr.yaml', text);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(payload);

  const svg = await saved(page, 'svg');
  expect(svg.toString()).toContain('&lt;script&gt;');
  for (const format of ['markdown', 'mermaid', 'plantuml', 'ascii']) {
    const written = (await saved(page, format)).toString().replace(/<U\+[0-9A-F]+>/g, '');
    if (format !== 'ascii') expect(written).not.toMatch(/<(?:script|img|svg)\b/i);
    expect(written).toMatch(/fp|fingerprint/);
  }
  const html = await saved(page, 'html');
  expect((await saved(page, 'png')).subarray(1, 4).toString()).toBe('PNG');
  expect((await saved(page, 'pcapng')).readUInt32LE(0)).toBe(0x0a0d0d0a);
  expect((await saved(page, 'cmrrun')).subarray(0, 2).toString()).toBe('PK');
  expect(JSON.parse((await saved(page, 'json')).toString())).toMatchObject({ schemaVersion: 1 });
  const lines = (await saved(page, 'ndjson')).toString().trimEnd().split('\n');
  const [header] = lines.map((line): unknown => JSON.parse(line));
  expect(header).toMatchObject({ title: payload });
  await printed(page);

  // As somebody would open it who got it by mail.
  const other = await context.newPage();
  const refused: string[] = [];
  other.on('console', (message) => refused.push(message.text()));
  await shown(other, 'evil.svg', svg);
  await expect(other.locator('text').first()).toBeVisible();
  const drawn = await other.evaluate(() => {
    const elements = [...document.querySelectorAll('*')];
    return {
      names: [...new Set(elements.map(({ localName }) => localName))],
      attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))],
    };
  });
  for (const name of drawn.names) expect(name).not.toMatch(/script|img|foreignObject|style|^a$/);
  for (const name of drawn.attributes)
    expect(name).not.toMatch(/^(?:on.*|(?:xlink:)?href|src|style)$/);
  await shown(other, 'evil.html', html);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(payload);
  await expect(other.locator('#clock')).toHaveText('0.000 s');
  await other.locator('#time').fill('5620000');
  await expect(other.locator('#clock')).toHaveText('5.620 s');
  await expect(other.locator('tr[aria-current]')).toContainText(/CMR/);
  await expect(other.locator('#heard')).toContainText('the clip');
  expect(await other.locator('img, iframe, script[src]').count()).toBe(0);
  expect(await other.title()).toBe(payload);
  expect(refused).toEqual([]);
  await other.close();
  expect(await page.title()).toBe('Ringscope');
});

test('the dialog says what there is, and a part is less than the whole', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  expect(await dialog.getByRole('radio').count()).toBe(15);
  await expect(dialog.getByRole('radio', { name: 'The selection' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  const one = (await saved(page, 'markdown', 'selection')).toString();
  const all = (await saved(page, 'markdown')).toString();
  expect(one.match(/^\| \d/gm)).toHaveLength(1);
  expect(all.match(/^\| \d/gm)?.length).toBeGreaterThan(30);
});

test('paper gets the whole ladder in the light theme, and the window comes back', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addInitScript(() => {
    window.print = () => undefined;
  });
  await open(page);
  await page.keyboard.press('Control+e');
  await page.locator('.export-dialog input[value="pdf"]').check();
  await page.locator('.export-dialog').getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('.print-page svg text').first()).toBeAttached();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.window')).toBeHidden();
  await expect(page.locator('.print-page').first()).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('.window')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a link brings an own scenario along, and says when the run comes out different', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  const text = readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');
  await openText(page, 'mine.cmr.yaml', text.replace(/^title: .*$/m, 'title: Mine alone'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mine alone');
  await page.keyboard.press('Control+Shift+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('text=');
  const link = await page.evaluate(() => navigator.clipboard.readText());

  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mine alone');
  await expect(page.locator('.arrow').first()).toBeAttached();
  await expect(page.locator('.notice')).toHaveCount(0);

  await page.goto('about:blank');
  await page.goto(link.replace(/#/, '#set=links.a.latency%3D41ms&'));
  await expect(page.locator('.notice')).toContainText(
    /This run differs from the recorded one at record \d+\./,
  );
});

test('a run bundle opens in the window, and one of another run says where it departs', async ({
  page,
}) => {
  await open(page);
  const bundle = await saved(page, 'cmrrun');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await (
    await chooser
  ).setFiles({ name: 'kept.cmrrun', mimeType: 'application/zip', buffer: bundle });
  await expect(page.locator('.document p')).toContainText('Opened');
  await expect(page.locator('.arrow').first()).toBeAttached();
  await expect(page.locator('.notice')).toHaveCount(0);
});
