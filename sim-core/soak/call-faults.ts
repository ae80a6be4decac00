import { milliseconds } from '../base/micros.ts';
import type {
  ClientSetting,
  NodeSetting,
  ResourceServerSetting,
  Scenario,
} from '../scenario/scenario.ts';
import type { Dice } from './dice.ts';
import { changeOfNode, nothing, ofChanges, ofFaults, type Disturbance } from './disturbance.ts';
import { scriptChange } from './draw-script.ts';
import type { FaultKind } from './fault-kinds.ts';

type ServedFile = ResourceServerSetting['resources'][number]['file'];

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
    name: 'command in trouble',
    says: 'commands to the Resource Server, or its replies, come late or not at all',
    draw(dice, scenario) {
      if (scenario.nodes.every(({ role }) => role !== 'cmr-resource-server')) return nothing;
      const whose = dice.pick(['every play', 'the 1st play', 'every reserve', 'every ok'] as const);
      return dice.happens(1, 2)
        ? ofFaults(`drop ${whose}`)
        : ofFaults(`delay ${whose} by ${dice.time(200, 20_000).text}`);
    },
  },
  {
    name: 'fetch in trouble',
    says: 'what is fetched by HTTP is not there, is cut, stalls, or is huge and slow',
    draw(dice, { nodes }) {
      const server = nodes.find((node) => node.role === 'cmr-resource-server');
      if (server?.role !== 'cmr-resource-server') return nothing;
      const name = dice.pick(server.resources)?.name ?? null;
      if (name === null) return nothing;
      const served = (key: string, value: string, file: (old: ServedFile) => ServedFile) =>
        changeOfNode(server.name, `resources.${name}.${key}`, value, (node) =>
          node.role === 'cmr-resource-server' ? withFile(node, name, file) : node,
        );
      const serves = dice.pick([404, 500, 503, 'reset', 'silence', 'well'] as const) ?? 404;
      if (serves !== 'well') {
        return ofChanges(served('serves', String(serves), (file) => ({ ...file, serves })));
      }
      const octets = dice.between(200, 5_000) * 1_000;
      const pause = dice.time(0, 20_000);
      return ofChanges(
        served('size', `${octets / 1_000}kB`, (file) => ({
          ...file,
          transfer: { ...file.transfer, octets },
        })),
        served('pause', pause.text, (file) => ({
          ...file,
          transfer: { ...file.transfer, pause: pause.length },
        })),
      );
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
              node.role === 'cmr-client' ? withSupported(node, ['timer']) : node,
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
              node.role === 'cmr-client' ? withSupported(node, []) : node,
            ),
          );
      }
    },
  },
  {
    name: 'late copy',
    says: 'a request comes once more, long after its transaction is forgotten',
    draw(dice) {
      const method = dice.pick(['INVITE', 'ACK', 'PRACK', 'UPDATE', 'BYE', 'CANCEL'] as const);
      return ofFaults(`duplicate the 1st ${method} after ${dice.time(1_000, 45_000).text}`);
    },
  },
  {
    name: 'refused in the call',
    says: 'a terminal refuses what it is asked within a dialog, once or every time, soon or late',
    draw(dice, { nodes }) {
      const client = dice.pick(nodes.filter(isClient));
      const to = dice.pick(['INVITE', 'UPDATE', 'INFO'] as const);
      const status = dice.pick([488, 491, 500, 503, 504, 481, 408] as const);
      if (client === null || to === null || status === null) return nothing;
      const once = dice.happens(1, 2);
      const after = dice.time(0, 3_000);
      const occurrence = once ? ', occurrence: 1' : '';
      const answer = `with: ${status}, after: ${after.text}`;
      const written = `{ to: ${to}, in-dialog: true${occurrence}, ${answer} }`;
      const rule = {
        to,
        inDialog: true,
        occurrences: once ? [1] : [],
        with: status,
        headers: [],
        after: after.length,
      };
      return ofChanges(
        changeOfNode(client.name, 'responds', `[${written}]`, (node) =>
          node.role === 'cmr-client' ? { ...node, responds: [rule] } : node,
        ),
      );
    },
  },
  {
    name: 'unexpected method',
    says: 'somebody presses a key, holds, or negotiates anew when nobody thinks of it',
    draw(dice, { nodes, script }) {
      const who = dice.pick(nodes.filter(isClient))?.name ?? null;
      const does = dice.pick([
        { kind: 'press', digit: '5', by: 'info' },
        { kind: 'hold' },
        { kind: 'resume' },
        { kind: 're-invite', offer: 'as-before' },
        { kind: 're-invite', offer: 'new-ports' },
        { kind: 'update', offer: 'new-ports' },
        { kind: 'update', offer: 'none' },
      ] as const);
      if (who === null || does === null) return nothing;
      const since = dice.pick(['ringing', 'answered'] as const) ?? 'ringing';
      const { length } = dice.time(0, 6_000);
      const when = { kind: 'after', since, after: { least: length, most: length } } as const;
      return ofChanges(scriptChange([...script, { who, does, when }]));
    },
  },
];

/** As a file would be read: who lists timer supports session timers (RFC 4028 §4). */
function withSupported(node: ClientSetting, supported: readonly string[]): ClientSetting {
  const { sessionTimer } = node;
  const asked = sessionTimer !== null && (sessionTimer.expires !== null || sessionTimer.least > 90);
  if (asked) return { ...node, supported };
  const supports = supported.includes('timer');
  return { ...node, supported, sessionTimer: supports ? { expires: null, least: 90 } : null };
}

function withFile(
  server: ResourceServerSetting,
  name: string,
  change: (file: ServedFile) => ServedFile,
): ResourceServerSetting {
  const resources = server.resources.map((one) =>
    one.name === name ? { ...one, file: change(one.file) } : one,
  );
  return { ...server, resources };
}

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
