import { clause, type ClauseId } from './clause-id.ts';

/** A defect of whatever speaks SIP for itself: every terminal, and the CMR Server. */
interface AgentDefect {
  readonly name: string;
  readonly role: 'user agent';
  readonly breaks: readonly [ClauseId, ...ClauseId[]];
  readonly says: string;
}

/** Each alters what leaves the node, and when: `sip/misbehaving.ts`. */
export const userAgentTable = [
  {
    name: 'spoils-branch',
    role: 'user agent',
    breaks: [clause('R-MSG-02')],
    says: "Names its BYE's transaction by a branch without the magic cookie.",
  },
  {
    name: 'forgets-from-tag',
    role: 'user agent',
    breaks: [clause('R-MSG-03')],
    says: 'Sends its BYE without a tag in From.',
  },
  {
    name: 'tags-first-invite',
    role: 'user agent',
    breaks: [clause('R-MSG-03')],
    says: 'Puts a tag into the To of the INVITE that opens a dialog.',
  },
  {
    name: 'misnames-cseq',
    role: 'user agent',
    breaks: [clause('R-MSG-04')],
    says: 'Names OPTIONS in the CSeq of its BYE.',
  },
  {
    name: 'forgets-contact-in-update',
    role: 'user agent',
    breaks: [clause('R-MSG-08')],
    says: 'Sends UPDATE without Contact.',
  },
  {
    name: 'hides-early-media-support',
    role: 'user agent',
    breaks: [clause('DEL-GW-CLI-01')],
    says: 'Leaves P-Early-Media out of its INVITE.',
  },
  {
    name: 'requires-in-cancel',
    role: 'user agent',
    breaks: [clause('R-MSG-12')],
    says: 'Puts Require into its CANCEL.',
  },
  {
    name: 'sends-no-ack',
    role: 'user agent',
    breaks: [clause('R-2XX-03'), clause('R-TX-06')],
    says: 'Sends no ACK.',
  },
  {
    name: 'renumbers-ack',
    role: 'user agent',
    breaks: [clause('R-2XX-03'), clause('R-TX-06')],
    says: 'Counts its ACK as a request of its own.',
  },
  {
    name: 'skips-cseq',
    role: 'user agent',
    breaks: [clause('R-DLG-03')],
    says: 'Leaves five numbers out before the CSeq of its BYE.',
  },
  {
    name: 'uses-another-call-id',
    role: 'user agent',
    breaks: [clause('R-DLG-01')],
    says: 'Sends its BYE under another Call-ID.',
  },
  {
    name: 'sends-to-address-of-record',
    role: 'user agent',
    breaks: [clause('R-DLG-06')],
    says: "Sends its BYE to the address of record, not to the peer's Contact.",
  },
  {
    name: 'cancels-at-another-address',
    role: 'user agent',
    breaks: [clause('R-CAN-02')],
    says: 'Has another Request-URI in its CANCEL than in the INVITE.',
  },
  {
    name: 'acknowledges-another-rseq',
    role: 'user agent',
    breaks: [clause('R-PRK-08')],
    says: 'Names the RSeq after next in its PRACK.',
  },
  {
    name: 'puts-contact-into-prack',
    role: 'user agent',
    breaks: [clause('R-PRK-16')],
    says: 'Puts Contact into its PRACK.',
  },
  {
    name: 'gives-odd-reason',
    role: 'user agent',
    breaks: [clause('R-RSN-01')],
    says: 'Puts a Reason without cause into its BYE.',
  },
  {
    name: 'asks-for-short-session',
    role: 'user agent',
    breaks: [clause('R-SE-01')],
    says: 'Asks for a session interval of 30 s.',
  },
  {
    name: 'forgets-required-precondition',
    role: 'user agent',
    breaks: [clause('R-PRE-03')],
    says: 'Leaves precondition out of Require.',
  },
  {
    name: 'answers-under-other-from',
    role: 'user agent',
    breaks: [clause('R-MSG-06')],
    says: 'Answers BYE under another tag in From.',
  },
  {
    name: 'requires-what-nobody-listed',
    role: 'user agent',
    breaks: [clause('R-MSG-11')],
    says: 'Requires an extension in its 180 that the INVITE did not list.',
  },
  {
    name: 'forgets-contact-in-180',
    role: 'user agent',
    breaks: [clause('R-MSG-08')],
    says: 'Sends its 180 without Contact.',
  },
  {
    name: 'never-says-trying',
    role: 'user agent',
    breaks: [clause('R-TX-01')],
    says: 'Sends no 100.',
  },
  {
    name: 'answers-bye-with-408',
    role: 'user agent',
    breaks: [clause('R-TX-18')],
    says: 'Answers BYE with 408.',
  },
  {
    name: 'answers-bye-twice',
    role: 'user agent',
    breaks: [clause('R-TX-21')],
    says: 'Answers BYE with 200, and then with 500.',
  },
  {
    name: 'forgets-sdp-in-200',
    role: 'user agent',
    breaks: [clause('R-2XX-06')],
    says: 'Answers the INVITE without SDP.',
  },
  {
    name: 'forgets-to-tag',
    role: 'user agent',
    breaks: [clause('R-DLG-02'), clause('R-MSG-07')],
    says: 'Sends its 180 without a tag in To.',
  },
  {
    name: 'forgets-record-route',
    role: 'user agent',
    breaks: [clause('R-DLG-05')],
    says: 'Leaves Record-Route out of its responses.',
  },
  {
    name: 'refuses-every-cancel',
    role: 'user agent',
    breaks: [clause('R-CAN-05')],
    says: 'Answers CANCEL with 481.',
  },
  {
    name: 'leaves-cancelled-invite-open',
    role: 'user agent',
    breaks: [clause('R-CAN-05')],
    says: 'Never sends the 487 of an INVITE that was cancelled.',
  },
  {
    name: 'refuses-crossing-invite-with-500',
    role: 'user agent',
    breaks: [clause('R-REI-03')],
    says: 'Answers 500 where another INVITE is pending, and not 491.',
  },
  {
    name: 'refuses-crossing-update-with-500',
    role: 'user agent',
    breaks: [clause('R-UPD-06')],
    says: 'Answers 500 where its own offer is outstanding, and not 491.',
  },
  {
    name: 'moves-contact-in-200',
    role: 'user agent',
    breaks: [clause('R-UPD-10')],
    says: 'Has another Contact in its 200 to the INVITE.',
  },
  {
    name: 'forgets-rseq',
    role: 'user agent',
    breaks: [clause('R-PRK-02')],
    says: 'Requires 100rel in a response without RSeq.',
  },
  {
    name: 'forgets-required-100rel',
    role: 'user agent',
    breaks: [clause('R-PRK-02')],
    says: 'Numbers a response by RSeq that does not require 100rel.',
  },
  {
    name: 'says-trying-reliably',
    role: 'user agent',
    breaks: [clause('R-PRK-03')],
    says: 'Numbers its 100 by RSeq.',
  },
  {
    name: 'numbers-from-zero',
    role: 'user agent',
    breaks: [clause('R-PRK-04')],
    says: 'Numbers its reliable provisional responses from 0.',
  },
  {
    name: 'refuses-every-prack',
    role: 'user agent',
    breaks: [clause('R-PRK-09')],
    says: 'Answers every PRACK with 481.',
  },
  {
    name: 'rings-after-answering',
    role: 'user agent',
    breaks: [clause('R-PRK-13')],
    says: 'Sends a reliable 183 behind its 200 to the INVITE.',
  },
  {
    name: 'gates-before-directions',
    role: 'user agent',
    breaks: [clause('R-PEM-05')],
    says: 'Puts gated before the directions of P-Early-Media.',
  },
  {
    name: 'forgets-required-early-session',
    role: 'user agent',
    breaks: [clause('R-ES-08')],
    says: 'Sends an early-session offer without requiring early-session.',
  },
  {
    name: 'drops-line-of-answer',
    role: 'user agent',
    breaks: [clause('R-OA-06')],
    says: 'Leaves the last m= line out of its answer.',
  },
  {
    name: 'answers-with-foreign-format',
    role: 'user agent',
    breaks: [clause('R-OA-08')],
    says: 'Answers with a format that was not offered.',
  },
  {
    name: 'answers-any-direction-both-ways',
    role: 'user agent',
    breaks: [clause('R-OA-09')],
    says: 'Answers sendrecv whatever was offered.',
  },
  {
    name: 'answers-at-other-times',
    role: 'user agent',
    breaks: [clause('R-OA-10')],
    says: "Has another t= line than the offer's.",
  },
  {
    name: 'shuffles-sdp',
    role: 'user agent',
    breaks: [clause('R-SDP-01')],
    says: 'Puts the lines of a session description in the reverse order.',
  },
  {
    name: 'forgets-connection-line',
    role: 'user agent',
    breaks: [clause('R-SDP-02')],
    says: 'Leaves every c= line out.',
  },
  {
    name: 'says-two-directions',
    role: 'user agent',
    breaks: [clause('R-SDP-03')],
    says: 'Gives each line two directions.',
  },
  {
    name: 'forgets-rtpmap',
    role: 'user agent',
    breaks: [clause('R-SDP-05')],
    says: 'Leaves every rtpmap out.',
  },
  {
    name: 'lowers-preconditions',
    role: 'user agent',
    breaks: [clause('R-PRE-04')],
    says: 'Answers with weaker preconditions than were offered.',
  },
  {
    name: 'resends-invite-late',
    role: 'user agent',
    breaks: [clause('R-TX-03')],
    says: 'Waits twice as long before it repeats an INVITE (Timer A).',
  },
  {
    name: 'gives-invite-up-early',
    role: 'user agent',
    breaks: [clause('R-TX-04')],
    says: 'Gives an INVITE up after a quarter of the time (Timer B).',
  },
  {
    name: 'resends-requests-late',
    role: 'user agent',
    breaks: [clause('R-TX-08')],
    says: 'Waits twice as long before it repeats a request (Timer E).',
  },
  {
    name: 'gives-requests-up-early',
    role: 'user agent',
    breaks: [clause('R-TX-09')],
    says: 'Gives a request up after a quarter of the time (Timer F).',
  },
  {
    name: 'resends-refusals-late',
    role: 'user agent',
    breaks: [clause('R-TX-11')],
    says: 'Waits twice as long before it repeats a refusal (Timer G).',
  },
  {
    name: 'resends-200-late',
    role: 'user agent',
    breaks: [clause('R-2XX-01')],
    says: 'Waits twice as long before it repeats its 2xx.',
  },
  {
    name: 'resends-provisionals-late',
    role: 'user agent',
    breaks: [clause('R-PRK-06')],
    says: 'Waits twice as long before it repeats a reliable provisional response.',
  },
] as const satisfies readonly AgentDefect[];
