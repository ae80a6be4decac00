import { check } from '../base/check.ts';
import { ratio, type Ratio } from '../base/ratio.ts';
import type { NodeSetting, OutageSetting, Scenario } from '../scenario/scenario.ts';
import { readLikelihood } from '../scenario/units.ts';
import { timeOf, type Dice } from './dice.ts';
import {
  changeOfLink,
  changeOfNode,
  nothing,
  ofChanges,
  ofFaults,
  type Change,
  type Disturbance,
} from './disturbance.ts';

/** One way in which a call can be disturbed. */
export interface FaultKind {
  readonly name: string;
  readonly says: string;
  /** Draws how it strikes this scenario; `nothing` where it has nothing to strike. */
  readonly draw: (dice: Dice, scenario: Scenario) => Disturbance;
}

/** ms of a call in which anything may go wrong; what users do ends before the run does. */
const callMs = 25_000;

const requests = ['INVITE', 'ACK', 'PRACK', 'UPDATE', 'BYE', 'CANCEL'] as const;
const responses = ['180', '200', '200 (PRACK)', '200 (UPDATE)', '200 (BYE)', '487'] as const;
const messages = [...requests, ...responses] as const;

/** The first of two faults that match decides, so most sentences name one occurrence. */
function one(dice: Dice): string {
  return `the ${dice.pick(['1st', '1st', '2nd', '3rd', '4th'])} ${dice.pick(messages)}`;
}

/** As a reader takes `14%`: the shortest ratio, which the chooser draws by. */
function percentOf(percent: number): Ratio {
  const { value } = readLikelihood(`${percent}%`);
  check(value !== null, 'a likelihood in percent');
  return value;
}

function nameOf(dice: Dice, items: readonly { readonly name: string }[]): string {
  return dice.pick(items)?.name ?? '';
}

/** Both ends of a link that carries SIP. */
function signallingEnds(dice: Dice, { links, nodes }: Scenario): readonly [string, string] | null {
  const roles = new Map(nodes.map(({ name, role }) => [name, role]));
  const carrying = links.filter(({ between }) =>
    between.every((end) => roles.get(end) !== 'cmr-resource-server'),
  );
  const [first, second] = dice.pick(carrying)?.between ?? ['', ''];
  if (first === '') return null;
  return dice.happens(1, 2) ? [first, second] : [second, first];
}

function nodeOf(dice: Dice, scenario: Scenario, role: NodeSetting['role']): NodeSetting | null {
  return dice.pick(scenario.nodes.filter((node) => node.role === role));
}

function outage(node: NodeSetting | null, setting: OutageSetting, written: string): Disturbance {
  // A second outage of one node might overlap with the first.
  if (node === null || (node.outages ?? []).length > 0) return nothing;
  const done = (before: NodeSetting): NodeSetting =>
    (before.outages ?? []).length > 0 ? before : { ...before, outages: [setting] };
  return ofChanges(changeOfNode(node.name, 'outages', `[{ ${written} }]`, done));
}

function crash(dice: Dice, node: NodeSetting | null, comesBack: boolean): Disturbance {
  const at = dice.time(10, callMs);
  const length = dice.time(1, 12_000);
  const lasting = comesBack ? `, for: ${length.text}` : '';
  return outage(
    node,
    { kind: 'crash', at: at.length, for: comesBack ? length.length : null },
    `kind: crash, at: ${at.text}${lasting}`,
  );
}

function latencyChange(name: string, leastMs: number, mostMs: number): Change {
  const [least, most] = [timeOf(leastMs), timeOf(mostMs)];
  const text = leastMs === mostMs ? least.text : `${least.text}..${most.text}`;
  return changeOfLink(name, 'latency', text, (link) => ({
    ...link,
    latency: { least: least.length, most: most.length },
  }));
}

