import { gap, type Gap } from './gap.ts';

/** The other gaps: delivery, its modes and the documents themselves. */
export const gapsOfDelivery: readonly Gap[] = [
  gap({
    id: 'GAP-14',
    section: 'Delivery lines 79 and 91',
    title: 'A tag nobody must send',
    says: 'CMRT needs 100rel in a provisional response that Client-B is not told to put there.',
    text:
      'The trigger asks for early-session and 100rel; Client-B is told to list ' +
      'early-session only.',
    base:
      'Supported in a 1xx is outside RFC 3261 table 3; a reliable 1xx shows itself by ' +
      'Require and RSeq.',
    reading: 'early-session in Supported, and 100rel in Supported or Require.',
    otherwise: 'Both in Supported.',
  }),
  gap({
    id: 'GAP-15',
    section: 'Delivery lines 79–83',
    title: 'Early-session offer in PRACK',
    says: 'A first offer in a PRACK is outside the known patterns.',
    text: 'The PRACK gets an early-session offer.',
    base:
      'PRACK is no place for a first session offer (RFC 6337 table 1); for early sessions ' +
      'it is not forbidden (RFC 3959 §4). It needs a reliable 1xx.',
    reading:
      'The offer goes into the first PRACK of a response that meets the trigger, sent ' +
      'by the CMR Server itself.',
    otherwise: 'UPDATE, or the INVITE.',
  }),
  gap({
    id: 'GAP-17',
    section: 'Delivery line 92',
    title: 'Early session after the answer',
    says: 'When the client stops rendering the early session is left for further study.',
    text: "An editor's note.",
    base: 'The early session ends when its dialog ends or becomes regular (RFC 3959 §4).',
    reading: 'Client-A closes it with the 200; what comes later is discarded.',
    otherwise: 'Until the first regular media.',
  }),
  gap({
    id: 'GAP-19',
    section: 'Delivery lines 73–91',
    title: 'Spelling of Early-Session',
    says: 'The text writes the tag with capitals.',
    text: 'Early-Session.',
    base: 'The registered tag is early-session; tokens ignore case (RFC 3959 §9, RFC 3261 §7.3.1).',
    reading: 'Written in lower case, read in any.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-20',
    section: 'Delivery lines 59–61',
    title: 'Where the URL goes',
    says: 'HTTP Mode does not say where in the message the URL goes.',
    text: 'The URL is inserted into the message.',
    base:
      'Alert-Info names a tone in INVITE and in a 1xx (RFC 3261 §20.4, RFC 7462 §4.1); ' +
      'Call-Info is possible too.',
    reading: 'Alert-Info.',
    otherwise: 'Call-Info, or a body.',
  }),
  gap({
    id: 'GAP-21',
    section: 'Delivery line 59',
    title: 'Which provisional response',
    says: 'There may be several, and an unreliable one may be lost.',
    text: 'The provisional response, in the singular.',
    base:
      '100 is never forwarded; an unreliable 1xx is repeated about every minute (RFC 3261 ' +
      '§13.3.1.1).',
    reading:
      'The first 180, or a 183 if that is all; repeats carry the same URL and are ' +
      'downloaded once.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-22',
    section: 'Delivery lines 65 and 85',
    title: 'Other ends of CMRT',
    says: 'The ring tone ends with the answer; other ends are not named.',
    text: 'CMRT plays until the call is answered.',
    base: 'CANCEL, refusal and timeout end alerting as well (RFC 3261 §9.2).',
    reading: 'It ends with the first of answer, CANCEL, any final response, BYE.',
    otherwise: null,
    only: 'Whatever ends the alerting leaves nobody to ring for.',
  }),
  gap({
    id: 'GAP-23',
    section: 'Delivery line 85',
    title: 'Two ends in one sentence',
    says: 'Two alternatives of a tracked change run together.',
    text: 'The ring tone plays until the final response, or until the call is answered.',
    base: 'Nothing.',
    reading: "Until the CMR Server receives Client-B's first final response.",
    otherwise: null,
    only:
      'At the CMR Server both ends of the sentence are the same message, the first final ' +
      'response.',
  }),
  gap({
    id: 'GAP-24',
    section: 'Delivery lines 95–114',
    title: 'No CMRT in Gateway Mode',
    says: 'Gateway Mode covers CMRBT only, while Continue speaks of both modes in general.',
    text: 'No procedure for CMRT.',
    base: 'Nothing.',
    reading: 'Not supported: Client-B rings as usual.',
    otherwise: 'An early UPDATE towards Client-B.',
  }),
  gap({
    id: 'GAP-29',
    section: 'Delivery lines 69 and 95',
    title: 'Preconditions',
    says: "Two editor's notes leave preconditions open.",
    text: 'Two reminders to think of preconditions.',
    base:
      'Nobody is alerted and no media flow before mandatory preconditions are met; a new ' +
      'address starts them again (RFC 3312 §6, RFC 4032 §4.1).',
    reading:
      'The ring begins after the 180 that follows them; steps 4 and 6 carry them only ' +
      'if the leg uses them.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-31',
    section: 'Delivery and Continue, throughout',
    title: 'Server and Resource Server',
    says: 'The interface between CMR Server and Resource Server is not defined.',
    text: 'Contact, instruct, request.',
    base: 'Real protocols exist (RFC 4240 §5, RFC 6231, RFC 6505, H.248).',
    reading: 'Abstract commands and replies with latency, loss and refusal.',
    otherwise: null,
    only:
      'SIP conferences (RFC 4240) can neither lower the ring nor keep it from one party, so ' +
      'CON-SRV-09 could not be ordered through them; what the choice costs is latency and loss ' +
      'of a command, which links give.',
  }),
  gap({
    id: 'GAP-32',
    section: 'Delivery and Continue, throughout',
    title: 'Forking',
    says: 'Nothing says what happens when several terminals ring.',
    text: 'No wording.',
    base:
      'Several early dialogs are possible, each with its own negotiation; the gateway ' +
      'model suits them badly (RFC 3960 §3.1).',
    reading: 'The CMR Server takes the branches on leg B and shows Client-A one early dialog.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-33',
    section: 'Delivery, throughout',
    title: 'Which mode',
    says: 'No rule chooses between the modes when Client-A can do several.',
    text: 'No wording.',
    base: 'Nothing.',
    reading:
      'The configured mode; where its trigger fails, the next of Application Server, ' +
      'Gateway and HTTP Mode, else no ring.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-36',
    section: 'Delivery lines 77 and 106',
    title: 'Answer overtakes the ring',
    says: 'Client-B may answer before the ring is set up.',
    text: 'No wording.',
    base: 'Nothing.',
    reading: 'No play; what is reserved is released; the PRACK is still answered.',
    otherwise: null,
    only: 'A ring that is ready after the answer has no alerting left to play in.',
  }),
  gap({
    id: 'GAP-37',
    section: 'Both documents',
    title: 'Defects of the documents',
    says: 'Clause numbers are mixed up, CRBT stands once for CMRBT, the figure is missing.',
    text: 'See the documents.',
    base: 'Nothing.',
    reading: 'No effect.',
    otherwise: null,
    only: 'Numbering and a missing figure make no difference to a call.',
  }),
  gap({
    id: 'GAP-39',
    section: 'Continue lines 80–83',
    title: 'Session timers',
    says: 'Steps 4 and 6 refresh the session as well.',
    text: 'No wording.',
    base: 're-INVITE and UPDATE are refreshes of their own leg (RFC 4028 §7.2, §7.4).',
    reading: 'Timers per leg; steps 4 and 6 restart them. T1, T2 and T4 are a choice of their own.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-41',
    section: 'Delivery lines 73 and 98',
    title: 'Several provisional responses',
    says: 'The text has one provisional response; calls have more.',
    text: 'The provisional response, in the singular.',
    base:
      'One open offer at a time; the second reliable response waits for the first PRACK ' +
      '(RFC 3262 §3).',
    reading:
      'The first 101 to 199 gets everything; later ones go to Client-A without SDP, ' +
      "and Client-B's SDP stays out of leg A until the UPDATE.",
    otherwise: 'The first 180.',
  }),
  gap({
    id: 'GAP-42',
    section: 'Delivery, throughout',
    title: 'No provisional response at all',
    says: 'A terminal that answers at once leaves no response to amend.',
    text: 'No wording.',
    base: 'Nothing.',
    reading: 'No CMRBT.',
    otherwise: null,
    only: 'There is no message that the ring could be put into.',
  }),
  gap({
    id: 'GAP-45',
    section: 'Delivery lines 77 and 106',
    title: 'Resource shorter than the ringing',
    says: 'The resource may end before anybody answers.',
    text: 'Played until the final response.',
    base: 'A 180 without media makes a terminal play its own tone (RFC 3960 §3.2).',
    reading: 'The resource begins anew.',
    otherwise: 'Once.',
  }),
  gap({
    id: 'GAP-46',
    section: 'Delivery and Continue, throughout',
    title: 'Both services in one call',
    says: 'Nothing says how CMRBT and CMRT go together.',
    text: 'No wording.',
    base: 'Nothing.',
    reading:
      "Each on its own leg, with its own reservation; Continue acts on Client-B's " +
      'regular session only.',
    otherwise: null,
    only: 'Two legs are two dialogs with two early sessions; nothing joins them.',
  }),
  gap({
    id: 'GAP-47',
    section: 'Delivery lines 73 and 98',
    title: 'Waiting for the reservation',
    says: 'The provisional response waits for the Resource Server.',
    text: 'Perform the process, then forward.',
    base:
      'A provisional response may be held back; 100 must leave within 200 ms (RFC 3261 ' +
      '§17.2.1).',
    reading:
      'The reservation is asked for with the first 18x; after the longest wait the ' +
      'plain response goes on without a ring.',
    otherwise: null,
  }),
];
