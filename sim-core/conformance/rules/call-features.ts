import { headerTokens, headerValue, type SipMessage } from '../../sip/message.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import type { Observation, SeenMessage, SeenResponse, SeenTransaction } from './observation.ts';
import { has, transactionsOf } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { beginsAfter, carrying, mediaAddressesOf, streamsFrom } from './streams.ts';
import { counted, Named, Who } from './words.ts';

/** Alert-Info, 199, Reason and INFO: RFC 7462, RFC 6228, RFC 3326, RFC 6086. */
export const callFeatures: readonly Rule[] = [
  rule(
    'R-ALI-01',
    alertInfo,
    (count) =>
      `${counted(count, 'Alert-Info')} stood in an INVITE or a provisional response to it.`,
    'No message has Alert-Info.',
  ),
  rule(
    'R-ALI-02',
    alertInfoAgain,
    () => 'No re-INVITE and no response to one has Alert-Info.',
    'Nobody sent a re-INVITE.',
  ),
  rule(
    'R-199-01',
    earlyDialogTold,
    (count) => `${counted(count, '199')} went to who asked for it, with To tag and Reason.`,
    'Nobody sent 199.',
  ),
  rule(
    'R-199-02',
    silentAfter199,
    (count) => `${counted(count, '199')} was followed by no media of its early dialog.`,
    'Nobody sent 199.',
  ),
  rule(
    'R-199-03',
    plain199,
    (count) => `${counted(count, '199')} went unreliably and without SDP.`,
    'Nobody sent 199.',
  ),
  rule(
    'R-RSN-01',
    reasons,
    (count) => `${counted(count, 'Reason')} had its form and place.`,
    'No message has Reason.',
  ),
  rule(
    'R-DTMF-02',
    infoPackages,
    (count) => `${counted(count, 'INFO')} named a package that its receiver takes.`,
    'Nobody sent INFO.',
  ),
];

function isInvited({ packet }: SeenMessage, least: number, most: number): boolean {
  if (packet.kind !== 'response' || packet.cseq.method !== 'INVITE') return false;
  return packet.status >= least && packet.status <= most;
}

function alertInfo(seen: Observation, found: Findings): void {
  for (const one of seen.messages) {
    if (!has(one, 'Alert-Info')) continue;
    const { packet } = one;
    const fits =
      isInvited(one, 101, 199) || (packet.kind === 'request' && packet.method === 'INVITE');
    if (fits) holds(found, one);
    else breaks(found, `${Named(seen, one)} has Alert-Info, where nobody rings.`, one);
  }
}

function alertInfoAgain(seen: Observation, found: Findings): void {
  for (const { request, responses } of transactionsOf(seen, 'INVITE')) {
    if (request === null || request.packet.to.tag === null) continue;
    const odd = [request, ...responses].find((one) => has(one, 'Alert-Info'));
    if (odd === undefined) holds(found, request);
    else breaks(found, `${Named(seen, odd)} belongs to a re-INVITE and has Alert-Info.`, odd);
  }
}

function each199(
  seen: Observation,
  tell: (one: SeenResponse, invite: SeenTransaction) => void,
): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    for (const one of invite.responses) if (one.packet.status === 199) tell(one, invite);
  }
}

function earlyDialogTold(seen: Observation, found: Findings): void {
  each199(seen, (one, { request }) => {
    const asked = request !== null && headerTokens(request.packet, 'Supported').includes('199');
    const tags = [...headerTokens(one.packet, 'Supported'), ...headerTokens(one.packet, 'Require')];
    let fault: string | null = null;
    if (!asked) fault = 'went to a caller that does not support it';
    else if (one.packet.to.tag === null) fault = 'has no To tag';
    else if (!has(one, 'Reason')) fault = 'has no Reason';
    else if (tags.includes('199')) fault = 'lists 199 itself';
    if (fault === null) holds(found, one);
    else breaks(found, `${Named(seen, one)} ${fault}.`, request, one);
  });
}

