import { overBaseline } from './over-baseline.ts';
import { valueAt } from './schema-paths.ts';
import { isWrittenList, readYaml, type WrittenValue } from './yaml-document.ts';

/** The acts of a scenario file as it, or its baseline, writes them; null where it has none. */
export function scriptOf(text: string): readonly WrittenValue[] | null {
  const { document } = readYaml(text);
  if (document === null) return null;
  const script = valueAt(overBaseline(document).value, ['script']);
  return isWrittenList(script) ? script : null;
}
