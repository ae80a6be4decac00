import { milliseconds } from '../../base/micros.ts';
import type { Outbox, TimerKey } from '../../kernel/node.ts';
import type { Command, CommandMessage } from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { legs, type CmrCall, type CmrServerState, type Leg } from './call.ts';

/** How long a command waits for its reply (GAP-31; spec F-21, ST-13). */
export const controlWait = milliseconds(1_000);

/** A command that only carries on with what was promised is repeated this often. */
const repeatsMost = 5;

/** A sign of life that is asked for twice more and does not come is not there. */
const auditsMost = 2;

/** What asks for something new is of no use to anybody later. */
const givenUpAtOnce: ReadonlySet<Command['kind']> = new Set([
  'reserve',
  'renegotiate',
  'allocate conference',
]);

const prefix = 'control ';
const waitPrefix = 'reservation wait ';

/** Sends a command to the CMR Resource Server and remembers that it waits for its reply. */
export function command(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  wanted: Command,
  out: Outbox,
): void {
  const { resourceServer } = server.config;
  if (resourceServer === null) return;
  const transaction = server.nextCommand;
  server.nextCommand += 1;
  const message: CommandMessage = Object.freeze({
    protocol: 'resource control',
    label: wanted.kind,
    form: 'command',
    call: call.id,
    leg,
    transaction,
    command: Object.freeze(wanted),
  });
  server.commands.push({ message, repeats: 0 });
  out.send(message, resourceServer.node);
  out.startTimer(`${prefix}${transaction}`, controlWait);
}

/** Takes the command that a reply answers off the list; null where none waits for it. */
export function settled(
  server: CmrServerState,
  transaction: number,
  out: Outbox,
): CommandMessage | null {
  const place = server.commands.findIndex(({ message }) => message.transaction === transaction);
  if (place < 0) return null;
  const [waiting] = server.commands.splice(place, 1);
  out.stopTimer(`${prefix}${transaction}`);
  return waiting?.message ?? null;
}

export function isControlTimer(timer: TimerKey): boolean {
  return timer.startsWith(prefix) || timer.startsWith(waitPrefix);
}

/**
 * No reply in time. What asks for something new is given up, and its command given back; what
 * carries on with something promised is repeated, under the same transaction number.
 */
export function repeatCommand(
  server: CmrServerState,
  timer: TimerKey,
  out: Outbox,
): CommandMessage | null {
  const transaction = Number(timer.slice(prefix.length));
  const waiting = server.commands.find(({ message }) => message.transaction === transaction);
  const { resourceServer } = server.config;
  if (waiting === undefined || resourceServer === null) return null;
  const { kind } = waiting.message.command;
  const most = kind === 'audit' ? auditsMost : repeatsMost;
  if (givenUpAtOnce.has(kind) || waiting.repeats >= most) return settled(server, transaction, out);
  waiting.repeats += 1;
  out.send(waiting.message, resourceServer.node);
  out.startTimer(timer, controlWait);
  return null;
}

/** Client-A offers anew while the ring is there: the Resource Server answers (GAP-43). */
export function renegotiateRing(
  server: CmrServerState,
  call: CmrCall,
  offer: SessionDescription,
  out: Outbox,
): void {
  const direction = server.config.switches['SW-GW-SDP-DIR'];
  command(server, call, 'Client-A', { kind: 'renegotiate', offer, direction }, out);
}

/**
 * Ends the ring: `stop` where it was to play (DEL-GW-SRV-06), `release` where ports are only kept
 * (GAP-36). A reservation still on its way is released when it arrives.
 */
export function freeRing(server: CmrServerState, call: CmrCall, leg: Leg, out: Outbox): void {
  const ring = call.rings[leg];
  if (ring === null) return;
  if (!ring.ordered && ring.description === null) return;
  repeatNoMore(server, call, leg, 'play', out);
  const { defects } = server.config;
  const orders = ring.ordered && defects.includes('stops-ring-twice') ? 2 : 1;
  const forgets = ring.ordered && defects.includes('never-stops-ring');
  for (let order = forgets ? orders : 0; order < orders; order += 1) {
    command(server, call, leg, { kind: ring.ordered ? 'stop' : 'release' }, out);
  }
  call.rings[leg] = null;
}

/** Also one that was asked for and is not granted yet: commands keep their order. */
export function freeConference(server: CmrServerState, call: CmrCall, out: Outbox): void {
  for (const leg of legs) {
    const asked = repeatNoMore(server, call, leg, 'allocate conference', out);
    if (call.conference?.leg !== leg && !asked) continue;
    repeatNoMore(server, call, leg, 'mix', out);
    command(server, call, leg, { kind: 'release' }, out);
  }
  call.mixing = null;
  call.conference = null;
}

/** A command that what follows makes void must not arrive after it; whether there was one. */
function repeatNoMore(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  kind: Command['kind'],
  out: Outbox,
): boolean {
  const ofCall = server.commands.filter(
    ({ message }) =>
      message.call === call.id && message.leg === leg && message.command.kind === kind,
  );
  for (const { message } of ofCall) settled(server, message.transaction, out);
  return ofCall.length > 0;
}

/** The timer of a reservation that a message waits for (GAP-47). */
export function reservationTimer(call: CmrCall, leg: Leg): TimerKey {
  return `${waitPrefix}${leg} ${call.id}`;
}
