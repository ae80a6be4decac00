import { micros, printMilliseconds, type Micros } from '../base/micros.ts';
import type { NodeId, UserAction } from '../kernel/node.ts';
import type { HeardSource, Medium, Note, TraceRecord } from '../kernel/trace-record.ts';
import type { MessageView } from '../trace/message-view.ts';
import type { TraceHeader } from '../trace/trace-header.ts';

export function ms(length: Micros): string {
  return `${printMilliseconds(length)} ms`;
}

/** As the figures call it: `'CMR Client-A'`. */
export function titleOf(header: TraceHeader, id: NodeId): string {
  return header.nodes.find((node) => node.id === id)?.title ?? `node ${id}`;
}

/** `'CMR Client-B sends 200 (INVITE), step 1, to CMR Server; it takes 40 ms.'` */
export function messageSentence(header: TraceHeader, view: MessageView): string {
  const { text, step, resent, from, to, lost, sentAt, arrivesAt } = view;
  const again = resent === 0 ? '' : ' again';
  const which = step === null ? '' : `, step ${step},`;
  const took = ms(micros(arrivesAt - sentAt));
  const way = lost ? 'it is lost' : `it takes ${took}`;
  const who = titleOf(header, from);
  return `${who} sends ${text}${which}${again} to ${titleOf(header, to)}; ${way}.`;
}

/** `'CMR Client-B answers.'` */
export function actSentence(
  header: TraceHeader,
  { node, action }: Extract<TraceRecord, { kind: 'user' }>,
): string {
  return `${titleOf(header, node)} ${verbs[action.kind]}.`;
}

const verbs: Readonly<Record<UserAction['kind'], string>> = {
  dial: 'dials',
  answer: 'answers',
  reject: 'rejects the call',
  cancel: 'gives up',
  'hang up': 'hangs up',
  hold: 'puts the call on hold',
  resume: 'resumes the call',
  silence: 'silences the ringer',
  press: 'presses a key',
  're-invite': 'has the terminal send a re-INVITE',
  update: 'has the terminal send an UPDATE',
};

/** One sentence for any record; `view` is the message of which it is an end. */
export function recordSentence(
  header: TraceHeader,
  record: TraceRecord,
  view: MessageView | null,
): string {
  const who = titleOf(header, record.node);
  switch (record.kind) {
    case 'user':
      return actSentence(header, record);
    case 'received':
      return `${who} receives ${view?.text ?? record.packet.label}.`;
    case 'sent':
    case 'dropped':
      return view === null ? `${who} sends ${record.packet.label}.` : messageSentence(header, view);
    case 'timer fired':
      return `${timerName(record.timer)} of ${who} fires.`;
    case 'timer started':
      return `${who} starts ${timerName(record.timer)}.`;
    case 'timer stopped':
      return `${who} stops ${timerName(record.timer)}.`;
    case 'note':
      return noteSentence(header, record.node, record.note);
  }
}

function noteSentence(header: TraceHeader, node: NodeId, note: Note): string {
  const who = titleOf(header, node);
  switch (note.kind) {
    case 'hears':
      return soundsSentence(header, node, note.medium, note.sources);
    case 'decision':
      if (note.about === 'delivery') return `${who} delivers by ${note.chosen}: ${note.why}.`;
      return note.about === 'Continue'
        ? `${who} decides to ${note.chosen}: ${note.why}.`
        : `${who} decides to ${note.chosen} the ring tone: ${note.why}.`;
    case 'state':
      return `The ${note.machine} of ${who} goes from ${note.from} to ${note.to}.`;
    case 'procedure step':
      return `${who} comes to “${note.step}” of ${note.procedure}.`;
    case 'mixing':
      return note.cells.length === 0 ? `${who} stops mixing.` : `${who} mixes.`;
    case 'ignored':
      return `${who} ignores it: ${note.why}.`;
    case 'outage':
      return `${who} ${note.what}.`;
  }
}

/** `'CMR Client-A hears ringing-7 at 25 % and client-b.'` */
export function soundsSentence(
  header: TraceHeader,
  node: NodeId,
  medium: Medium,
  sources: readonly HeardSource[],
): string {
  const sense = medium === 'audio' ? 'hears' : 'sees';
  const named = sources.map(({ source, gainPercent }) =>
    gainPercent === 100 ? source : `${source} at ${gainPercent} %`,
  );
  const list = named.length === 0 ? 'nothing' : named.join(' and ');
  return `${titleOf(header, node)} ${sense} ${list}.`;
}

/** `'A z9hG4bK-a-1'` is `'Timer A'`, `'2xx end z9hG4bK-b-1'` is `'The timer “2xx end”'`. */
function timerName(timer: string): string {
  const name = timer.slice(0, timer.lastIndexOf(' '));
  return name.length === 1 ? `Timer ${name}` : `The timer “${name}”`;
}