/** What of the wire goes wrong: lost, late, doubled, falsified, cut. */
export const wireFaults: readonly FaultKind[] = [
  {
    name: 'loss',
    says: 'a link loses datagrams, each for itself',
    draw(dice, { links }) {
      const name = nameOf(dice, links);
      const percent = dice.between(1, 30);
      return ofChanges(
        changeOfLink(name, 'loss', `${percent}%`, (link) => {
          const { burst: _none, ...rest } = link;
          return { ...rest, loss: percentOf(percent) };
        }),
      );
    },
  },
  {
    name: 'burst loss',
    says: 'a link loses datagrams in bursts',
    draw(dice, { links }) {
      const [toBad, toGood] = [dice.between(1, 20), dice.between(10, 60)];
      const text = `{ to-bad: ${toBad}%, to-good: ${toGood}% }`;
      const burst = {
        toBad: percentOf(toBad),
        toGood: percentOf(toGood),
        whenBad: ratio(1, 1),
        whenGood: ratio(0, 1),
      };
      return ofChanges(
        changeOfLink(nameOf(dice, links), 'loss', text, (link) => ({
          ...link,
          loss: ratio(0, 1),
          burst,
        })),
      );
    },
  },
  {
    name: 'duplicates',
    says: 'a link delivers datagrams twice',
    draw(dice, { links }) {
      const percent = dice.between(1, 40);
      return ofChanges(
        changeOfLink(nameOf(dice, links), 'duplicate', `${percent}%`, (link) => ({
          ...link,
          duplicate: percentOf(percent),
        })),
      );
    },
  },
  {
    name: 'reordering',
    says: 'datagrams overtake each other on a link',
    draw(dice, { links }) {
      const name = nameOf(dice, links);
      const least = dice.between(0, 100);
      return ofChanges(
        latencyChange(name, least, least + dice.between(1, 900)),
        changeOfLink(name, 'reorder', 'true', (link) => ({ ...link, mayReorder: true })),
      );
    },
  },
  {
    name: 'delay spike',
    says: 'one message takes much longer',
    draw: (dice) => ofFaults(`delay ${one(dice)} by ${dice.time(100, 40_000).text}`),
  },
  {
    name: 'truncation',
    says: 'one message arrives as octets nobody can read',
    draw: (dice) => ofFaults(`corrupt ${one(dice)}`),
  },
  {
    name: 'falsified field',
    says: 'Call-ID, branch, RSeq or RAck of a message, or its body, is falsified on the way',
    draw(dice) {
      const part = dice.pick(['Call-ID', 'branch', 'RSeq', 'RAck', 'body'] as const);
      const message = part === 'RAck' ? 'the 1st PRACK' : part === 'RSeq' ? 'every 180' : one(dice);
      return ofFaults(`change the ${part} of ${message}`);
    },
  },
  {
    name: 'wrong tag',
    says: 'a tag of one message is falsified on the way',
    draw: (dice) =>
      ofFaults(`change the ${dice.pick(['To tag', 'From tag'] as const)} of ${one(dice)}`),
  },
  {
    name: 'wrong CSeq',
    says: 'one message arrives with a lower CSeq number',
    draw: (dice) => ofFaults(`change the CSeq of ${one(dice)}`),
  },
  {
    name: 'partition',
    says: 'nothing passes between two nodes for a while, or ever again',
    draw(dice, scenario) {
      const ends = signallingEnds(dice, scenario);
      if (ends === null) return nothing;
      const from = dice.between(0, callMs);
      const until = dice.happens(1, 6) ? 'on' : `to ${timeOf(from + dice.between(1, 40_000)).text}`;
      const when = `from ${timeOf(from).text} ${until}`;
      return ofFaults(`drop everything between ${ends[0]} and ${ends[1]} ${when}`);
    },
  },
  {
    name: 'one-way partition',
    says: 'nothing passes from one node to another for a while',
    draw(dice, scenario) {
      const ends = signallingEnds(dice, scenario);
      if (ends === null) return nothing;
      const from = dice.between(0, callMs);
      const until = timeOf(from + dice.between(1, 40_000)).text;
      const when = `from ${timeOf(from).text} to ${until}`;
      return ofFaults(`drop everything from ${ends[0]} to ${ends[1]} ${when}`);
    },
  },
  {
    name: 'slow link',
    says: 'a link is far away, or narrow',
    draw(dice, { links }) {
      const name = nameOf(dice, links);
      if (dice.happens(1, 2)) {
        const ms = dice.between(100, 1_500);
        return ofChanges(latencyChange(name, ms, ms));
      }
      const bits = dice.between(2_400, 64_000);
      const queue = timeOf(dice.between(50, 3_000));
      return ofChanges(
        changeOfLink(name, 'bandwidth', `${bits}bit/s`, (link) => ({
          ...link,
          bandwidth: { bitsPerSecond: bits, queue: link.bandwidth?.queue ?? queue.length },
        })),
        changeOfLink(name, 'queue', queue.text, (link) => ({
          ...link,
          bandwidth: { bitsPerSecond: bits, queue: queue.length },
        })),
      );
    },
  },
  {
    name: 'timer at the same tick',
    says: 'latencies and processing that bring answers at the very instant of a timer',
    draw(dice, { links, nodes }) {
      const ms = dice.pick([0, 125, 250, 500] as const) ?? 0;
      const quick = timeOf(0);
      return ofChanges(
        ...links.map(({ name }) => latencyChange(name, ms, ms)),
        ...nodes.map(({ name }) =>
          changeOfNode(name, 'processing', quick.text, (node) => {
            const { processingOf: _none, ...rest } = node;
            return { ...rest, processing: quick.length };
          }),
        ),
      );
    },
  },
];

/** What of the nodes goes wrong. */
export const nodeFaults: readonly FaultKind[] = [
  {
    name: 'server crash',
    says: 'the CMR Server dies and never comes back',
    draw: (dice, scenario) => crash(dice, nodeOf(dice, scenario, 'cmr-server'), false),
  },
  {
    name: 'restart without memory',
    says: 'a node crashes and begins anew',
    draw: (dice, scenario) => crash(dice, dice.pick(scenario.nodes), true),
  },
  {
    name: 'standstill',
    says: 'a node freezes for a while and goes on with all it knows',
    draw(dice, scenario) {
      const at = dice.time(10, callMs);
      const length = dice.time(1, 40_000);
      return outage(
        dice.pick(scenario.nodes),
        { kind: 'freeze', at: at.length, for: length.length },
        `kind: freeze, at: ${at.text}, for: ${length.text}`,
      );
    },
  },
  {
    name: 'clock jump',
    says: 'the clock of a node jumps ahead',
    draw(dice, scenario) {
      const at = dice.time(10, callMs);
      const by = dice.time(100, 40_000);
      return outage(
        dice.pick(scenario.nodes),
        { kind: 'clock-jump', at: at.length, by: by.length },
        `kind: clock-jump, at: ${at.text}, by: ${by.text}`,
      );
    },
  },
  {
    name: 'resource dies',
    says: 'the Resource Server crashes',
    draw(dice, scenario) {
      const server = nodeOf(dice, scenario, 'cmr-resource-server');
      return crash(dice, server, dice.happens(1, 2));
    },
  },
];
