import { readAddress, writeAddress } from './address.ts';
import { departsAt, digestOf, packText, unpackText } from './link-text.ts';
import type { ScenarioRuns } from './scenario-runs.ts';
import { showWelcome } from './store/door-edits.ts';
import { addScenario, notify, selectRecord, whatIfOf } from './store/edits.ts';
import type { RendererState } from './store/renderer-state.ts';
import type { Store } from './store/store.ts';
import type { TraceStore } from './store/trace-store.ts';
import { branchOf } from './store/what-if.ts';
import { whenReady } from './store/when-ready.ts';

/** Where a link leads: a scenario of the list, or one it brings along. */
interface Linked {
  readonly text: string | null;
  readonly name: string;
  /** Of the run the link was made from. */
  readonly fingerprint: string | null;
  readonly digest: string | null;
}

function linkedIn(fragment: string): Linked {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  return {
    text: fields.get('text'),
    name: (fields.get('name') ?? 'linked.cmr.yaml').slice(0, 80),
    fingerprint: fields.get('fp'),
    digest: fields.get('digest'),
  };
}

/** Whether a link wants the scenarios beside the open one left alone. */
function isAlone({ hash }: Location): boolean {
  return new URLSearchParams(hash.slice(1)).get('library') === 'off';
}

export interface AddressBar {
  /** Shows what the address asks for, or else the doors; then looks at the other scenarios. */
  openFirst(): void;
  /** The address follows the window, once it rests; a changed address is followed. */
  follow(): void;
}

export function addressBar(
  store: Store<RendererState>,
  traces: TraceStore,
  runs: ScenarioRuns,
  window: Window,
): AddressBar {
  let written = window.location.hash;

  async function openLinked(): Promise<boolean> {
    const { hash } = window.location;
    const { scenario, playhead, selected, seed, changes } = readAddress(hash);
    const { text, name, fingerprint, digest } = linkedIn(hash);
    let key = scenario;
    if (text !== null) {
      key = `opened/${name}`;
      const about = { key, folder: 'Opened', fileName: name, title: name } as const;
      const plain = await unpackText(text);
      store.edit(addScenario({ ...about, text: plain, handle: null, standing: null }));
    }
    if (key === null || !store.state.scenarios.some((entry) => entry.key === key)) return false;
    store.edit(showWelcome(false));
    if (fingerprint !== null) compareWith(store, traces, fingerprint, digest);
    runs.open(key, { playhead, selected }, seed, changes);
    return true;
  }

  function open(otherwise: () => void): Promise<void> {
    return openLinked()
      .then((opened) => {
        if (!opened) otherwise();
      })
      .catch((error: unknown) => {
        otherwise();
        store.edit(notify(error instanceof Error ? error.message : String(error)));
      });
  }

  function write(): void {
    if (store.state.playing || store.state.run.kind !== 'ready') return;
    // A link that brings its scenario along stays: the window alone could not open it again.
    const brought = store.state.open?.startsWith('opened/') === true;
    if (brought && linkedIn(window.location.hash).text !== null) return;
    const { changes } = branchOf(whatIfOf(store.state));
    const fragment = writeAddress(store.state, changes);
    written = fragment === '' ? '' : `#${fragment}`;
    if (written !== window.location.hash) window.history.replaceState(null, '', written);
  }

  return {
    openFirst() {
      const judge = isAlone(window.location) ? undefined : () => runs.judgeOthers();
      // What is asked for comes first, the others are looked at after it.
      void open(() => store.edit(showWelcome(true))).then(judge);
    },
    follow() {
      let due: number | null = null;
      store.subscribe(() => {
        // Whoever drags the playhead changes it with every frame: it is written when they stop.
        if (due !== null) window.clearTimeout(due);
        due = window.setTimeout(write, 150);
      });
      window.addEventListener('hashchange', () => {
        // What names nothing leaves the window as it is.
        if (window.location.hash !== written) void open(() => undefined);
      });
    },
  };
}

/** Says, once the run is there, whether it is the one the link was made from. */
function compareWith(
  store: Store<RendererState>,
  traces: TraceStore,
  fingerprint: string,
  digest: string | null,
): void {
  whenReady(store, () => {
    const { end, records } = traces.trace;
    if (end === null || end.fingerprint === fingerprint) return;
    const at = digest === null ? null : departsAt(records, digest);
    const where = at === null ? '' : ` at record ${at}`;
    store.edit(notify(`This run differs from the recorded one${where}.`));
    const record = at === null ? undefined : records[at - 1];
    if (record !== undefined) store.edit(selectRecord(record.number));
  });
}

/** Characters an address may have before many programs cut it off. */
const linkMost = 16_000;

/**
 * An address that opens this run anywhere: with the scenario's text where nobody else has it, and
 * with what tells whether the run came out the same.
 * @throws Error with a sentence to show, where it would be too long to be sent
 */
export async function linkTo(
  state: RendererState,
  { trace }: TraceStore,
  location: Location,
): Promise<string> {
  const entry = state.scenarios.find(({ key }) => key === state.open);
  if (entry === undefined) return location.href;
  const fields = [writeAddress(state, branchOf(whatIfOf(state)).changes)];
  const isOwn = entry.folder === 'Opened' || state.writing.saved[entry.key] !== undefined;
  if (isOwn) {
    fields.push(`name=${encodeURIComponent(entry.fileName)}`, `text=${await packText(entry.text)}`);
  }
  if (trace.end !== null) {
    fields.push(`fp=${trace.end.fingerprint}`, `digest=${digestOf(trace.records)}`);
  }
  const link = `${location.href.replace(/#.*$/, '')}#${fields.join('&')}`;
  if (link.length <= linkMost) return link;
  const instead = 'export a bundle instead (Ctrl E), which holds everything';
  throw new Error(`The link would have ${link.length} characters, too many to send: ${instead}.`);
}
