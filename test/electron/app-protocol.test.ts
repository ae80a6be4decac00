import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fileOf, isPageAddress, servePage } from '../../electron/app-protocol.ts';
import responseHeaders from '../../electron/response-headers.json' with { type: 'json' };

const outside = mkdtempSync(path.join(tmpdir(), 'ringscope-page-'));
const folder = path.join(outside, 'renderer');

beforeAll(() => {
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(folder, 'assets/index.js'), 'export {};');
  writeFileSync(path.join(folder, 'assets/index.js.map'), '{}');
  writeFileSync(path.join(folder, 'assets/ibm plex.woff2'), 'font');
  writeFileSync(path.join(outside, 'secret.json'), '{}');
  writeFileSync(path.join(outside, 'renderer-secret.json'), '{}');
});
afterAll(() => rmSync(outside, { recursive: true }));

/** A request as Electron gives it: the address as the page wrote it. */
function requestOf(url: string, method = 'GET'): Request {
  const request = new Request('http://ignored.invalid/', { method });
  Object.defineProperty(request, 'url', { value: url });
  return request;
}

const serve = servePage(folder);

describe('serving the page', () => {
  test.each([
    ['app://ringscope/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    [
      'app://ringscope/index.html?theme=dark#finding-3',
      'text/html; charset=utf-8',
      '<!doctype html>',
    ],
    ['app://ringscope/assets/index.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['app://ringscope/assets/ibm%20plex.woff2', 'font/woff2', 'font'],
  ])('%s', async (url, contentType, text) => {
    const response = await serve(requestOf(url));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(contentType);
    expect(await response.text()).toBe(text);
  });

  test.each([
    ['app://ringscope/', 403],
    ['app://ringscope/assets/', 403],
    ['app://ringscope/../secret.json', 403],
    ['app://ringscope/..%2fsecret.json', 403],
    ['app://ringscope/%2e%2e/secret.json', 403],
    ['app://ringscope/..%5csecret.json', 403],
    ['app://ringscope/%252e%252e/secret.json', 403],
    ['app://ringscope/assets/../../secret.json', 403],
    ['app://ringscope//etc/passwd', 403],
    ['app://ringscope/%2fetc/passwd', 403],
    ['app://ringscope/C:/windows/win.ini', 403],
    ['app://ringscope/index.html%00.js', 403],
    ['app://ringscope/%', 403],
    ['app://ringscope/%c3%28.html', 403],
    ['app://ringscope-secret.json', 403],
    ['app://other/index.html', 403],
    ['app://ringscope:80/index.html', 403],
    ['app://ada@ringscope/index.html', 403],
    ['https://ringscope/index.html', 403],
    ['app://ringscope/assets', 404],
    ['app://ringscope/missing.html', 404],
    ['app://ringscope/index.html/x.html', 404],
    ['app://ringscope/assets/index.js.map', 404],
  ])('%s is answered with %i', async (url, status) => {
    const response = await serve(requestOf(url));
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    const response = await serve(requestOf('app://ringscope/index.html', method));
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET');
  });

  test.each(['app://ringscope/index.html', 'app://ringscope/missing.html', 'app://ringscope/../x'])(
    '%s comes with every header',
    async (url) => {
      const { headers } = await serve(requestOf(url));
      for (const [name, value] of Object.entries(responseHeaders)) {
        expect(headers.get(name)).toBe(value);
      }
    },
  );
});

describe('addresses', () => {
  test.each([
    ['app://ringscope/index.html', true],
    ['app://ringscope/', true],
    ['app://ringscope', false],
    ['app://ringscope.example.org/', false],
    ['app://ringscope@example.org/', false],
    ['APP://ringscope/', false],
    ['blob:app://ringscope/x', false],
  ])('%s belongs to the page: %s', (url, belongs) => {
    expect(isPageAddress(url)).toBe(belongs);
  });

  test('a file lies in the folder, wherever that is named from', () => {
    expect(fileOf('app://ringscope/a/b.js', '/x/y/../z')).toBe(path.resolve('/x/z/a/b.js'));
  });
});

describe('the content security policy', () => {
  const directives = new Map(
    responseHeaders['Content-Security-Policy'].split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')] as const;
    }),
  );

  test('allows what the page is made of and nothing else', () => {
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' blob:",
      'font-src': "'self'",
      'media-src': "'self' blob:",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'frame-src': "'none'",
      'child-src': "'none'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'ringscope',
    });
  });
});
