import type { MessageView, TraceHeader, TraceRecord } from '../../sim-core/reading.ts';
import type { TraceArrows } from '../ladder/trace-arrows.ts';
import { timerName, verbs } from './acts.ts';
import { nodeOf } from './parties.ts';
import { millisText } from './times.ts';

/** One sentence for one record: what happens, to whom, when. */
export function eventSentence(
  record: TraceRecord,
  arrows: TraceArrows,
  header: TraceHeader,
): string {
  const who = nodeOf(header, record.node).title;
  const message = arrows.messageOf.get(arrows.arrowOf.get(record.number) ?? '');
  const step = message?.step === null || message === undefined ? '' : `Step ${message.step}. `;
  const what = message === undefined ? '' : arrowText(message, arrows);
  return `${step}${who} ${deed(record, what, header)}, ${millisText(record.at)} milliseconds.`;
}

/** What the ladder calls it: media that start together have one name. */
function arrowText(message: MessageView, arrows: TraceArrows): string {
  const id = arrows.arrowOf.get(message.record);
  return arrows.arrows.find((arrow) => arrow.id === id)?.text ?? message.text;
}

function deed(record: TraceRecord, what: string, header: TraceHeader): string {
  switch (record.kind) {
    case 'sent':
      return `sends ${what} to ${nodeOf(header, record.to).title}`;
    case 'dropped':
      return `sends ${what} to ${nodeOf(header, record.to).title}, which is lost`;
    case 'received':
      return `receives ${what} from ${nodeOf(header, record.from).title}`;
    case 'user':
      return verbs[record.action.kind];
    case 'timer fired':
      return `has ${timerName(record.timer)} fire`;
    case 'timer started':
      return `starts ${timerName(record.timer)}`;
    case 'timer stopped':
      return `stops ${timerName(record.timer)}`;
    case 'note':
      return noteWords(record.note);
  }
}

/** What a note says, as the end of a sentence. */
function noteWords(note: Extract<TraceRecord, { kind: 'note' }>['note']): string {
  const sense = 'medium' in note && note.medium === 'video' ? 'sees' : 'hears';
  switch (note.kind) {
    case 'state':
      return `has its ${note.machine} go from ${note.from} to ${note.to}`;
    case 'procedure step':
      return `comes to “${note.step}” of ${note.procedure}`;
    case 'decision':
      if (note.about === 'delivery') return `delivers by ${note.chosen}: ${note.why}`;
      return note.about === 'Continue'
        ? `decides to ${note.chosen}: ${note.why}`
        : `decides to ${note.chosen} the ring tone: ${note.why}`;
    case 'hears':
      return note.sources.length === 0
        ? `${sense} nothing`
        : `${sense} ${note.sources.map(({ source }) => source).join(', ')}`;
    case 'mixing':
      return note.cells.length === 0 ? 'stops mixing' : 'mixes';
    case 'outage':
      return note.what;
    case 'ignored':
      return `ignores it: ${note.why}`;
  }
}
