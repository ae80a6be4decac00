import type { Outbox } from '../../kernel/node.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { mixingMatrix } from './descriptions.ts';
import { dialogOn } from './legs.ts';
import { command } from './resource-control.ts';

/** CON-SRV-09: who hears whom, on the streams that both legs have agreed about last. */
export function mix(
  server: CmrServerState,
  call: CmrCall,
  what: 'ring and voices' | 'voices',
  out: Outbox,
): void {
  const { conference, names } = call;
  const legA = dialogOn(server, call, 'Client-A')?.offerAnswer.session;
  const legB = dialogOn(server, call, 'Client-B')?.offerAnswer.session;
  if (conference === null || !legA?.local || !legA.remote) return;
  if (!legB?.local || !legB.remote) return;
  const [towardsA, towardsB] = [legA.remote, legB.remote];
  const clientA = names['Client-A'];
  const clientB = names['Client-B'];
  const { resources, mixedGainPercent, mixedRegion, switches, defects } = server.config;
  const { leg } = conference;
  const resource = resources[leg];
  const ring = {
    resource,
    able: what === 'voices' ? null : conference.able,
    gainPercent: mixedGainPercent,
    region: mixedRegion,
    media: switches['SW-CONT-MEDIA'],
  };
  const cells =
    leg === 'Client-A'
      ? mixingMatrix(ring, clientA, clientB, towardsA, towardsB)
      : mixingMatrix(ring, clientB, clientA, towardsB, towardsA);
  if (defects.includes('mixes-ring-for-client-b')) {
    const gainPercent = mixedGainPercent;
    cells.push({ input: resource, output: clientB, medium: 'audio', gainPercent });
  }
  const offered = { offeredToA: legA.local, offeredToB: legB.local };
  const parties = { clientA, clientB, ...offered, towardsA, towardsB };
  call.mixing = what;
  command(server, call, leg, { kind: 'mix', ...parties, cells }, out);
}

/** A party has moved its media: the same is mixed on its new streams. */
export function remix(server: CmrServerState, call: CmrCall, out: Outbox): void {
  if (call.mixing !== null) mix(server, call, call.mixing, out);
}
