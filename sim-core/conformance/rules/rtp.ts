import type { MediaPacket } from '../../media/media-packet.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import type { Happening, Observation, SeenStream, StreamChange } from './observation.ts';
import { rule, type Rule } from './rule.ts';
import { counted, ms, who, Who } from './words.ts';

/** RFC 3550 §7 and RFC 3551: who mixes, who forwards, and how long a packet is. */
export const rtpRules: readonly Rule[] = [
  rule(
    'R-RTP-01',
    mixers,
    (count) => `${counted(count, 'mixture')} had an SSRC of its own and named its contributors.`,
    'Nobody mixed streams.',
  ),
  rule(
    'R-RTP-02',
    translators,
    (count) => `${counted(count, 'stream')} went on under the SSRC it came with.`,
    'Nobody forwarded a stream.',
  ),
  rule(
    'R-RTP-03',
    numbers,
    (count) => `${counted(count, 'source')} numbered its packets one by one, from a random number.`,
    'No packets were sent; the run has streams.',
  ),
  rule(
    'R-RTP-04',
    packetTimes,
    (count) => `${counted(count, 'audio stream')} had packets of 200 ms at most.`,
    'No audio was sent.',
  ),
  rule(
    'R-RTP-05',
    reports,
    (count) => `${counted(count, 'source')} reported at random, and no sooner than it may.`,
    'No reports were sent.',
  ),
  rule(
    'R-RTP-06',
    oneWay,
    (count) => `${counted(count, 'voice')} that was mixed came by no other way.`,
    'Nobody mixed streams.',
  ),
];

/**
 * Streams of the same medium that reach the sender of one, as they had arrived there, and carried
 * something, when that began or changed: what has left meanwhile is still on its way.
 */
function incoming(seen: Observation, sent: SeenStream, { record }: Happening): StreamChange[] {
  const changes: StreamChange[] = [];
  for (const stream of seen.streams) {
    if (stream.to !== sent.from || stream.medium !== sent.medium) continue;
    let [last, since]: [StreamChange | null, number] = [null, 0];
    for (const change of stream.changes) {
      const came = change.received?.record ?? Infinity;
      if (came < record && came > since) [last, since] = [change, came];
    }
    if (last !== null && last.packet.sources.length > 0) changes.push(last);
  }
  return changes;
}

/**
 * The streams that bring a source to a node: each carries that source and nothing else. A party
 * with an early session beside the regular one sends in both, under an SSRC for each.
 */
function bringing(changes: readonly StreamChange[], source: string): StreamChange[] {
  return changes.filter(({ packet: { sources } }) => {
    return sources.length === 1 && sources[0]?.source === source;
  });
}

/** Every instant at which a node began or went on to send what it puts together itself. */
function eachMixture(
  seen: Observation,
  tell: (stream: SeenStream, change: StreamChange, arriving: readonly StreamChange[]) => void,
): void {
  for (const stream of seen.streams) {
    for (const change of stream.changes) {
      if (change.packet.sources.length < 2) continue;
      tell(stream, change, incoming(seen, stream, change));
    }
  }
}

function mixers(seen: Observation, found: Findings): void {
  eachMixture(seen, ({ from }, change, arriving) => {
    const { packet } = change;
    const taken = arriving.find((one) => one.packet.ssrc === packet.ssrc);
    const unnamed = packet.sources.find(({ source }) => {
      const brought = bringing(arriving, source);
      const named = brought.some((one) => packet.csrc.includes(one.packet.ssrc));
      return brought.length > 0 && !named;
    });
    const mixer = Who(seen, from);
    if (taken !== undefined) {
      breaks(found, `${mixer} mixes under the SSRC of a stream it receives.`, taken, change);
    } else if (packet.csrc.length > 15) {
      breaks(found, `${mixer} lists ${packet.csrc.length} contributors, at most 15.`, change);
    } else if (unnamed !== undefined || packet.csrc.length < packet.sources.length) {
      const whom = unnamed?.source ?? 'every contributor';
      breaksAt(found, 'warning', `${mixer} does not list ${whom} as a contributor.`, change);
    } else holds(found, change);
  });
}

