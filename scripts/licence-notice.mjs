import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Collects the packages a bundle is made of and puts their licences beside it, as those licences
 * ask. vite's own notice forgets what only a worker uses.
 * @returns {{ whole: import('vite').Plugin, worker: () => import('vite').Plugin }} one plugin for
 *   the bundle, one for its workers, which are built first
 */
export function licenceNotice() {
  /** @type {Set<string>} */
  const folders = new Set();
  const collect = (/** @type {readonly string[]} */ modules) => {
    for (const module of modules) {
      const folder = packageFolderOf(module);
      if (folder !== null) folders.add(folder);
    }
  };
  return {
    whole: {
      name: 'ringscope:licence-notice',
      generateBundle() {
        collect([...this.getModuleIds()]);
        this.emitFile({ type: 'asset', fileName: 'licences.md', source: noticeOf(folders) });
      },
    },
    worker: () => ({
      name: 'ringscope:licences-of-the-worker',
      generateBundle() {
        collect([...this.getModuleIds()]);
      },
    }),
  };
}

/**
 * @param {string} module a module's path, perhaps with a bundler's query
 * @returns {string | null} the folder of the package it belongs to; null for our own
 */
function packageFolderOf(module) {
  const place = module.replace(/^\0/, '').split(path.sep).join('/');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(place)?.[0] ?? null;
}

/**
 * @param {Iterable<string>} folders
 * @returns {string}
 */
function noticeOf(folders) {
  const sections = [...folders].map((folder) => section(folder)).sort();
  return `# Licences of what is in this bundle\n\n${sections.join('\n')}`;
}

/**
 * @param {string} folder
 * @returns {string}
 * @throws {Error} where a package has no licence text: it may not be shipped like that
 */
function section(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  if (file === undefined) throw new Error(`${name} comes without the text of its licence`);
  const text = readFileSync(path.join(folder, file), 'utf8').trim();
  return `## ${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
}
