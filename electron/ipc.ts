import { isPageAddress } from './app-protocol.ts';
import type { Answer, ChannelName, Channels } from './channels.ts';
import type { AskingEvent, IpcPart } from './electron-parts.ts';
import type { ChosenFiles } from './files.ts';
import type { Shelf } from './shelf.ts';
import { exportBytesMost, scenarioBytesMost } from './files.ts';
import { HostProblem } from './host-problem.ts';

type Asked<Name extends ChannelName> = Channels[Name]['asks'];
type Answered<Name extends ChannelName> = Promise<Channels[Name]['answers']>;

/** A channel: what may be asked, and who answers. */
interface Responder<Name extends ChannelName> {
  /** @returns what was asked; null where it has another shape than the channel's */
  readonly accept: (asked: unknown) => { readonly asked: Asked<Name> } | null;
  readonly answer: (asked: Asked<Name>) => Answered<Name>;
}

type Responders = { readonly [Name in ChannelName]: Responder<Name> };

/** A suggested name longer than this is no name. */
const nameLengthMost = 1000;

/** A draft is named by the page, in words that are a file's name on every system. */
const draftIdForm = /^[a-z0-9-]{1,60}$/;

/** Who answers what the page asks. */
export interface Answerers<Window> {
  readonly files: ChosenFiles<Window>;
  readonly shelf: Shelf;
  /** The window to open a dialog over. */
  readonly windowOf: () => Window;
  /** Prints the window's page as PDF. */
  readonly print: (window: Window) => Promise<Uint8Array>;
  /** The page listens from now on. */
  readonly heeded: () => void;
  /** Ringscope's. */
  readonly version: string;
}

/** The only place where the page is listened to. */
export function answerThePage<Window>(ipc: IpcPart, answerers: Answerers<Window>): void {
  const { files, windowOf, version } = answerers;
  const responders: Responders = {
    ...keeping(answerers),
    'scenario.open': {
      accept: acceptNothing,
      answer: () => files.openScenario(windowOf()),
    },
    'scenario.save': {
      accept: (asked) => {
        const fields = fieldsOf(asked, ['handle', 'text']);
        const { handle, text } = fields ?? {};
        return isText(handle, nameLengthMost) && isText(text, scenarioBytesMost)
          ? { asked: { handle, text } }
          : null;
      },
      answer: ({ handle, text }) => files.saveScenario(handle, text),
    },
    'scenario.saveAs': {
      accept: (asked) => {
        const fields = fieldsOf(asked, ['suggestedName', 'text']);
        const { suggestedName, text } = fields ?? {};
        return isText(suggestedName, nameLengthMost) && isText(text, scenarioBytesMost)
          ? { asked: { suggestedName, text } }
          : null;
      },
      answer: ({ suggestedName, text }) => files.saveScenarioAs(windowOf(), suggestedName, text),
    },
    'export.save': {
      accept: (asked) => {
        const fields = fieldsOf(asked, ['suggestedName', 'contents']);
        const { suggestedName, contents } = fields ?? {};
        return isText(suggestedName, nameLengthMost) && isBytes(contents, exportBytesMost)
          ? { asked: { suggestedName, contents } }
          : null;
      },
      answer: ({ suggestedName, contents }) =>
        files.exportFile(windowOf(), suggestedName, contents),
    },
    'app.version': {
      accept: acceptNothing,
      answer: () => Promise.resolve(version),
    },
  };
  for (const name of namesOf(responders)) listen(ipc, name, responders);
}

/** Drafts, recent files, printing, and the way back to the page. */
function keeping<Window>({
  files,
  shelf,
  windowOf,
  print,
  heeded,
}: Answerers<Window>): Pick<
  Responders,
  | 'scenario.recent'
  | 'scenario.openRecent'
  | 'export.print'
  | 'draft.keep'
  | 'draft.drop'
  | 'draft.list'
  | 'host.heed'
> {
  return {
    'scenario.recent': { accept: acceptNothing, answer: () => shelf.recent() },
    'scenario.openRecent': {
      accept: (asked) => {
        const { id } = fieldsOf(asked, ['id']) ?? {};
        return isText(id, 3) && /^\d+$/.test(id) ? { asked: { id } } : null;
      },
      answer: async ({ id }) => files.openPlace(await shelf.placeOf(id)),
    },
    'export.print': {
      accept: (asked) => {
        const { suggestedName } = fieldsOf(asked, ['suggestedName']) ?? {};
        return isText(suggestedName, nameLengthMost) ? { asked: { suggestedName } } : null;
      },
      answer: async ({ suggestedName }) =>
        files.exportFile(windowOf(), suggestedName, await print(windowOf())),
    },
    'draft.keep': {
      accept: (asked) => {
        const { id, text } = fieldsOf(asked, ['id', 'text']) ?? {};
        return isDraftId(id) && isText(text, 2 * scenarioBytesMost)
          ? { asked: { id, text } }
          : null;
      },
      answer: ({ id, text }) => shelf.keepDraft(id, text),
    },
    'draft.drop': {
      accept: (asked) => {
        const { id } = fieldsOf(asked, ['id']) ?? {};
        return isDraftId(id) ? { asked: { id } } : null;
      },
      answer: ({ id }) => shelf.dropDraft(id),
    },
    'draft.list': { accept: acceptNothing, answer: () => shelf.drafts() },
    'host.heed': {
      accept: acceptNothing,
      answer: () => {
        heeded();
        return Promise.resolve('told');
      },
    },
  };
}

function isDraftId(value: unknown): value is string {
  return typeof value === 'string' && draftIdForm.test(value);
}

function namesOf(responders: Responders): ChannelName[] {
  // The object is written out above, with these keys and no others.
  return Object.keys(responders) as ChannelName[];
}

function listen<Name extends ChannelName>(ipc: IpcPart, name: Name, responders: Responders): void {
  const { accept, answer }: Responder<Name> = responders[name];
  ipc.handle(name, async (event, ...args): Promise<Answer<Name>> => {
    const accepted = isThePage(event) && args.length <= 1 ? accept(args[0] ?? null) : null;
    if (accepted === null) return { ok: false, says: `${name} was refused` };
    try {
      return { ok: true, value: await answer(accepted.asked) };
    } catch (error) {
      if (error instanceof HostProblem) return { ok: false, says: error.message };
      console.error(error);
      return { ok: false, says: `${name} failed, which is a mistake in Ringscope itself` };
    }
  });
}

/** Only the top frame of our own page may ask; a frame that has gone away may not. */
function isThePage(event: AskingEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isPageAddress(frame.url);
}

function acceptNothing(asked: unknown): { asked: null } | null {
  return asked === null ? { asked } : null;
}

/** @returns the fields, which are all there and the only ones; null for anything else */
function fieldsOf<Field extends string>(
  asked: unknown,
  names: readonly Field[],
): Partial<Record<Field, unknown>> | null {
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return null;
  const own = Object.keys(asked);
  const isExact = own.length === names.length && names.every((name) => own.includes(name));
  return isExact ? asked : null;
}

function isText(value: unknown, lengthMost: number): value is string {
  return typeof value === 'string' && value.length <= lengthMost;
}

function isBytes(value: unknown, bytesMost: number): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength <= bytesMost;
}
