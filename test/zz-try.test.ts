import { it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { readScenario } from '/work/wt/network/sim-core/authoring.ts';
import { drawCase, replayCommand } from '/work/wt/network/sim-core/soak/draw-case.ts';
import { runCase } from '/work/wt/network/sim-core/soak/run-case.ts';
it('soak', () => {
  const files = (readdirSync('scenarios', { recursive: true }) as string[]).filter((f) => f.endsWith('.cmr.yaml')).map((f) => 'scenarios/' + f).sort();
  const shelf = files.flatMap((file) => { const r = readScenario(readFileSync(file,'utf8'), file); return r.scenario ? [{file, scenario: r.scenario}] : []; });
  const N = Number(process.env.N ?? 1000); const M = Number(process.env.FROM ?? 0);
  const begun = process.cpuUsage();
  const problems = new Map<string, {count:number, seeds:number[], cmd:string}>(); const states: Record<string, number> = {}; const kinds: Record<string, number> = {}; const outcomes: Record<string,number> = {};
  let events = 0;
  for (let seed = M; seed < M+N; seed++) {
    const one = drawCase(seed, shelf, (process.env.P ?? 'usual') as never)!;
    const r = runCase(one, { engine: 'x', twice: false, judged: process.env.J === '1' });
    events += r.events;
    for (const s of r.states) states[s] = (states[s] ?? 0) + 1;
    for (const k of one.kinds) kinds[k] = (kinds[k] ?? 0) + 1;
    outcomes[r.outcome] = (outcomes[r.outcome] ?? 0) + 1;
    for (const p of r.problems) { const key = p.replace(/\d+/g, 'N').slice(0, 100); const e = problems.get(key) ?? {count:0, seeds:[], cmd: replayCommand(one)}; e.count++; if (e.seeds.length<5) e.seeds.push(seed); if (replayCommand(one).length < e.cmd.length) e.cmd = replayCommand(one); problems.set(key, e); }
  }
  const u = process.cpuUsage(begun);
  console.log('cpu s', (u.user+u.system)/1e6, 'events', events);
  console.log(outcomes); console.log(kinds); console.log(states);
  for (const [k, e] of [...problems].sort((a,b)=>b[1].count-a[1].count).slice(0, 40)) console.log(e.count, k, e.seeds.join(','), '\n   ', e.cmd);
}, 1e6);
