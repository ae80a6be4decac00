import type { NodeId } from '../../kernel/node.ts';
import { isControl, type CommandMessage } from '../../resource-control/control-message.ts';
import { bodyOf, headerValue, isSip, type SipMessage } from '../../sip/message.ts';
import type { MessageView } from '../../trace/message-view.ts';
import type { TraceHeader } from '../../trace/trace-header.ts';

/** One step of a figure in a sentence, in the manner of the source texts' own flows. */
export function figureSentence(view: MessageView, header: TraceHeader): string {
  const from = nameOf(header, view.from);
  const to = nameOf(header, view.to);
  const { packet } = view;
  if (isSip(packet))
    return `${capital(from)} sends ${sipWords(view, packet)} to ${to}${withWords(view, packet)}.`;
  if (isControl(packet) && packet.form === 'command') {
    return `${capital(from)} ${commandWords(packet, to)}.`;
  }
  return packet.label === 'GET'
    ? `${capital(from)} asks ${to} for the CMR Resource by HTTP.`
    : `${capital(from)} answers ${to} by HTTP with ${packet.label}.`;
}

function nameOf({ nodes }: TraceHeader, id: NodeId): string {
  const node = nodes.find((one) => one.id === id);
  const title = node?.title ?? 'a node';
  return node?.party === 'S' || node?.party === 'R' ? `the ${title}` : title;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `a SIP re-INVITE request`, `a SIP 200 (OK) final response for the UPDATE request`. */
function sipWords({ text }: MessageView, packet: SipMessage): string {
  if (packet.kind === 'request') return `a SIP ${text} request`;
  const { status, reason, cseq } = packet;
  const kind = status < 200 ? 'provisional' : 'final';
  const named = /\((re-INVITE)\)/.exec(text)?.[1] ?? cseq.method;
  return `a SIP ${status} (${reason}) ${kind} response for the ${named} request`;
}

/** What the message carries that the flow is about. */
function withWords(view: MessageView, packet: SipMessage): string {
  const carried = view.marks.map(({ side, disposition }) => {
    const early = disposition === 'early-session' ? 'early-session ' : '';
    return `an ${early}SDP ${side === 'O' ? 'offer' : 'answer'}`;
  });
  const early = headerValue(packet, 'P-Early-Media');
  if (early !== null) carried.push(`P-Early-Media: ${early}`);
  if (packet.kind === 'response' && headerValue(packet, 'RSeq') !== null) carried.push('100rel');
  for (const name of ['Alert-Info', 'Call-Info']) {
    if (headerValue(packet, name) !== null) carried.push('the URL of the CMR Resource');
  }
  const silent = packet.cseq.method === 'INVITE' && view.text === '200 (INVITE)';
  if (carried.length === 0)
    return silent && bodyOf(packet, 'session') === null ? ' without SDP' : '';
  return ` with ${listed(carried)}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function commandWords({ command }: CommandMessage, to: string): string {
  switch (command.kind) {
    case 'reserve':
      return `reserves the CMR Resource at ${to}`;
    case 'play':
      return `instructs ${to} to play the CMR Resource`;
    case 'stop':
      return `instructs ${to} to stop playing the CMR Resource`;
    case 'allocate conference':
      return `contacts ${to} to allocate conference resources`;
    case 'mix':
      return `instructs ${to} to mix CMR Resource media and regular session media`;
    default:
      return `tells ${to} to ${command.kind}`;
  }
}
