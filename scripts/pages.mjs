// Writes docs/coverage.md, gaps.md, matrix.md and mutations.md from runs: node scripts/pages.mjs
import { runTool, tools } from './project.mjs';

const code = await runTool(tools.vitest, ['run', 'test/golden/evidence-pages.test.ts'], {
  environment: { RINGSCOPE_WRITE_PAGES: '1' },
});
const tidied = await runTool(tools.prettier, ['--write', 'docs/coverage.md', 'docs/gaps.md']);
process.exit(code === 0 ? tidied : code);
