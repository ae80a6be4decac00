import { milliseconds } from '../base/micros.ts';
import type { ClientSetting, NodeSetting, Scenario } from '../scenario/scenario.ts';
import type { Dice } from './dice.ts';
import { changeOfNode, nothing, ofChanges, ofFaults, type Disturbance } from './disturbance.ts';
import type { FaultKind } from './fault-kinds.ts';

/** What of the call itself is out of the ordinary: resources, capabilities, people. */
export const callFaults: readonly FaultKind[] = [
  {
    name: 'resource refused',
    says: 'the Resource Server refuses a command',
    draw: (dice, scenario) => refusal(dice, scenario, ['reserve', 'play', 'mix']),
  },
  {
    name: 'no ports left',
    says: 'the Resource Server has no ports for a conference',
    draw: (dice, scenario) => refusal(dice, scenario, ['allocate conference']),
  },
  {
    name: 'resource late',
    says: 'the Resource Server takes its time over every command, or over one kind',
    draw(dice, { nodes }) {
      const server = nodes.find(({ role }) => role === 'cmr-resource-server');
      if (server === undefined) return nothing;
      const late = dice.time(300, 5_000);
      const kind = dice.pick(['default', 'reserve', 'play', 'allocate conference', 'mix'] as const);
      if (kind === 'default' || kind === null) {
        return ofChanges(
          changeOfNode(server.name, 'processing', late.text, (node) => {
            const { processingOf: _none, ...rest } = node;
            return { ...rest, processing: late.length };
          }),
        );
      }
      const text = `{ default: 10ms, ${kind}: ${late.text} }`;
      return ofChanges(
        changeOfNode(server.name, 'processing', text, (node) => ({
          ...node,
          processing: milliseconds(10),
          processingOf: { [kind]: late.length },
        })),
      );
    },
  },
  {
    name: 'fetch in trouble',
    says: 'what is fetched by HTTP comes late, or not at all',
    draw(dice, scenario) {
      if (scenario.nodes.every(({ role }) => role !== 'cmr-resource-server')) return nothing;
      const whose = dice.pick(['every play', 'the 1st play', 'every reserve', 'every ok'] as const);
      return dice.happens(1, 2)
        ? ofFaults(`drop ${whose}`)
        : ofFaults(`delay ${whose} by ${dice.time(200, 20_000).text}`);
    },
  },
  {
    name: 'missing capability',
    says: 'a terminal lacks an option tag, or every one, or a method',
    draw(dice, { nodes }) {
      const client = dice.pick(nodes.filter(isClient));
      if (client === null) return nothing;
      switch (dice.between(1, 3)) {
        case 1:
          return ofChanges(
            changeOfNode(client.name, 'supported', '[timer]', (node) =>
              node.role === 'cmr-client' ? { ...node, supported: ['timer'] } : node,
            ),
          );
        case 2: {
          const without = dice.pick(['UPDATE', 'PRACK', 'INFO'] as const) ?? 'UPDATE';
          const allow = client.allow.filter((method) => method !== without);
          return ofChanges(
            changeOfNode(client.name, 'allow', `[${allow.join(', ')}]`, (node) =>
              node.role === 'cmr-client' ? { ...node, allow } : node,
            ),
          );
        }
        default:
          return ofChanges(
            changeOfNode(client.name, 'supported', '[]', (node) =>
              node.role === 'cmr-client' ? { ...node, supported: [] } : node,
            ),
          );
      }
    },
  },
  {
    name: 'unexpected method',
    says: 'a request comes once more, long after its transaction is forgotten',
    draw(dice) {
      const method = dice.pick(['INVITE', 'ACK', 'PRACK', 'UPDATE', 'BYE', 'CANCEL'] as const);
      return ofFaults(`duplicate the 1st ${method} after ${dice.time(1_000, 45_000).text}`);
    },
  },
];

/** Kinds that are drawn where the script is, because they are acts of people or of a terminal. */
export const scriptFaults = {
  'acts at random': 'people answer, cancel, refuse and hang up at any time',
  'refused with 503': 'Client-B refuses the call with 503, or another failure',
} as const;

function isClient(node: NodeSetting): node is ClientSetting {
  return node.role === 'cmr-client';
}

function refusal(
  dice: Dice,
  { nodes }: Scenario,
  commands: readonly ('reserve' | 'play' | 'mix' | 'allocate conference')[],
): Disturbance {
  const server = nodes.find(({ role }) => role === 'cmr-resource-server');
  const command = dice.pick(commands);
  if (server === undefined || command === null) return nothing;
  return ofChanges(
    changeOfNode(server.name, 'refuses', `[${command}]`, (node) =>
      node.role === 'cmr-resource-server' ? { ...node, refuses: [command] } : node,
    ),
  );
}
