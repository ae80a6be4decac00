import { browserHost } from './browser-host.ts';
import { electronHost } from './electron-host.ts';
import type { HostBridge } from './host-bridge.ts';

/** Whoever opens and saves files for this page. */
export function findHost(window: Window): HostBridge {
  return electronHost(window) ?? browserHost(window);
}
