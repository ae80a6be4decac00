import type { Clause, Strength } from '../clause.ts';
import { rule } from './rule.ts';

/** Sections of the base standards that state changes and ignored packets cite as a whole. */
export const rfcSections: readonly Clause[] = [
  section(
    'RFC3261 8.1.1.7',
    'MUST',
    'Via and branch',
    'Via names the transport and where the response goes; its branch names the transaction.',
  ),
  section(
    'RFC3261 8.1.3.1',
    'MUST',
    'Transaction layer errors',
    'A timeout of the transaction counts as 408, a transport error as 503.',
  ),
  section(
    'RFC3261 8.1.3.2',
    'MUST',
    'Unrecognized responses',
    'An unknown status code counts as the x00 of its class, an unknown provisional one as 183.',
  ),
  section(
    'RFC3261 8.2.2',
    'MUST',
    'Header inspection',
    'Request-URI, loops and Require are looked at before the request is worked on.',
  ),
  section(
    'RFC3261 8.2.2.3',
    'MUST',
    'Require',
    'A server that lacks a required extension refuses with 420 and Unsupported.',
  ),
  section(
    'RFC3261 8.2.6',
    'MUST',
    'Generating the response',
    'A response copies From, Call-ID, CSeq and Via and puts a tag into To.',
  ),
  section(
    'RFC3261 9.1',
    'MUST',
    'Sending CANCEL',
    'CANCEL names a pending INVITE and waits for its first provisional response.',
  ),
  section(
    'RFC3261 9.2',
    'MUST',
    'Receiving CANCEL',
    'CANCEL gets 200 and makes the pending INVITE fail with 487.',
  ),
  section(
    'RFC3261 12.1',
    'MUST',
    'Making a dialog',
    'Responses 101 to 299 with a To tag to an INVITE make a dialog.',
  ),
  section(
    'RFC3261 12.1.1',
    'MUST',
    'Dialog, called side',
    'The called side takes route set, remote target and tags from the request.',
  ),
  section(
    'RFC3261 12.1.2',
    'MUST',
    'Dialog, calling side',
    'The calling side takes route set, remote target and tags from the response.',
  ),
  section(
    'RFC3261 12.2.1.1',
    'MUST',
    'Request within a dialog',
    'Request-URI, Route, tags and CSeq come from the dialog.',
  ),
  section(
    'RFC3261 12.2.1.2',
    'SHOULD',
    'Response within a dialog',
    '481, 408 or silence ends the dialog.',
  ),
  section(
    'RFC3261 12.2.2',
    'MUST',
    'Receiving within a dialog',
    'Requests are matched with a dialog by Call-ID and tags; a lower CSeq number gets 500, ' +
      'no dialog 481.',
  ),
  section(
    'RFC3261 12.3',
    'MUST',
    'End of a dialog',
    'A refusal of the INVITE ends its early dialogs; BYE ends a confirmed one.',
  ),
  section(
    'RFC3261 13',
    'NOTE',
    'Initiating a session',
    'INVITE, its responses and ACK begin a session.',
  ),
  section(
    'RFC3261 13.2.1',
    'MUST',
    'INVITE and its offer',
    'The offer is in the INVITE or in the first reliable response to it.',
  ),
  section(
    'RFC3261 13.2.2.1',
    'NOTE',
    'Provisional responses',
    'A 1xx with a To tag may begin an early dialog.',
  ),
  section(
    'RFC3261 13.2.2.3',
    'MUST',
    'Refusals',
    'A final response above 299 ends the INVITE and all its early dialogs.',
  ),
  section(
    'RFC3261 13.2.2.4',
    'MUST',
    '2xx and its ACK',
    'Each 2xx confirms a dialog and is acknowledged with the CSeq number of its INVITE.',
  ),
  section(
    'RFC3261 13.3.1.1',
    'MUST',
    'Progress',
    'A provisional response is refreshed every minute while the INVITE is pending.',
  ),
  section(
    'RFC3261 13.3.1.4',
    'MUST',
    'INVITE accepted',
    'The 2xx is repeated at T1, doubling up to T2, until its ACK; without one the session is ' +
      'ended with BYE after 64·T1.',
  ),
  section(
    'RFC3261 14.1',
    'MUST',
    'Sending a re-INVITE',
    'One INVITE at a time per dialog; after 491 a wait; a failure leaves the session as it was.',
  ),
  section(
    'RFC3261 14.2',
    'MUST',
    'Receiving a re-INVITE',
    'A second INVITE gets 500, one that crosses our own 491.',
  ),
  section(
    'RFC3261 15',
    'MUST',
    'Ending a session',
    'BYE ends a session; the called side waits for the ACK before it sends one.',
  ),
  section(
    'RFC3261 15.1.1',
    'MUST',
    'Sending BYE',
    'The session ends when BYE is handed to its transaction.',
  ),
  section(
    'RFC3261 15.1.2',
    'MUST',
    'Receiving BYE',
    'BYE gets 2xx, or 481 without a dialog; pending requests are answered.',
  ),
  section(
    'RFC3261 16.7',
    'MUST',
    'Proxy and responses',
    'A 100 is not forwarded; provisional responses and 2xx are, at once.',
  ),
  section(
    'RFC3261 17.1.1',
    'MUST',
    'INVITE client transaction',
    'Calling, Proceeding, Completed, Terminated: figure 5 of the RFC.',
  ),
  section(
    'RFC3261 17.1.1.1',
    'NOTE',
    'INVITE transaction, overview',
    'Three-way handshake; T1 estimates the round trip.',
  ),
  section(
    'RFC3261 17.1.1.2',
    'MUST',
    'INVITE client transaction',
    'Timer A repeats the INVITE, Timer B gives up, Timer D absorbs repeated refusals.',
  ),
  section(
    'RFC3261 17.1.1.3',
    'MUST',
    'ACK for a refusal',
    "The client transaction acknowledges a refusal itself, with the INVITE's branch.",
  ),
  section(
    'RFC3261 17.1.2',
    'MUST',
    'Non-INVITE client transaction',
    'Trying, Proceeding, Completed, Terminated: figure 6 of the RFC.',
  ),
  section(
    'RFC3261 17.1.2.2',
    'MUST',
    'Non-INVITE client transaction',
    'Timer E repeats the request, Timer F gives up, Timer K absorbs repeated responses.',
  ),
  section(
    'RFC3261 17.1.3',
    'MUST',
    'Responses and client transactions',
    'A response belongs to the transaction with its branch and CSeq method.',
  ),
  section(
    'RFC3261 17.2.1',
    'MUST',
    'INVITE server transaction',
    '100 within 200 ms; Timer G repeats a refusal, Timer H gives up, Timer I absorbs ACKs: ' +
      'figure 7.',
  ),
  section(
    'RFC3261 17.2.2',
    'MUST',
    'Non-INVITE server transaction',
    'Repeated requests get the same response; Timer J ends it: figure 8.',
  ),
  section(
    'RFC3261 17.2.3',
    'MUST',
    'Requests and server transactions',
    'A request belongs to the transaction with its branch, sent-by and method.',
  ),
  section(
    'RFC6026 7.1',
    'MUST',
    'Accepted, server side',
    'After its 2xx the INVITE server transaction stays Accepted for Timer L.',
  ),
  section(
    'RFC6026 7.2',
    'MUST',
    'Accepted, client side',
    'After a 2xx the INVITE client transaction stays Accepted for Timer M.',
  ),
  section(
    'RFC3262 3',
    'MUST',
    'UAS and reliable responses',
    'A reliable response is repeated at T1, doubling, until its PRACK; the 2xx waits if it ' +
      'carried SDP.',
  ),
  section(
    'RFC3262 4',
    'MUST',
    'UAC and reliable responses',
    'Each reliable response, in order, is acknowledged by a PRACK with RAck.',
  ),
  section(
    'RFC3262 5',
    'MUST',
    'Offers and reliable responses',
    'An offer in a reliable response is answered in its PRACK; a PRACK may offer anew.',
  ),
  section(
    'RFC3264 5',
    'MUST',
    'The offer',
    'What an offer contains, and that its sender can receive from then on.',
  ),
  section(
    'RFC3264 6',
    'MUST',
    'The answer',
    'As many m= lines as the offer, in its order; port 0 refuses one.',
  ),
  section('RFC3264 6.1', 'MUST', 'Unicast streams', 'Formats and directions an answer may choose.'),
  section(
    'RFC3264 8',
    'MUST',
    'Changing the session',
    'm= lines stay in their places, the o= version rises by one.',
  ),
  section(
    'RFC3264 8.3.1',
    'MUST',
    'Changing an address',
    'The old address is listened on until media arrive at the new one.',
  ),
  section(
    'RFC3311 5.1',
    'MUST',
    'Sending UPDATE',
    'Before the final response only once the first exchange is complete; never while an ' +
      'offer is open.',
  ),
  section(
    'RFC3311 5.2',
    'MUST',
    'Receiving UPDATE',
    'Answered promptly; 491 or 500 where offers collide, 488 where the offer will not do.',
  ),
  section(
    'RFC3311 5.3',
    'MUST',
    'Answer to UPDATE',
    'A refusal leaves the session as it was; 481, 408 or silence ends the dialog.',
  ),
  section(
    'RFC3725 4.1',
    'NOTE',
    'Third party call control',
    'A controller that holds back an ACK makes the other side repeat its 200.',
  ),
  section(
    'RFC3725 6',
    'NOTE',
    'Controller and errors',
    'A controller that loses one leg ends the other.',
  ),
  section(
    'RFC3326 2',
    'MUST',
    'Reason',
    'Reason tells why a request was sent: protocol, cause, text.',
  ),
  section(
    'RFC3959 4',
    'MUST',
    'Early-session bodies',
    'They negotiate separately and end when the early dialog does.',
  ),
  section(
    'RFC3960 3',
    'NOTE',
    'Gateway model',
    'Early media use the session of the INVITE and become regular with the 2xx.',
  ),
  section(
    'RFC3960 3.2',
    'SHOULD',
    'Local ringback',
    'A tone of its own only with a 180 and without media.',
  ),
  section(
    'RFC5009 8',
    'MUST',
    'P-Early-Media',
    'Which early media are authorised, seen from the called side.',
  ),
  section(
    'RFC6337 4.3',
    'SHOULD',
    'Colliding offers',
    '491 where our own request is pending, 500 where theirs is.',
  ),
  section('RFC8866 5', 'MUST', 'SDP lines', 'The lines of a session description and their order.'),
];

/** The id names document and section: `RFC3261 17.1.1.2`. */
function section(id: string, strength: Strength, title: string, says: string): Clause {
  const [rfc = '', number = ''] = id.split(' ');
  const document = `RFC ${rfc.slice(3)}`;
  return rule(id, strength, document, `§${number}`, title, says, 'Judged by its rules, R-….');
}
