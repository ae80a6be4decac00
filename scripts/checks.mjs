import { runTool, tools } from './project.mjs';

/**
 * Everything that judges the text without running it, in the order of how soon a person would
 * want to know.
 */
const checks = [
  { name: 'types (tsc -b)', tool: tools.tsc, args: ['-b'] },
  {
    name: 'lint (oxlint)',
    tool: tools.oxlint,
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format (prettier)', tool: tools.prettier, args: ['--check', '--log-level=warn', '.'] },
  { name: 'dead code (knip)', tool: tools.knip, args: ['--no-progress'] },
];

/**
 * Runs every check, also after one has failed: their complaints are independent.
 * @returns {Promise<{ passed: number, failed: number }>} each check counts as one
 */
export async function runChecks() {
  let failed = 0;
  for (const { name, tool, args } of checks) {
    console.log(`── ${name}`);
    if ((await runTool(tool, args, { minutesMost: 5 })) !== 0) {
      console.log(`── ${name}: FAILED`);
      failed += 1;
    }
  }
  return { passed: checks.length - failed, failed };
}
