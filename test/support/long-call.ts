/** A call in which Client-A does that many things, by turns those that are named. */
export function longCall(deeds: readonly string[], acts: number): string {
  const lines = [
    'apiVersion: ringscope/v1',
    'baseline: voice-call',
    'title: A long call',
    `until: ${acts * 6 + 120}s`,
    'script:',
    '  - { at: 0s, who: client-a, does: dial, target: client-b }',
    '  - { after: 4s, since: ringing, who: client-b, does: answer }',
  ];
  for (let act = 1; act <= acts; act += 1) {
    const deed = deeds[act % deeds.length];
    lines.push(`  - { after: ${6 * act}s, since: answered, who: client-a, does: ${deed} }`);
  }
  lines.push(`  - { after: ${6 * (acts + 1)}s, since: answered, who: client-a, does: hang up }`);
  return `${lines.join('\n')}\n`;
}
