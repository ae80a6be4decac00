import type { HostBridge } from './host-bridge.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload script; absent in a browser. */
    readonly hostBridge?: HostBridge;
  }
}

/** The bridge of the Electron window this page runs in, or null in a browser. */
export function electronHost(window: Window): HostBridge | null {
  return window.hostBridge ?? null;
}
