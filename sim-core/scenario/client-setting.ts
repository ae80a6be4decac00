import type { Progress } from '../nodes/cmr-client/client-state.ts';
import { besideTheSession } from '../sdp/early-session.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import type { Header } from '../sip/message.ts';
import type { ScenarioDocument } from './scenario-schema.ts';
import type { ClientSetting } from './scenario.ts';
import { duration, occurrencesOf, taken } from './taken-quantities.ts';
import { readSpan } from './units.ts';

type WrittenClient = Extract<ScenarioDocument['nodes'][string], { role: 'cmr-client' }>;

/** A terminal as written, with its session descriptions read. */
export function clientSetting(
  name: string,
  node: WrittenClient,
  sdp: SessionDescription,
  earlySdp: SessionDescription | null,
): Omit<ClientSetting, 'processing'> {
  return {
    name,
    role: node.role,
    party: node.party,
    identity: node.identity,
    address: node.address,
    port: node.port,
    supported: node.supported,
    allow: node.allow,
    earlyMedia: node['early-media'] !== undefined,
    earlyMediaGate: node['early-media'] === 'gated' ? 'closed' : 'open',
    contactParameters: node['contact-parameters'],
    headers: {
      invite: node.headers.invite.map(headerField),
      provisional: node.headers.provisional.map(headerField),
      success: node.headers.success.map(headerField),
    },
    sdp,
    earlySession: {
      answers: node['early-session'].answers,
      sdp: earlySdp ?? besideTheSession(sdp),
    },
    sessionTimer: sessionTimer(node),
    alerting: alertingSetting(node.alerting),
    calling: {
      offer: node.calling.offer,
      media: node.calling.media ?? null,
      prackOffer: node.calling['prack-offer'],
    },
    reservation: {
      after: taken(readSpan(node.reservation.after)),
      earlySession: taken(readSpan(node.reservation['early-session'] ?? node.reservation.after)),
      fails: node.reservation.fails,
    },
    ringback: node.ringback,
    jitterBuffer: duration(node['jitter-buffer']),
    alertInfo: node['alert-info'],
    responds: node.responds.map(responseRule),
    defects: node.defects,
  };
}

function alertingSetting(written: WrittenClient['alerting']): ClientSetting['alerting'] {
  const { progress } = written;
  return {
    ...provisional(written),
    progress: progress === undefined ? null : provisional(progress),
    progressAgain: progress?.again === undefined ? null : taken(readSpan(progress.again)),
    autoAnswer: written['auto-answer'],
    repeats: written.repeats,
    supported: written.supported ?? null,
    playsMedia: written['plays-media'],
  };
}

function provisional(
  written: Pick<WrittenClient['alerting'], 'after' | 'reliable' | 'with-answer'>,
): Progress {
  const { after, reliable } = written;
  return { after: taken(readSpan(after)), reliable, withAnswer: written['with-answer'] };
}

function responseRule(
  written: WrittenClient['responds'][number],
): ClientSetting['responds'][number] {
  return {
    to: written.to,
    inDialog: written['in-dialog'] ?? null,
    occurrences: occurrencesOf(written),
    with: written.with ?? 'as usual',
    headers: written.headers.map(headerField),
    after: duration(written.after),
  };
}

function headerField(text: string): Header {
  const colon = text.indexOf(':');
  return [text.slice(0, colon).trimEnd(), text.slice(colon + 1).trim()];
}

/** Who lists timer supports session timers, whether it asks for one or not. */
function sessionTimer(node: WrittenClient): ClientSetting['sessionTimer'] {
  const written = node['session-timer'];
  const supports = node.supported.some((tag) => tag.toLowerCase() === 'timer');
  if (written === undefined && !supports) return null;
  const inSeconds = (text: string): number => Math.floor(duration(text) / 1_000_000);
  const expires = written?.expires === undefined ? null : inSeconds(written.expires);
  return { expires, least: written === undefined ? 90 : inSeconds(written.least) };
}
