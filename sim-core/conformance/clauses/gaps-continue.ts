import { gap, type Gap } from './gap.ts';

/** Gaps 01 to 05, 18, 25 to 30, 34, 38, 40 and 48: Continue. */
export const gapsOfContinue: readonly Gap[] = [
  gap({
    id: 'GAP-01',
    section: 'Delivery lines 78 and 107–109, Continue lines 24–36',
    title: 'Stop always, or Continue',
    says: 'One text stops the ring on any final answer, the other makes that a decision.',
    text:
      'Delivery orders the ring to stop on any final answer; Continue has the CMR Server ' +
      'decide.',
    base: 'Nothing.',
    reading:
      'Continue overrides Delivery where it is chosen and the final response is a 2xx; ' +
      'otherwise Delivery applies.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-02',
    section: 'Continue line 24',
    title: 'Final responses that refuse',
    says: 'The decision is triggered by "the final response", which may be a refusal.',
    text: 'Continue is decided on the final response from the called party, of whatever class.',
    base:
      'A refusal ends every early dialog and session of its INVITE (RFC 3261 §13.2.2.3, ' +
      '§12.3).',
    reading: 'A refusal always stops the ring. A decision to continue there is a defect.',
    otherwise: null,
    only: 'After a refusal no dialog and no session is left that could continue.',
  }),
  gap({
    id: 'GAP-03',
    section: 'Continue lines 29–36 and 90',
    title: 'When step 5 is acknowledged',
    says:
      "The procedure never acknowledges the re-INVITE's 200; the flow does so at step 10, " +
      'after a round trip to Client-A.',
    text:
      'The list of duties has one ACK, for the first 200. Step 10 sends an ACK to ' +
      'Client-B only after step 9.',
    base:
      'Each 2xx needs its ACK, without a deadline; the called side repeats the 2xx at T1, ' +
      'doubling, and hangs up after 64·T1 (RFC 3261 §13.3.1.4). RFC 3725 §4.1 names this ' +
      'hazard.',
    reading:
      'The ACK waits for step 10, the only place the text gives it; W-2XX-RETX tells ' +
      'when Client-B repeats its 200 because of that.',
    otherwise: 'Acknowledge at once.',
  }),
  gap({
    id: 'GAP-04',
    section: 'Continue line 90',
    title: 'What step 10 forwards',
    says:
      "Step 10 forwards Client-A's ACK to Client-B, whose first 200 has been acknowledged " +
      'at step 2.',
    text: "Client-A's ACK is passed on to Client-B.",
    base:
      'An ACK belongs to one dialog and carries the CSeq number of the INVITE it ' +
      'acknowledges (RFC 3261 §13.2.2.4).',
    reading:
      "Step 10 is a new ACK on leg B with the re-INVITE's CSeq number; Client-A's ACK " +
      'is only its trigger.',
    otherwise: null,
    only: "An ACK is made per dialog: nothing of Client-A's can travel on leg B.",
  }),
  gap({
    id: 'GAP-05',
    section: 'Continue line 83',
    title: 'UPDATE while the offer waits',
    says:
      'In Application Server Mode step 6 may come while the offer of the INVITE is still ' +
      'unanswered.',
    text: 'Step 6 sends an UPDATE with an offer whatever the mode.',
    base:
      'The callee may not offer in UPDATE before it has answered reliably and the PRACK ' +
      'is there; the other side refuses with 491 (RFC 3311 §5.1, §5.2). The early session does ' +
      'not count.',
    reading: 'Answer first: a reliable 183 with the session answer, its PRACK, then the UPDATE.',
    otherwise:
      'Send it all the same and be refused; or answer in the 200 and re-INVITE ' + 'afterwards.',
  }),
  gap({
    id: 'GAP-18',
    section: 'Continue lines 86–92',
    title: 'A gap in the ring',
    says: 'In Application Server Mode the ring falls silent between the 200 and the mixing.',
    text: 'Mixing begins after the ACK.',
    base: 'The early session has ended with the 200 (RFC 3959 §4).',
    reading: 'Mixing begins with the ACK, and contGap tells how long the ring was silent.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-25',
    section: 'Continue line 38',
    title: 'What clients must know',
    says: 'Nothing special is asked of clients, yet they need UPDATE and an early re-INVITE.',
    text: 'Clients need nothing special.',
    base:
      'Client-A must know UPDATE and new m= lines, Client-B a re-INVITE right after its ' +
      'answer.',
    reading: 'Checked beforehand; where it is missing, the ring stops.',
    otherwise: 'A re-INVITE to Client-A after the answer.',
  }),
  gap({
    id: 'GAP-26',
    section: 'Continue lines 26–36',
    title: 'Failures of Continue',
    says: 'No failure is mentioned.',
    text: 'Six duties, and no word on what happens when one cannot be done.',
    base:
      'A refused re-INVITE or UPDATE leaves the session as it was; 481, 408 and silence ' +
      'end the dialog (RFC 3261 §14.1, RFC 3311 §5.3, RFC 5057).',
    reading:
      'Resource Server or media refuse: back to stopping the ring. 491 or 500: one ' +
      'more try. Leg B lost: 480 to Client-A. Leg A lost or cancelled: 487 and BYE to ' +
      'Client-B. A 200 whose ACK was held back is acknowledged first.',
    otherwise: 'Release the call.',
  }),
  gap({
    id: 'GAP-27',
    section: 'Continue lines 36 and 92',
    title: 'How Continue ends',
    says: 'Nothing says when the mixing ends.',
    text: 'No wording.',
    base: 'Nothing.',
    reading:
      'Mixing runs until the resource ends, the caller stops it, or the call ends; ' +
      'media stay at the Resource Server.',
    otherwise: 'Move the media back to the direct path.',
  }),
  gap({
    id: 'GAP-28',
    section: 'Continue lines 76–92',
    title: 'Media between answer and mixing',
    says: 'Between the answer and step 11 nobody says who sends what where.',
    text: 'No wording.',
    base:
      "Client-B may send to Client-A's offered address as soon as it answers (RFC 3264 " +
      '§6.1); in Gateway Mode the ring goes to that port too.',
    reading:
      'Client-A renders both, and W-DUAL-SOURCE tells of it; the Resource Server keeps ' +
      'nothing for later.',
    otherwise: 'Client-A listens to the address in the SDP only.',
  }),
  gap({
    id: 'GAP-30',
    section: 'Continue line 24',
    title: 'What the decision rests on',
    says: "Operator policy and subscribers' preferences are not defined.",
    text: 'Both are named as inputs, neither is described.',
    base: 'Nothing.',
    reading:
      "An operator's refusal wins, then the subscriber's preference, then the " +
      "operator's default.",
    otherwise: "The subscriber's preference first; or nothing that nobody has asked for.",
  }),
  gap({
    id: 'GAP-34',
    section: 'Continue lines 41–60',
    title: 'Continue for CMRT',
    says: 'The text refers to 3GPP TS 24.183, where no such description could be found.',
    text: 'The continue description of that specification applies.',
    base: 'No clause of that specification with such a title is known.',
    reading: 'Off.',
    otherwise: 'Two derived flows, labelled as such.',
  }),
  gap({
    id: 'GAP-38',
    section: 'Continue line 32',
    title: "The caller's last offer",
    says: 'Client-A may have offered several times.',
    text: 'The last SDP offer of the Calling Party.',
    base: "Offers travel in INVITE, PRACK and UPDATE; Client-A's SDP in a 200 is an answer.",
    reading:
      'Its newest session offer that was not refused; the one in the INVITE counts ' +
      'though unanswered.',
    otherwise: null,
    only:
      'An answer, an early-session offer or a rejected offer is no offer of the regular session ' +
      'that still stands.',
  }),
  gap({
    id: 'GAP-40',
    section: 'Continue lines 29 and 34',
    title: 'Answered twice',
    says: 'Client-B is acknowledged long before Client-A learns of the answer.',
    text: 'Step 2 precedes step 8.',
    base: 'A back-to-back user agent may do so; a CANCEL in between becomes a BYE on leg B.',
    reading: 'answerLag and preAnswerLoss tell what it costs.',
    otherwise: null,
    only:
      'Whoever relays nothing before Client-A knows must answer leg B alone; the metrics tell ' +
      'what it costs.',
  }),
  gap({
    id: 'GAP-48',
    section: 'Continue lines 29–34',
    title: 'No time limit',
    says: 'Nothing limits the time between the answer and the 200 to Client-A.',
    text: 'No wording.',
    base: 'Nothing.',
    reading: 'No limit.',
    otherwise: 'A limit, after which the ring stops as in GAP-26.',
  }),
];
