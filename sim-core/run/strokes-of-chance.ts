import { micros, printDuration } from '../base/micros.ts';
import { messageInWords } from '../trace/message-in-words.ts';
import { viewMessages } from '../trace/view-messages.ts';
import type { Run } from './run.ts';

/** What chance did to the messages of a run, as faults that do the same for certain. */
export function strokesOf({ header, records }: Pick<Run, 'header' | 'records'>): readonly string[] {
  const messages = viewMessages(header, records);
  return messages.flatMap((message) => {
    const record = records[message.record - 1];
    const words = messageInWords(message, messages, header);
    if (record === undefined || words === null) return [];
    if (record.kind === 'dropped') return record.why === 'loss' ? [`drop ${words}`] : [];
    if (record.kind !== 'sent' || record.againAt === null) return [];
    const after = printDuration(micros(record.againAt - record.arrivesAt));
    return [`duplicate ${words} after ${after}`];
  });
}
