import type { Clause } from '../clause.ts';
import { rule } from './rule.ts';

/** RFC 3261 §7, §8, §20: what every message carries. */
export const messageEssentials: readonly Clause[] = [
  rule(
    'R-MSG-01',
    'MUST',
    'RFC 3261',
    '§8.1.1',
    'Mandatory header fields',
    'A request carries To, From, CSeq, Call-ID, Max-Forwards and Via.',
    'Every sent request has all six header fields.',
  ),
  rule(
    'R-MSG-02',
    'MUST',
    'RFC 3261',
    '§8.1.1.7, §9.1, §17.1.1.3, §13.2.2.4',
    'Branch names one transaction',
    'A Via branch begins with z9hG4bK and names one client transaction; CANCEL and the ACK ' +
      "for a refusal keep the INVITE's branch, the ACK for a 2xx gets its own.",
    'No two transactions of one node share a branch and a method other than CANCEL and ACK.',
  ),
  rule(
    'R-MSG-03',
    'MUST',
    'RFC 3261',
    '§8.1.1.2/3',
    'Tags of the first request',
    'From carries a tag in every request; the INVITE that opens a dialog has no To tag.',
    'Tags are there, and absent, as the rule has them.',
  ),
  rule(
    'R-MSG-04',
    'MUST',
    'RFC 3261',
    '§8.1.1.5',
    'CSeq names the method',
    'The method in CSeq is that of the request; its number stays below 2³¹.',
    'CSeq is compared with the request line.',
  ),
  rule(
    'R-MSG-05',
    'MUST',
    'RFC 3261',
    '§8.1.1.6, §16.3, §16.6',
    'Max-Forwards counts down',
    'Each proxy lowers Max-Forwards by one and answers 483 instead of forwarding a zero; a ' +
      'back-to-back user agent may begin anew.',
    'The value falls by one per proxy hop and is never negative.',
  ),
  rule(
    'R-MSG-06',
    'MUST',
    'RFC 3261',
    '§8.2.6.2',
    'Response copies the request',
    'A response repeats From, Call-ID, CSeq and all Via lines of its request in their order, ' +
      'and To with a tag added.',
    'Response and request agree field by field, but for received and rport in the top Via.',
  ),
  rule(
    'R-MSG-07',
    'MUST',
    'RFC 3261',
    '§8.2.6.2, §13.3.1.1; RFC 6141 §4.9',
    'One To tag per UAS',
    'One answering party uses one To tag in all responses to a request except 100.',
    'One transaction and party has one To tag; more of them, used for further early dialogs, ' +
      'are worth an information only.',
  ),
  rule(
    'R-MSG-08',
    'MUST',
    'RFC 3261',
    '§8.1.1.8, §12.1.1; RFC 3311 Table 1',
    'Contact where dialogs need it',
    'INVITE, every response that makes a dialog, UPDATE and its 2xx carry Contact.',
    'Contact is present in those messages.',
  ),
  rule(
    'R-MSG-09',
    'MUST',
    'RFC 3261',
    '§7.3.1',
    'Tokens ignore case',
    'Option tags and other tokens compare without regard to case.',
    'Early-Session and early-session are one tag.',
  ),
  rule(
    'R-MSG-10',
    'MUST',
    'RFC 3261',
    '§8.2.2.3',
    '420 for unknown extensions',
    'A server that does not understand a tag in Require refuses with 420 and lists it in ' +
      'Unsupported.',
    'A tag beyond what the server can do is met by 420 naming it.',
  ),
  rule(
    'R-MSG-11',
    'MUST',
    'RFC 3261',
    '§8.2.4',
    'Extensions only if supported',
    'A response applies an extension only where the request listed it in Supported or ' +
      'Require, and lists it in Require itself.',
    'Require of a 1xx or 2xx holds nothing that the request did not list.',
  ),
  rule(
    'R-MSG-12',
    'MUST',
    'RFC 3261',
    '§8.2.2.3, §9.1',
    'No Require in CANCEL, ACK',
    'CANCEL and the ACK for a refusal carry no Require; the ACK for a 2xx only tags that its ' +
      'INVITE had.',
    'The header fields of CANCEL and ACK are looked at.',
  ),
  rule(
    'R-MSG-13',
    'MUST',
    'RFC 3261',
    '§16.6(1), §16.7(9)',
    'Proxies leave bodies alone',
    'A proxy leaves bodies alone. Whoever changes one ends both dialogs itself, as a ' +
      'back-to-back user agent.',
    'Where a body changes on its way, the two legs are different dialogs or carry a To tag ' +
      'of the one that changed it.',
  ),
  rule(
    'R-MSG-14',
    'SHOULD',
    'RFC 3261',
    '§20.11',
    'SDP means session',
    'SDP without Content-Disposition counts as session.',
    'A body without the header field is taken as session SDP.',
  ),
  rule(
    'R-MSG-15',
    'MUST',
    'RFC 3261',
    '§8.1.3.2',
    'Unknown status codes',
    'An unknown final response counts as the x00 of its class, an unknown provisional one as 183.',
    "The client's state after a 431 or a 187 is that after 400 or 183.",
  ),
  rule(
    'R-MSG-16',
    'MUST',
    'RFC 3262',
    '§7 Table 3; RFC 3261 Table 2 + RFC 7462 §4.1; RFC 5009 Table 1; RFC 4028 Table 1',
    'Header fields in their place',
    'RSeq stands only in a 1xx to INVITE, RAck only in PRACK, Alert-Info only in INVITE and ' +
      'its 1xx, Session-Expires only in INVITE, UPDATE and their 2xx.',
    'Each header field is looked up in the table of places.',
  ),
  rule(
    'R-MSG-17',
    'SHOULD',
    'RFC 3261',
    '§13.2.1, §13.3.1.4; RFC 3311 §4',
    'Allow and Supported listed',
    'INVITE and its 2xx list Allow and Supported; a reliable 1xx with SDP lists UPDATE in ' +
      'Allow where it is supported.',
    'The header fields are present.',
  ),
  rule(
    'R-MSG-18',
    'NOTE',
    'RFC 3261',
    'Table 3',
    'Supported in a 1xx',
    'RFC 3261 foresees Supported in requests and 2xx responses, not in a 1xx.',
    'A 1xx with Supported raises I-SUPPORTED-IN-1XX.',
  ),
];
