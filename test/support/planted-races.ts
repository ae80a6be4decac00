import { callIn } from '../../sim-core/conformance/oracles/call-picture.ts';
import { outcomeOf } from '../../sim-core/conformance/outcome-of-run.ts';
import { warningsOf } from '../../sim-core/conformance/warnings-of-run.ts';
import type { Run, Scenario } from '../../sim-core/index.ts';
import type { Input } from '../../sim-core/kernel/node.ts';
import { SeededChooser } from '../../sim-core/kernel/seeded-chooser.ts';
import type { TraceRecord } from '../../sim-core/kernel/trace-record.ts';
import { roleNames, type RoleName } from '../../sim-core/nodes/roles.ts';
import { judgeRecords } from '../../sim-core/run/judge-records.ts';
import { buildWorld } from '../../sim-core/scenario/build-world.ts';
import { advancing } from '../../sim-core/world/advance.ts';
import { shippedWith } from './scenarios.ts';

/** What a broken node forgets to look at, given everything that came to it so far. */
type Forgets = (input: Input) => boolean;

/** A call, and a defect of one node that shows only where two things come in the wrong order. */
interface PlantedRace {
  readonly says: string;
  readonly call: Scenario;
  readonly role: RoleName;
  readonly forgetting: () => Forgets;
  /** The race that is there because of it, and in the call of a sound node is none. */
  readonly race: string;
}

const dials = '{ at: 0s, who: client-a, does: dial, target: client-b }';

function callWith(acts: string): Scenario {
  return shippedWith('plain/n-01-no-subscription', { script: `[${dials}, ${acts}]` });
}

export const plantedRaces: readonly PlantedRace[] = [
  {
    says: 'a server to which an ACK behind its BYE is unknown, and all that follow',
    call: callWith(
      '{ after: 1s, since: ringing, who: client-b, does: answer },' +
        '{ after: 5ms, since: answered, who: client-a, does: hang up }',
    ),
    role: 'cmr-server',
    forgetting() {
      let [acknowledged, gone] = [false, false];
      return (input) => {
        const label = input.kind === 'packet' ? input.packet.label : '';
        acknowledged ||= label === 'ACK';
        gone ||= label === 'BYE' && !acknowledged;
        return gone && label !== '200';
      };
    },
    race:
      'cmr-server: the 1st ACK from client-a to cmr-server | ' +
      'the 1st BYE from client-a to cmr-server',
  },
  {
    says: 'a caller that forgets to cancel what nobody has said a word about yet',
    call: callWith(
      '{ at: 15ms, who: client-a, does: cancel },' +
        '{ after: 5s, since: ringing, who: client-b, does: answer }',
    ),
    role: 'cmr-client',
    forgetting() {
      let answered = false;
      return (input) => {
        answered ||= input.kind === 'packet';
        return !answered && input.kind === 'user' && input.action.kind === 'cancel';
      };
    },
    race: 'client-a: client-a cancels | the 1st 100 (INVITE) from cmr-server to client-a',
  },
  {
    says: 'a telephone that does not hear its user until it rings',
    call: callWith('{ after: 150ms, since: invited, who: client-b, does: reject }'),
    role: 'cmr-client',
    forgetting() {
      let rings = false;
      return (input) => {
        rings ||= input.kind === 'timer' && input.timer === 'own alert';
        return !rings && input.kind === 'user' && input.action.kind === 'reject';
      };
    },
    race: 'client-b: timer own alert | client-b rejects with 486',
  },
];

/** A run in which every node of a role forgets, each for itself; judged like any other. */
export function runForgetting(
  scenario: Scenario,
  role: RoleName,
  forgetting: () => Forgets,
): Pick<Run, 'header' | 'records' | 'outcome' | 'verdicts' | 'warnings' | 'ended'> {
  const { world, machinery, header } = buildWorld(scenario, scenario.seed, 'test', 'in place');
  const forgets = new Map<unknown, Forgets>();
  const behaviours = machinery.behaviours.map((sound, at) => {
    if (roleNames[at] !== role) return sound;
    const handle: typeof sound.handle = (state, input, out) => {
      const known = forgets.get(state) ?? forgetting();
      forgets.set(state, known);
      if (!known(input)) sound.handle(state, input, out);
    };
    return { ...sound, handle };
  });
  const records: TraceRecord[] = [];
  const advance = advancing(
    world,
    { ...machinery, behaviours },
    new SeededChooser(scenario.seed),
    (record) => void records.push(record),
  );
  while (world.queue.nextAt() <= scenario.until && advance() === 'advanced');
  const ended = world.queue.size === 0 ? 'quiet' : 'time limit';
  const call = callIn(header, records, ended);
  return {
    header,
    records,
    ended,
    outcome: outcomeOf(call),
    verdicts: judgeRecords(header, { records, ended, endedAt: world.now }),
    warnings: warningsOf(call, records),
  };
}
