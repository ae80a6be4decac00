import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { CustomScheme } from 'electron';

import responseHeaders from './response-headers.json' with { type: 'json' };

/** Every address of the window begins so. */
export const pageOrigin = 'app://ringscope';
export const pageAddress = `${pageOrigin}/index.html`;

/** What Electron has to know of the scheme before it is ready. */
export const pageScheme: CustomScheme = {
  scheme: 'app',
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
    bypassCSP: false,
    corsEnabled: false,
    allowServiceWorkers: false,
  },
};

/** What the built page is made of; a file of another kind is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** @returns whether the address belongs to the page; user, port and look-alikes do not */
export function isPageAddress(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}

/**
 * Serves the built page to the window and nothing else of the disk.
 * @param folder the built page, absolute; it may lie inside app.asar
 * @returns the handler for the scheme: 405 for any method but GET, 403 for an address that could
 *   leave the folder, 404 for what is not there, each with the page's headers
 */
export function servePage(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return answer(405, 'text/plain', null, { Allow: 'GET' });
    const file = fileOf(request.url, folder);
    if (file === null) return answer(403, 'text/plain', null);
    const contentType = contentTypes[path.extname(file)];
    if (contentType === undefined) return answer(404, 'text/plain', null);
    try {
      return answer(200, contentType, await readFile(file));
    } catch (error) {
      if (isMissing(error)) return answer(404, 'text/plain', null);
      throw error;
    }
  };
}

/**
 * The address is judged as it was sent: parsing it would quietly resolve the very segments that
 * have to be refused.
 * @returns the absolute path inside the folder; null where the address breaks a rule
 */
export function fileOf(url: string, folder: string): string | null {
  if (!isPageAddress(url)) return null;
  const [encoded = ''] = url.slice(pageOrigin.length + 1).split(/[?#]/, 1);
  const decoded = decodeOnce(encoded);
  if (decoded === null || /[\0\\%:]/.test(decoded)) return null;
  const segments = decoded.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return null;
  }
  const inside = path.resolve(folder);
  const file = path.resolve(inside, ...segments);
  return file.startsWith(inside + path.sep) ? file : null;
}

function decodeOnce(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is the only reason, and null is the answer to it.
    return null;
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR';
}

function answer(
  status: number,
  contentType: string,
  body: Uint8Array<ArrayBuffer> | null,
  more: Readonly<Record<string, string>> = {},
): Response {
  const headers = { ...responseHeaders, ...more, 'Content-Type': contentType };
  return new Response(body, { status, headers });
}