function translators(seen: Observation, found: Findings): void {
  for (const stream of seen.streams) {
    for (const change of stream.changes) {
      const { packet } = change;
      const [source] = packet.sources;
      // Who lists contributors mixes, even if only one of them is left.
      if (packet.sources.length !== 1 || source === undefined || packet.csrc.length > 0) continue;
      const brought = bringing(incoming(seen, stream, change), source.source);
      const [other] = brought;
      if (other === undefined) continue;
      const same = brought.find((one) => one.packet.ssrc === packet.ssrc);
      if (same !== undefined) holds(found, same, change);
      else {
        const says = `${Who(seen, stream.from)} forwards ${source.source} under another SSRC.`;
        breaks(found, says, other, change);
      }
    }
  }
}

/** RFC 3551 §4.2, in µs. */
const longestPacket = 200_000;

function packetTimes(seen: Observation, found: Findings): void {
  for (const { from, medium, changes } of seen.streams) {
    if (medium !== 'audio') continue;
    const odd = changes.find(({ packet }) => isOddTime(packet));
    if (odd === undefined) holds(found, changes[0] ?? null);
    else {
      const time = ms(odd.packet.packetTime);
      breaks(found, `${Who(seen, from)} sends packets of ${time}.`, odd);
    }
  }
}

function isOddTime({ packetTime, sources }: MediaPacket): boolean {
  return sources.length > 0 && (packetTime <= 0 || packetTime > longestPacket);
}

function oneWay(seen: Observation, found: Findings): void {
  eachMixture(seen, (mixture, change) => {
    const until = mixture.changes.find(({ at }) => at > change.at)?.at ?? Infinity;
    for (const { source } of change.packet.sources) {
      const originator = [...seen.nodes.values()].find(({ name }) => name === source);
      if (originator === undefined) continue;
      const own = seen.streams.filter(({ from, medium }) => {
        return from === originator.id && medium === mixture.medium;
      });
      const direct = own.filter(({ to }) => to === mixture.to).flatMap(times);
      const brought = own.filter(({ to }) => to === mixture.from).flatMap(times);
      // What was under way to the mixer when its sender moved is no second way.
      const both = direct.find((one) => {
        return brought.some((other) => {
          const begins = Math.max(one.from.at, other.from.at, change.at);
          return begins < Math.min(one.to, other.to, until);
        });
      });
      if (both === undefined) holds(found, change);
      else {
        const says = `${source} reached ${who(seen, mixture.to)} by itself and in the mixture.`;
        breaks(found, says, change, both.from);
      }
    }
  });
}

/** The times in which a stream carried anything. */
function times({ changes }: SeenStream): { from: StreamChange; to: number }[] {
  return changes.flatMap((change, place) => {
    if (change.packet.sources.length === 0) return [];
    return [{ from: change, to: changes[place + 1]?.at ?? Infinity }];
  });
}

function numbers(seen: Observation, found: Findings): void {
  for (const { node, forwarded, first, jumps, packets } of seen.sources) {
    const [jump] = jumps;
    if (forwarded || packets < 2) continue;
    if (jump !== undefined) {
      breaks(found, `${Who(seen, node)} sends packet ${jump.to} after ${jump.from}.`, jump);
    } else if (first.sequence === 0 && first.timestamp === 0) {
      breaks(found, `${Who(seen, node)} begins to count at 0.`, first);
    } else holds(found, first);
  }
}

/**
 * RFC 3550 §6.3.1, in µs: at least 5 s on average, and 2.5 s before the first, drawn from half to
 * three halves of it and divided by e − 3/2.
 */
const leastBetween = 2_052_000;
const leastBefore = 1_026_000;

function reports(seen: Observation, found: Findings): void {
  for (const { node, first, reports: all } of seen.sources) {
    // Who sends to two places at once reports to both.
    const own = all.filter(({ at }, place) => at !== all[place - 1]?.at);
    const [earliest, ...later] = own;
    if (earliest === undefined) continue;
    const gaps = later.map(({ at }, place) => at - (own[place]?.at ?? at));
    const early = later.find((_report, place) => (gaps[place] ?? leastBetween) < leastBetween);
    const sender = Who(seen, node);
    if (earliest.at - first.at < leastBefore) {
      const after = ms(earliest.at - first.at);
      breaks(found, `${sender} reports ${after} after it has begun to send.`, first, earliest);
    } else if (early !== undefined) {
      breaks(found, `${sender} reports again within ${ms(leastBetween)}.`, early);
    } else if (gaps.length > 2 && new Set(gaps).size === 1) {
      breaks(found, `${sender} reports at equal distances.`, earliest);
    } else holds(found, earliest);
  }
}
