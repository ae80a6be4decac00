import fc, { type RunDetails } from 'fast-check';
import { expect } from 'vitest';

/**
 * Properties draw other examples in every run. One that fails says how to draw the same again:
 * with RINGSCOPE_PROPERTY_SEED, a whole number.
 */
const wanted = process.env['RINGSCOPE_PROPERTY_SEED'];
const seed = wanted === undefined ? null : Number(wanted);
if (seed !== null && !Number.isSafeInteger(seed)) {
  throw new Error(`RINGSCOPE_PROPERTY_SEED=${wanted} is no number`);
}

function report(details: RunDetails<unknown>): void {
  if (!details.failed) return;
  const { testPath = '' } = expect.getState();
  const file = testPath.replace(`${process.cwd()}/`, '');
  const again = `RINGSCOPE_PROPERTY_SEED=${details.seed} npx vitest run ${file}`;
  const told = fc.defaultReportMessage(details);
  throw new Error(`${told}\n\nThe same examples again: ${again}`, { cause: details.errorInstance });
}

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  ...(seed === null ? {} : { seed }),
  reporter: report,
});
