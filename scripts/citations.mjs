import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { root } from './project.mjs';

/** Ids as they are written: whole, or with more numbers of the same family behind them. */
const ids =
  /\b((?:DEL|CON|FLOW)(?:-[A-Z]+)+|GAP|R-[A-Z0-9]+)-(\d\d)(?!\d)((?:(?:,| and| to|–|…)\s?(?:[A-Z]+-)?\d\d(?!\d))*)/g;
/** `RFC3261 17.1.1.2`, `RFC 3261 §17.1.1.2` and `RFC 3264 §6, §8`. */
const sections = /\bRFC ?(\d{4})((?:(?:,| and)? (?:§+|(?=\d+(?:\.\d+)+\b))\d+(?:\.\d+)*)+)/g;

/**
 * The clauses that a text names, with the line of each first mention. A comment is read as one
 * line, so that an id may stand behind a line break.
 * @param {string} text of a TypeScript file
 * @returns {Map<string, number>} line by id, from 1
 */
export function citedIn(text) {
  /** @type {Map<string, number>} */
  const found = new Map();
  const joined = text.replace(
    /\n(\s*(?:\*|\/\/) )/g,
    (_, indent) => ` ${' '.repeat(indent.length)}`,
  );
  /** @param {string} id @param {number} offset */
  const add = (id, offset) => {
    if (!found.has(id)) found.set(id, text.slice(0, offset).split('\n').length);
  };
  for (const { 1: family = '', 2: first = '', 3: more = '', index } of joined.matchAll(ids)) {
    add(`${family}-${first}`, index);
    let last = Number(first);
    for (const { 1: joint = '', 2: number = '' } of more.matchAll(
      /(,| and| to|–|…)\s?(?:[A-Z]+-)?(\d\d)/g,
    )) {
      const isRange = joint === ' to' || joint === '–' || joint === '…';
      for (let at = isRange ? last + 1 : Number(number); at <= Number(number); at += 1) {
        add(`${family}-${String(at).padStart(2, '0')}`, index);
      }
      last = Number(number);
    }
  }
  for (const { 1: rfc = '', 2: list = '', index } of joined.matchAll(sections)) {
    for (const [number] of list.matchAll(/\d+(?:\.\d+)*/g)) add(`RFC${rfc} ${number}`, index);
  }
  return found;
}

/**
 * Where the sources name each clause. The catalogue, the excuses of a soak and the words of `base` are
 * no such places: they name clauses without doing what they say.
 * @returns {Record<string, string[]>} `file:line` by id, both in order
 */
export function citations() {
  const folder = path.join(root, 'sim-core');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => !/^(?:conformance\/clauses\/|requirements\/|soak\/|base\/)/.test(file))
    .sort();
  /** @type {Record<string, string[]>} */
  const places = {};
  for (const file of files) {
    for (const [id, line] of citedIn(readFileSync(path.join(folder, file), 'utf8'))) {
      (places[id] ??= []).push(`sim-core/${file}:${line}`);
    }
  }
  return Object.fromEntries(Object.entries(places).sort(([a], [b]) => (a < b ? -1 : 1)));
}
