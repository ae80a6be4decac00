import { micros, type Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { MediaPacket } from '../media/media-packet.ts';
import type { CallWatch, Passage } from './oracles/call-watch.ts';
import { common, merged, moved, totalOf, type Stretch } from './perception.ts';

/** One stream on one link: when it was sent, when it arrives after that, and what it carries. */
interface Flow {
  readonly to: NodeId;
  /** Sending times. */
  readonly sent: Stretch;
  readonly transit: number;
  readonly carriesB: boolean;
}

/**
 * preAnswerLoss: how long Client-B speaks, from its answer on, without Client-A ever rendering
 * it, in µs. Speech counts by the time at which it leaves Client-B; what comes after the last
 * speech rendered is the end of the call, not its beginning. `heard` is when Client-A renders
 * Client-B. Null where Client-B neither answered nor spoke.
 */
export function preAnswerLoss(
  watch: CallWatch,
  answeredAt: Micros | null,
  heard: readonly Stretch[],
  endedAt: Micros,
): Micros | null {
  const { A, B, R } = watch.parties;
  if (answeredAt === null || A === null || B === null) return null;
  const ofB = flowsOf(watch, B.id, B.name, endedAt).filter((flow) => flow.carriesB);
  if (ofB.length === 0) return null;
  const mixed =
    R === null ? [] : flowsOf(watch, R.id, B.name, endedAt).filter((flow) => flow.to === A.id);
  // As if there were no jitter buffer: what is heard later than it arrives is not lost.
  const atArrival = moved(heard, 0 - A.jitterBuffer);
  const rendered: Stretch[] = [];
  for (const flow of ofB) {
    const arriving = moved([flow.sent], flow.transit);
    if (flow.to === A.id) rendered.push(...moved(common(arriving, atArrival), -flow.transit));
    if (flow.to !== R?.id) continue;
    for (const onward of mixed) {
      if (!onward.carriesB) continue;
      const forwarded = moved(common(arriving, [onward.sent]), onward.transit);
      rendered.push(...moved(common(forwarded, atArrival), -onward.transit - flow.transit));
    }
  }
  const reached = merged(rendered);
  const spokenUntil = micros(Math.max(...ofB.map((flow) => flow.sent.to)));
  const until = reached.at(-1)?.to ?? spokenUntil;
  if (until <= answeredAt) return micros(0);
  const speech = { from: answeredAt, to: until };
  return micros(until - answeredAt - totalOf(common([speech], reached)));
}

/** A node's audio streams, cut wherever one changes or ends. */
function flowsOf(watch: CallWatch, from: NodeId, source: string, endedAt: Micros): Flow[] {
  const open = new Map<string, Passage<MediaPacket>>();
  const flows: Flow[] = [];
  const close = (passage: Passage<MediaPacket>, to: Micros): void => {
    const { packet, sent } = passage;
    const { arrivesAt } = sent;
    if (arrivesAt === null || packet.sources.length === 0) return;
    flows.push({
      to: passage.to,
      sent: { from: sent.at, to },
      transit: arrivesAt - sent.at,
      carriesB: packet.sources.some((one) => one.source === source && one.gainPercent > 0),
    });
  };
  for (const passage of watch.media) {
    if (passage.from !== from || passage.packet.medium !== 'audio') continue;
    const key = `${passage.to} ${passage.packet.stream}`;
    const before = open.get(key);
    if (before !== undefined) close(before, passage.sent.at);
    open.set(key, passage);
  }
  for (const passage of open.values()) close(passage, endedAt);
  return flows;
}
