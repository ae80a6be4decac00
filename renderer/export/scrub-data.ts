import type { MessageView, Run } from '../../sim-core/reading.ts';
import { sourceWords } from '../words/media-sources.ts';
import { arrowName } from '../words/message-sentence.ts';
import { nodeOf, shortTitle } from '../words/parties.ts';
import { millisWithUnit } from '../words/times.ts';
import type { ScrubPage } from './scrub-page.ts';

/** What a page to scrub says beside its figure: the messages, and who hears what. */
export function scrubWords(
  run: Run,
  messages: readonly MessageView[],
): Pick<ScrubPage, 'lanes' | 'steps'> {
  const { header, hears } = run;
  const steps = messages
    .toSorted((one, other) => one.sentAt - other.sentAt || one.record - other.record)
    .map((message) => ({
      at: message.sentAt,
      time: millisWithUnit(message.sentAt),
      says: arrowName(message, header),
    }));
  const lanes = new Map<string, { from: number; to: number; what: string }[]>();
  for (const { node, medium, sources, fromMicros, toMicros } of hears) {
    const verb = medium === 'audio' ? 'hears' : 'sees';
    const name = `${shortTitle(nodeOf(header, node).title)} ${verb}`;
    const what = sources.map((source) => sourceWords(source, header)).join(' and ');
    const heard = lanes.get(name) ?? [];
    heard.push({ from: fromMicros, to: toMicros, what });
    lanes.set(name, heard);
  }
  return { steps, lanes: [...lanes].map(([name, heard]) => ({ name, heard })) };
}
