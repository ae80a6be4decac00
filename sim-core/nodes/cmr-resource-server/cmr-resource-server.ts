import { unreachable } from '../../base/check.ts';
import { micros } from '../../base/micros.ts';
import { isHttpTimer } from '../../http/http-timers.ts';
import { fireAsHttpServer, receiveAsHttpServer } from '../../http/serving.ts';
import { isTcp } from '../../http/tcp-packet.ts';
import type { NodeBehaviour, NodeId, Outbox, TimerKey } from '../../kernel/node.ts';
import { isKeyPacket } from '../../media/key-packet.ts';
import { isMedia } from '../../media/media-packet.ts';
import { receiveMedia } from '../../media/media-session.ts';
import { forwardPacket, sendDue } from '../../media/packet-flow.ts';
import { isRtpPacket } from '../../media/rtp-packet.ts';
import {
  isControl,
  type Command,
  type CommandMessage,
  type Reply,
  type ReplyMessage,
} from '../../resource-control/control-message.ts';
import { serveMedia } from './conference.ts';
import { hearKey, notify } from './keys.ts';
import { allocateConference, renegotiate, reserve } from './reserving.ts';
import { resourceServerInWords } from './server-in-words.ts';
import {
  newCmrResourceServer,
  repliesKept,
  servedCall,
  type AcceptedCommand,
  type CmrResourceServerConfig,
  type CmrResourceServerState,
  type ServedCall,
} from './server-state.ts';

/** The CMR Resource Server: keeps ports, plays, mixes, forwards, as the CMR Server tells it. */
export const cmrResourceServer: NodeBehaviour<CmrResourceServerState, CmrResourceServerConfig> = {
  role: 'cmr-resource-server',
  init: newCmrResourceServer,
  inWords: resourceServerInWords,
  handle(server, input, out) {
    const { packets } = server.media;
    if (packets !== null) packets.now = out.now();
    switch (input.kind) {
      case 'packet':
        if (isMedia(input.packet)) {
          receiveMedia(server.media, input.packet);
          serveMedia(server, out);
        } else if (isKeyPacket(input.packet)) {
          hearKey(server, input.packet, out);
        } else if (isRtpPacket(input.packet)) {
          if (packets !== null) forwardPacket(packets, input.packet, out);
        } else if (isTcp(input.packet)) {
          receiveAsHttpServer(server.http, input.packet, input.from, out.now(), out);
        } else if (isControl(input.packet) && input.packet.form === 'command') {
          accept(server, input.packet, input.from, out);
        }
        return;
      case 'timer':
        if (packets !== null && sendDue(packets, input.timer, out)) return;
        if (isHttpTimer(input.timer)) fireAsHttpServer(server.http, input.timer, out);
        else if (input.timer.startsWith(carriesOut)) carryOutNext(server, out);
        else endResource(server, input.timer, out);
        return;
      case 'start':
      case 'user':
        return;
      default:
        unreachable(input);
    }
  },
  breakOff(server, out) {
    const mixed = server.calls.some(({ conference }) => (conference?.mixing ?? null) !== null);
    server.calls.length = 0;
    if (mixed) out.note({ kind: 'mixing', cells: [] });
    serveMedia(server, out);
  },
  remains({ calls, media }) {
    const left: string[] = [];
    for (const { playing, reservation, conference } of calls) {
      if (playing) left.push('plays');
      if (reservation !== null) left.push('a reservation');
      if (conference !== null) left.push('a conference');
    }
    if (media.sending.length > 0) left.push(`${media.sending.length} streams sent`);
    return left;
  },
};

const carriesOut = 'own carry out ';

/** Replies, and carries the command out when the time for processing it has passed. */
function accept(
  server: CmrResourceServerState,
  message: CommandMessage,
  from: NodeId,
  out: Outbox,
): void {
  const { call, leg, command, transaction } = message;
  const repeated = server.replies.find(
    ({ to, message: before }) => to === from && before.transaction === transaction,
  );
  if (repeated !== undefined) {
    out.send(repeated.message, from);
    return;
  }
  const why = refusalOf(server, command);
  const reply: Reply =
    why === null
      ? replyTo(server, servedCall(server, call, leg, from), command)
      : { kind: 'refused', why };
  const label = reply.kind === 'refused' ? 'refused' : 'ok';
  const sent: ReplyMessage = Object.freeze({
    protocol: 'resource control',
    label,
    form: 'reply',
    call,
    leg,
    transaction,
    to: command.kind,
    reply: Object.freeze(reply),
  });
  server.replies = [...server.replies.slice(1 - repliesKept), { to: from, message: sent }];
  out.send(sent, from);
  if (reply.kind === 'refused') return;
  server.accepted.push({ call, leg, from, command, reply, at: out.instant() });
  // A timer of no length fires when the processing time has passed, as the reply leaves.
  out.startTimer(`${carriesOut}${server.nextCommand}`, micros(0));
  server.nextCommand += 1;
}

