import { readFileSync } from 'node:fs';

/**
 * Header name to value, as whoever serves the page sends them with every answer.
 * @type {Record<string, string>}
 */
export const responseHeaders = JSON.parse(
  readFileSync(new URL('../electron/response-headers.json', import.meta.url), 'utf8'),
);

/**
 * The policy for a page that no server of ours sends. Browsers ignore frame-ancestors in a page
 * and complain about it, so it is left out.
 */
export const policyForThePage = (responseHeaders['Content-Security-Policy'] ?? '')
  .split('; ')
  .filter((directive) => !directive.startsWith('frame-ancestors'))
  .join('; ');
