import { expect, type Page, type PlaywrightTestArgs, type TestType } from '@playwright/test';

/** The Continue call, without running all other scenarios beside it. */
export const figure = '#scenario=continue/as-in-the-figure&library=off';
/** The doors, likewise. */
export const theDoors = './#library=off';

/**
 * Fails a test for every complaint of its page: console errors, exceptions, failed requests, and
 * requests to anybody else.
 */
export function listenForComplaints(test: TestType<PlaywrightTestArgs, object>): void {
  const complaints = new WeakMap<Page, string[]>();
  test.beforeEach(({ page, baseURL }: { page: Page; baseURL?: string }) => {
    const heard: string[] = [];
    complaints.set(page, heard);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
    });
    page.on('pageerror', (error) => heard.push(error.message));
    page.on('requestfailed', (request) => {
      // Leaving a page ends what it still waits for; that is no failure.
      if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
      heard.push(`failed: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      const own = url.startsWith(baseURL ?? '') || /^(?:about|blob):/.test(url);
      if (!own) heard.push(`asked elsewhere: ${url}`);
    });
  });
  test.afterEach(({ page }: { page: Page }) => {
    expect(complaints.get(page)).toEqual([]);
  });
}

/** Opens the page and waits for the run it names. */
export async function open(page: Page, fragment = figure): Promise<void> {
  await page.goto(`./${fragment}`);
  await expect(page.locator('.arrow').first()).toBeAttached();
  await expect(page.locator('.verdict-sum .count').first()).toBeVisible();
}

/** Chooses a file of that text in the picker. */
export async function openText(page: Page, name: string, text: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await (await chooser).setFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
}
