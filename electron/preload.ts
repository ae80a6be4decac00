import { contextBridge, ipcRenderer } from 'electron';

import type { HostBridge, HostEvent } from '../renderer/host/host-bridge.ts';
import { hostEvents, type Answer, type ChannelName, type Channels } from './channels.ts';

const hostBridge: HostBridge = {
  platform: 'electron',
  openScenario: () => ask('scenario.open', null),
  saveScenario: (handle, text) => ask('scenario.save', { handle, text }),
  saveScenarioAs: (suggestedName, text) => ask('scenario.saveAs', { suggestedName, text }),
  recentFiles: () => ask('scenario.recent', null),
  openRecent: (id) => ask('scenario.openRecent', { id }),
  exportFile: (suggestedName, contents) => ask('export.save', { suggestedName, contents }),
  printPage: (suggestedName) => ask('export.print', { suggestedName }),
  keepDraft: (id, text) => ask('draft.keep', { id, text }),
  dropDraft: (id) => ask('draft.drop', { id }),
  drafts: () => ask('draft.list', null),
  heed(listener) {
    ipcRenderer.on(hostEvents, (_event, told: HostEvent) => listener(told));
    void ask('host.heed', null);
  },
  version: () => ask('app.version', null),
};

contextBridge.exposeInMainWorld('hostBridge', Object.freeze(hostBridge));

async function ask<Name extends ChannelName>(
  name: Name,
  asked: Channels[Name]['asks'],
): Promise<Channels[Name]['answers']> {
  // IPC carries plain data without types; ipc.ts answers this channel with this type.
  const answer = (await ipcRenderer.invoke(name, asked)) as Answer<Name>;
  if (answer.ok) return answer.value;
  throw new Error(answer.says);
}
