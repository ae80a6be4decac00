import { trustedAddress } from './start-workers.ts';

/** The service worker that a built page has beside it (scripts/offline-worker.mjs). */
const address = './offline.js';

/**
 * From the next load on the page opens without a network. Only where it was built and stands on a
 * web server: while it is edited nothing may be kept, and Electron has the page at hand.
 */
export function goOffline(window: Window): void {
  const { navigator, location } = window;
  if (!import.meta.env.PROD || !location.protocol.startsWith('http')) return;
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register(trustedAddress(address)).catch((error: unknown) => {
    // The page works without; somebody who looks for the reason finds it.
    console.info('This page is not kept for use without a network:', error);
  });
}
