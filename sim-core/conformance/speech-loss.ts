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
 * it, in µs. Speech counts by the time at which it leaves Client-B; what is on its way when
 * Client-A leaves the call, at `leftAt`, is not lost. `heard` is when Client-A renders Client-B.
 * Null where Client-B neither answered nor spoke.
 */
export function preAnswerLoss(
  watch: CallWatch,
  answeredAt: Micros | null,
  heard: readonly Stretch[],
  leftAt: Micros,
  endedAt: Micros,
): Micros | null {
  const { A, B, R } = watch.parties;
  if (answeredAt === null || A === null || B === null) return null;
  const ofB = flowsOf(watch, B.id, B.name, endedAt).filter((flow) => flow.carriesB);
  if (ofB.length === 0) return null;
  const onwards =
    R === null ? [] : flowsOf(watch, R.id, B.name, endedAt).filter((flow) => flow.to === A.id);
  // As if there were no jitter buffer: what is heard later than it arrives is not lost.
  const atArrival = moved(heard, 0 - A.jitterBuffer);
  const rendered: Stretch[] = [];
  for (const flow of ofB) {
    const arriving = moved([flow.sent], flow.transit);
    if (flow.to === A.id) rendered.push(...moved(common(arriving, atArrival), -flow.transit));
    if (flow.to !== R?.id) continue;
    for (const onward of onwards) {
      if (!onward.carriesB) continue;
      const forwarded = moved(common(arriving, [onward.sent]), onward.transit);
      rendered.push(...moved(common(forwarded, atArrival), -onward.transit - flow.transit));
    }
  }
  const last = ofB.reduce((a, b) => (b.sent.to >= a.sent.to ? b : a));
  const onward = last.to === A.id ? 0 : Math.min(...onwards.map(({ transit }) => transit));
  const way = last.transit + (Number.isFinite(onward) ? onward : 0);
  const until = micros(Math.min(last.sent.to, leftAt - A.jitterBuffer - way));
  if (until <= answeredAt) return micros(0);
  const speech = [{ from: answeredAt, to: until }];
  return micros(totalOf(speech) - totalOf(common(speech, merged(rendered))));
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
