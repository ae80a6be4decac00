import type { KeptDraft, OpenedScenario, RecentFile } from '../renderer/host/host-bridge.ts';

/** What the page may ask of the main process, one entry a channel; nothing else crosses. */
export interface Channels {
  'scenario.open': { asks: null; answers: OpenedScenario | null };
  'scenario.save': { asks: { handle: string; text: string }; answers: 'saved' | 'changed on disk' };
  'scenario.saveAs': {
    asks: { suggestedName: string; text: string };
    answers: OpenedScenario | null;
  };
  'scenario.recent': { asks: null; answers: readonly RecentFile[] };
  'scenario.openRecent': { asks: { id: string }; answers: OpenedScenario };
  'export.save': {
    asks: { suggestedName: string; contents: Uint8Array };
    answers: 'saved' | 'cancelled';
  };
  'export.print': { asks: { suggestedName: string }; answers: 'saved' | 'cancelled' };
  'draft.keep': { asks: { id: string; text: string }; answers: 'kept' };
  'draft.drop': { asks: { id: string }; answers: 'dropped' };
  'draft.list': { asks: null; answers: readonly KeptDraft[] };
  /** The page listens from now on to what comes from outside. */
  'host.heed': { asks: null; answers: 'told' };
  'app.version': { asks: null; answers: string };
}

export type ChannelName = keyof Channels;

/** The one channel in the other direction: it carries what the host tells the page. */
export const hostEvents = 'host.event';

/**
 * How an answer travels. Electron decorates the text of a rejected handler with the channel's name,
 * so a failure goes as data and the preload script makes an Error of it again.
 */
export type Answer<Name extends ChannelName> =
  | { readonly ok: true; readonly value: Channels[Name]['answers'] }
  | { readonly ok: false; readonly says: string };
