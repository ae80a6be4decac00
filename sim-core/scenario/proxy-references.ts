import { draftAtValue, type Draft } from './drafts.ts';
import { areLinked, unknownNode, type Names } from './scenario-names.ts';
import { valueAt } from './schema-paths.ts';
import { isWrittenList } from './yaml-document.ts';

/** The names of all nodes that some proxy sends INVITEs on to. */
export function targetsIn(names: Names): ReadonlySet<string> {
  return new Set(names.proxies.flatMap((proxy) => targetsOf(names, proxy)));
}

/** Targets are nodes that take calls, each at the other end of a link. */
export function proxyDrafts(names: Names): Draft[] {
  const { document, proxies, resourceServers } = names;
  return proxies.flatMap((proxy) =>
    targetsOf(names, proxy).flatMap((target, index): Draft[] => {
      const path = ['nodes', proxy, 'targets', index];
      const unknown = unknownNode(names, path);
      if (unknown !== null) return [unknown];
      if (resourceServers.includes(target) || target === proxy) {
        return [draftAtValue(document, path, 'CMR1010', `${target} takes no calls`)];
      }
      if (areLinked(document, proxy, target)) return [];
      const says = `${target} is a target, and no link joins it with ${proxy}`;
      return [draftAtValue(document, path, 'CMR1011', says)];
    }),
  );
}

function targetsOf({ document }: Names, proxy: string): string[] {
  const written = valueAt(document.value, ['nodes', proxy, 'targets']);
  return isWrittenList(written) ? written.filter((one) => typeof one === 'string') : [];
}
