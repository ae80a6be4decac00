import { isPageAddress } from './app-protocol.ts';
import type { ContentsPart, Preventable, SessionPart } from './electron-parts.ts';

const downloadsAndDevices = [
  'will-download',
  'select-hid-device',
  'select-serial-port',
  'select-usb-device',
] as const;

/**
 * The page stays the page: no other address, no second window, no webview.
 * Electron's security guide, items 12 to 14.
 */
export function confineContents(contents: ContentsPart): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    contents.on(event, (navigation) => {
      if (!isPageAddress(navigation.url)) navigation.preventDefault();
    });
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
}

/**
 * Everything a page can ask a browser for is refused: Electron approves what nobody refuses.
 * @param developerTools whether the addresses of Chromium's developer tools may load
 */
export function confineSession(session: SessionPart, developerTools: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }));
  // The spell checker would fetch dictionaries.
  session.setSpellCheckerEnabled(false);
  for (const name of downloadsAndDevices) session.on(name, (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !mayLoad(details.url, developerTools) });
  });
}

/** @returns whether the window may fetch from there: its own files and what it made itself */
function mayLoad(url: string, developerTools: boolean): boolean {
  const own = url.startsWith('blob:') ? url.slice('blob:'.length) : url;
  return isPageAddress(own) || (developerTools && url.startsWith('devtools://'));
}

/** Refuses a server whose certificate is not trusted; there is none we would talk to. */
export function refuseCertificate(
  event: Preventable,
  _contents: unknown,
  _url: string,
  _error: string,
  _certificate: unknown,
  decide: (trusted: boolean) => void,
): void {
  event.preventDefault();
  decide(false);
}
