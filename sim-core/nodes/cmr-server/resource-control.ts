import { milliseconds } from '../../base/micros.ts';
import type { Outbox, TimerKey } from '../../kernel/node.ts';
import type { Command, CommandMessage } from '../../resource-control/control-message.ts';
import type { CmrCall, CmrServerState } from './call.ts';

/** How long a command waits for its reply (GAP-31; spec F-21, ST-13). */
export const controlWait = milliseconds(1_000);

/** A command that only carries on with what was promised is repeated this often. */
const repeatsMost = 5;

const prefix = 'control ';

/** Sends a command to the CMR Resource Server and remembers that it waits for its reply. */
export function command(server: CmrServerState, call: CmrCall, wanted: Command, out: Outbox): void {
  const { resourceServer } = server.config;
  if (resourceServer === null) return;
  const transaction = server.nextCommand;
  server.nextCommand += 1;
  const message: CommandMessage = Object.freeze({
    protocol: 'resource control',
    label: wanted.kind,
    form: 'command',
    call: call.id,
    transaction,
    command: Object.freeze(wanted),
  });
  server.commands.push({ message, repeats: 0 });
  out.send(message, resourceServer);
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
  return timer.startsWith(prefix);
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
  const asksForNew = kind === 'reserve' || kind === 'allocate conference';
  if (asksForNew || waiting.repeats >= repeatsMost) return settled(server, transaction, out);
  waiting.repeats += 1;
  out.send(waiting.message, resourceServer);
  out.startTimer(timer, controlWait);
  return null;
}

/**
 * Ends the ring: `stop` where it was to play (DEL-GW-SRV-06), `release` where ports are only kept
 * (GAP-36). A reservation still on its way is released when it arrives.
 */
export function freeRing(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { ring } = call;
  if (ring === null) return;
  if (!ring.ordered && ring.answer === null) return;
  repeatNoMore(server, call, 'play', out);
  const { defects } = server.config;
  const orders = ring.ordered && defects.includes('stops-ring-twice') ? 2 : 1;
  const forgets = ring.ordered && defects.includes('never-stops-ring');
  for (let order = forgets ? orders : 0; order < orders; order += 1) {
    command(server, call, { kind: ring.ordered ? 'stop' : 'release' }, out);
  }
  call.ring = null;
}

export function freeConference(server: CmrServerState, call: CmrCall, out: Outbox): void {
  if (call.conference === null) return;
  repeatNoMore(server, call, 'mix', out);
  call.conference = null;
  command(server, call, { kind: 'release' }, out);
}

/** A command that what follows makes void must not arrive after it. */
function repeatNoMore(
  server: CmrServerState,
  call: CmrCall,
  kind: Command['kind'],
  out: Outbox,
): void {
  const ofCall = server.commands.filter(({ message }) => message.call === call.id);
  for (const { message } of ofCall) {
    if (message.command.kind === kind) settled(server, message.transaction, out);
  }
}
