import { clause } from '../../base/clause-id.ts';
import type { DefectName } from '../../base/defects.ts';
import type { Switches } from '../../base/switches.ts';
import type { Outbox } from '../../kernel/node.ts';
import { bodyOf, headerTokens, type SipRequest } from '../../sip/message.ts';
import type { CmrServerConfig, DeliveryMode } from './call.ts';

/** Which mode delivers the resources of a call (GAP-33). */

/** In the order in which they are tried, the best first (R-EM-06). */
const byPreference: readonly DeliveryMode[] = ['application-server', 'gateway', 'http'];

/** What a CMR Server goes by. */
interface Readings {
  readonly switches: Switches;
  readonly defects: readonly DefectName[];
}

/**
 * What an INVITE lacks for ring-back by this mode, as the end of a sentence, or null: nothing is
 * used that it does not support (R-MSG-11).
 */
export function lackFor(
  mode: DeliveryMode,
  invite: SipRequest,
  { switches, defects }: Readings,
): string | null {
  if (defects.includes('delivers-unasked')) return null;
  const supported = headerTokens(invite, 'Supported');
  const reliable = [...supported, ...headerTokens(invite, 'Require')].includes('100rel');
  switch (mode) {
    case 'application-server':
      if (!supported.includes('early-session')) return 'does not support early-session';
      return supported.includes('100rel') ? null : 'does not support 100rel';
    case 'gateway':
      if (!headerTokens(invite, 'P-Early-Media').includes('supported')) {
        return 'does not say P-Early-Media: supported';
      }
      if (!reliable && switches['SW-GW-NO100REL'] === 'no-cmr') {
        return 'does not support 100rel'; // GAP-12
      }
      return bodyOf(invite, 'session') === null ? 'carries no offer' : null; // GAP-35
    case 'http':
      return null;
  }
}

/**
 * The mode for this call, or null for none: the one configured, whose own trigger then decides;
 * with `auto` the first that the INVITE lets work.
 */
export function chooseMode(
  config: CmrServerConfig,
  invite: SipRequest,
  out: Outbox,
): DeliveryMode | null {
  const { mode } = config;
  if (mode !== 'auto') return mode === 'none' ? null : mode;
  const lacks: string[] = [];
  for (const candidate of byPreference) {
    const lack = lackFor(candidate, invite, config);
    if (lack === null) {
      const why = lacks.length === 0 ? "Client-A's INVITE has all it takes" : lacks.join('; ');
      decided(candidate, why, out);
      return candidate;
    }
    lacks.push(`${modeNames[candidate]}: the INVITE ${lack}`);
  }
  return null;
}

const modeNames = {
  'application-server': 'Application Server Mode',
  gateway: 'Gateway Mode',
  http: 'HTTP Mode',
} as const;

function decided(mode: DeliveryMode, why: string, out: Outbox): void {
  const chosen = modeNames[mode];
  out.note({ kind: 'decision', about: 'delivery', chosen, why, clause: clause('GAP-33') });
}
