import { excusedClauses } from './excused-clauses.ts';

const noProxies = 'It is about proxies, and no defect makes one of them break anything.';
const absorbing =
  'What breaks it must come twice or too late at the right moment; no defect takes in a copy.';
const typed = 'A message that breaks it cannot be made: the type of messages has no room for one.';
const believing =
  'What breaks it is an answer to something that itself is a breach; no defect makes both.';
const crossing = 'It takes two requests that cross; no defect sends the second all the same.';
const hearing = 'No defect makes a terminal deaf, or deaf too soon, at one of two addresses.';

const mute = 'No defect has a description to put where none belongs.';

/** Why no defect breaks a MUST clause that a trace can show. */
const reasons: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['R-MSG-01', typed],
  ['R-MSG-09', typed],
  ['R-MSG-05', noProxies],
  ['R-MSG-13', noProxies],
  ['R-TX-02', noProxies],
  ['R-TX-19', noProxies],
  ['R-DLG-14', noProxies],
  ['R-OA-22', noProxies],
  ['R-CAN-09', noProxies],
  ['R-TX-10', absorbing],
  ['R-TX-13', absorbing],
  ['R-TX-14', absorbing],
  ['R-TX-15', absorbing],
  ['R-TX-17', absorbing],
  ['R-PRK-10', absorbing],
  ['R-PRK-11', absorbing],
  ['R-PRK-18', absorbing],
  ['R-CAN-06', absorbing],
  ['R-CAN-07', crossing],
  ['R-REI-01', crossing],
  ['R-REI-03', crossing],
  ['R-UPD-02', crossing],
  ['R-UPD-04', crossing],
  ['R-CAN-03', crossing],
  ['R-REI-05', believing],
  ['R-UPD-09', believing],
  ['R-DLG-09', believing],
  ['R-2XX-07', believing],
  ['R-TX-16', absorbing],
  ['R-2XX-04', absorbing],
  ['R-2XX-05', mute],
  ['R-OA-02', mute],
  ['R-PRK-17', mute],
  ['R-OA-12', hearing],
  ['R-OA-17', hearing],
  ['R-EM-01', hearing],
  ['R-PEM-07', hearing],
]);

/** Why nothing breaks a clause: its own reason, or what keeps scenarios from it at all. */
export function whyUnkilled(id: string): string {
  return reasons.get(id) ?? excusedClauses.get(id)?.why ?? 'No defect is meant to break it.';
}
