import { contextBridge, ipcRenderer } from 'electron';

import type { HostBridge } from '../renderer/host/host-bridge.ts';
import type { Answer, ChannelName, Channels } from './channels.ts';

const hostBridge: HostBridge = {
  platform: 'electron',
  openScenario: () => ask('scenario.open', null),
  saveScenario: (handle, text) => ask('scenario.save', { handle, text }),
  saveScenarioAs: (suggestedName, text) => ask('scenario.saveAs', { suggestedName, text }),
  exportFile: (suggestedName, contents) => ask('export.save', { suggestedName, contents }),
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