/** Why a command is refused whatever it is about, or null. */
function refusalOf({ config, calls }: CmrResourceServerState, { kind }: Command): string | null {
  if (config.refuses.includes(kind)) return 'by the scenario';
  if (config.capacity === null || (kind !== 'reserve' && kind !== 'allocate conference')) {
    return null;
  }
  let kept = 0;
  for (const { reservation, conference } of calls) {
    kept += Number(reservation !== null) + Number(conference !== null);
  }
  return kept < config.capacity ? null : 'nothing is free';
}

function replyTo(server: CmrResourceServerState, served: ServedCall, command: Command): Reply {
  switch (command.kind) {
    case 'reserve':
      return reserve(server, served, command);
    case 'renegotiate':
      return renegotiate(server, served, command);
    case 'allocate conference':
      return allocateConference(server, served);
    case 'play':
      return served.reservation === null
        ? { kind: 'refused', why: 'nothing is reserved' }
        : { kind: 'done' };
    case 'mix':
    case 'audit':
      return served.conference === null
        ? { kind: 'refused', why: 'no conference' }
        : { kind: 'done' };
    case 'stop':
    case 'release':
      return { kind: 'done' };
  }
}

function carryOutNext(server: CmrResourceServerState, out: Outbox): void {
  const accepted = server.accepted.shift();
  if (accepted === undefined) return;
  carryOut(server, accepted, out);
  // Commands that came together take effect together.
  if (server.accepted[0]?.at !== accepted.at) serveMedia(server, out);
}

function carryOut(
  server: CmrResourceServerState,
  { call, leg, from, command, reply }: AcceptedCommand,
  out: Outbox,
): void {
  const served = servedCall(server, call, leg, from);
  switch (command.kind) {
    case 'play':
      play(server, served, command, out);
      break;
    case 'renegotiate':
      if (served.reservation === null || reply.kind !== 'reserved') return;
      served.reservation = {
        ...served.reservation,
        local: reply.description,
        remote: command.offer,
      };
      break;
    case 'stop':
      out.stopTimer(endTimerOf(served));
      served.playing = false;
      served.reservation = null;
      break;
    case 'mix': {
      const { kind: _kind, ...mixing } = command;
      if (served.conference !== null) {
        served.conference.mixing = mixing;
        // The matrix says that the ring is heard, whatever became of the command to play it.
        served.playing = served.reservation !== null && !served.ended;
        out.note({ kind: 'mixing', cells: mixing.cells });
      }
      break;
    }
    case 'release': {
      const mixed = served.conference?.mixing !== null && served.conference !== null;
      out.stopTimer(endTimerOf(served));
      server.calls.splice(server.calls.indexOf(served), 1);
      if (mixed) out.note({ kind: 'mixing', cells: [] });
      break;
    }
    case 'reserve':
    case 'allocate conference':
    case 'audit':
      break;
  }
}

/** The ring begins; one that does not loop ends by itself (GAP-45). */
function play(
  server: CmrResourceServerState,
  served: ServedCall,
  { answer, loops }: Extract<Command, { kind: 'play' }>,
  out: Outbox,
): void {
  const { reservation } = served;
  if (reservation === null) return;
  if (answer !== null) reservation.remote = answer;
  served.playing = true;
  served.ended = false;
  const held = server.config.resources.find(({ name }) => name === reservation.resource);
  if (!loops && held !== undefined) out.startTimer(endTimerOf(served), held.duration);
}

function endResource(server: CmrResourceServerState, timer: TimerKey, out: Outbox): void {
  const served = server.calls.find((one) => endTimerOf(one) === timer);
  if (served === undefined) return;
  served.playing = false;
  served.ended = true;
  notify(server, served, { kind: 'resource ended' }, out);
  serveMedia(server, out);
}

function endTimerOf({ call, leg }: ServedCall): TimerKey {
  return `own end of the resource for ${leg} ${call}`;
}
