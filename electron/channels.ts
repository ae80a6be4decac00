import type { OpenedScenario } from '../renderer/host/host-bridge.ts';

/** What the page may ask of the main process, one entry a channel; nothing else crosses. */
export interface Channels {
  'scenario.open': { asks: null; answers: OpenedScenario | null };
  'scenario.save': { asks: { handle: string; text: string }; answers: 'saved' | 'changed on disk' };
  'scenario.saveAs': {
    asks: { suggestedName: string; text: string };
    answers: OpenedScenario | null;
  };
  'export.save': {
    asks: { suggestedName: string; contents: Uint8Array };
    answers: 'saved' | 'cancelled';
  };
  'app.version': { asks: null; answers: string };
}

export type ChannelName = keyof Channels;

/**
 * How an answer travels. Electron decorates the text of a rejected handler with the channel's name,
 * so a failure goes as data and the preload script makes an Error of it again.
 */
export type Answer<Name extends ChannelName> =
  | { readonly ok: true; readonly value: Channels[Name]['answers'] }
  | { readonly ok: false; readonly says: string };