function silentAfter199(seen: Observation, found: Findings): void {
  each199(seen, (one) => {
    const tag = one.packet.to.tag;
    const at = one.received?.at ?? one.sent.at;
    for (const dialog of seen.dialogs) {
      if (dialog.caller || dialog.localTag !== tag) continue;
      const own = mediaAddressesOf(dialog);
      if (own.size === 0) continue;
      for (const stream of streamsFrom(seen, dialog.node, own)) {
        const sound = carrying(stream, at) ?? beginsAfter(stream, at);
        if (sound === null) continue;
        const says = `${Who(seen, dialog.node)} sent media in an early dialog that 199 had ended.`;
        breaks(found, says, one, sound);
        return;
      }
    }
    holds(found, one);
  });
}

function plain199(seen: Observation, found: Findings): void {
  each199(seen, (one, { request, responses }) => {
    if (request === null) return;
    const mustBeReliable = headerTokens(request.packet, 'Require').includes('100rel');
    const offerless = request.packet.bodies.length === 0;
    const isFirst = responses.find(({ packet }) => packet.bodies.length > 0) === one;
    if (has(one, 'RSeq') && !mustBeReliable) {
      breaks(found, `${Named(seen, one)} is sent reliably.`, one);
    } else if (one.packet.bodies.length > 0 && !(offerless && isFirst)) {
      breaks(found, `${Named(seen, one)} carries SDP.`, one);
    } else holds(found, one);
  });
}

/** RFC 3326 §2: protocol, then cause and text as parameters. */
const reasonForm = /^[\w.!%*+`'~-]+(?:\s*;\s*[\w.!%*+`'~-]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]+))?)*$/;

function reasons(seen: Observation, found: Findings): void {
  for (const one of seen.messages) {
    const values = reasonsOf(one.packet);
    if (values.length === 0) continue;
    const protocols = values.map((value) => value.split(';')[0]?.trim().toLowerCase() ?? '');
    const bad = values.find((value) => !reasonForm.test(value) || isBadCause(value));
    if (bad !== undefined) {
      breaks(found, `${Named(seen, one)} has a Reason of no known form: ${bad}.`, one);
    } else if (new Set(protocols).size < protocols.length) {
      breaks(found, `${Named(seen, one)} has two Reasons of one protocol.`, one);
    } else {
      const odd = misplaced(one);
      if (odd === 'request') breaks(found, `${Named(seen, one)} has Reason outside a dialog.`, one);
      else if (odd === 'response') {
        const says = `${Named(seen, one)} has Reason, which RFC 3326 foresees for requests.`;
        breaksAt(found, 'info', says, one);
      } else holds(found, one);
    }
  }
}

function reasonsOf(message: SipMessage): string[] {
  const values: string[] = [];
  for (const [name, value] of message.headers) {
    if (name.toLowerCase() !== 'reason') continue;
    for (const part of value.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) values.push(part.trim());
  }
  return values;
}

function isBadCause(value: string): boolean {
  const cause = /;\s*cause\s*=\s*([^;\s]*)/i.exec(value)?.[1];
  return cause !== undefined && !/^\d+$/.test(cause);
}

/** Where RFC 3326 does not foresee it; a 199 is the response that does (RFC 6228 §4). */
function misplaced({ packet }: SeenMessage): 'request' | 'response' | null {
  if (packet.kind === 'response') {
    const named = packet.status === 199 || reasonsOf(packet).every((one) => /^q\.850/i.test(one));
    return named ? null : 'response';
  }
  return packet.to.tag === null && packet.method !== 'CANCEL' ? 'request' : null;
}

function infoPackages(seen: Observation, found: Findings): void {
  for (const { request, server } of transactionsOf(seen, 'INFO')) {
    if (request === null) continue;
    const named = headerValue(request.packet, 'Info-Package')?.split(';')[0]?.trim().toLowerCase();
    if (named === undefined) {
      breaks(found, `${Named(seen, request)} names no package.`, request);
      continue;
    }
    const takes = seen.messages.some(({ from, packet, sent }) => {
      const asked = from === server && sent.record < request.sent.record;
      return asked && packet.callId === request.packet.callId && takesPackage(packet, named);
    });
    if (takes) holds(found, request);
    else breaks(found, `${Named(seen, request)} names ${named}, which nobody asked for.`, request);
  }
}

function takesPackage(packet: SipMessage, name: string): boolean {
  return headerTokens(packet, 'Recv-Info').some((one) => one.split(';')[0] === name);
}
