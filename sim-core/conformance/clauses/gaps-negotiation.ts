import { gap, type Gap } from './gap.ts';

/** Gaps 06 to 13, 16, 35, 43 and 44: offers, answers and reliable responses. */
export const gapsOfNegotiation: readonly Gap[] = [
  gap({
    id: 'GAP-06',
    section: 'Continue lines 33–34',
    title: 'UPDATE or 200 before PRACK',
    says: 'Nothing says what happens when the answer overtakes the PRACK.',
    text: 'No wording.',
    base:
      'No 2xx while a reliable provisional response with SDP is unacknowledged (RFC 3262 ' +
      '§3, §5); no offer in UPDATE before the PRACK (RFC 3311 §5.1).',
    reading: 'UPDATE and 200 wait until every such PRACK has been answered.',
    otherwise: null,
    only:
      'SIP leaves no other order: sent sooner, the UPDATE would be refused and the 200 be a ' +
      'breach (OA-12 and OA-13 show both).',
  }),
  gap({
    id: 'GAP-07',
    section: 'Delivery line 110, Continue lines 34 and 86',
    title: 'Body of the last 200',
    says: 'Gateway Mode sends the 200 without SDP; Continue does not say.',
    text: 'Delivery asks for a 200 without SDP; Continue is silent.',
    base:
      'After a reliable answer later responses should carry no SDP; the caller ignores it ' +
      '(RFC 6337 §3.1.1, RFC 3261 §13.2.1).',
    reading: 'No SDP.',
    otherwise: 'Repeat the first answer.',
  }),
  gap({
    id: 'GAP-08',
    section: 'Delivery line 110',
    title: 'UPDATE or re-INVITE',
    says: 'The text allows a re-INVITE where only an UPDATE is possible.',
    text: 'Before forwarding the final answer, an UPDATE or a re-INVITE is sent.',
    base:
      'No re-INVITE while the first INVITE is unanswered; it would be refused with 491 ' +
      '(RFC 3261 §14.1, §14.2).',
    reading: 'UPDATE.',
    otherwise: 'After the 200 and its ACK, a re-INVITE.',
  }),
  gap({
    id: 'GAP-09',
    section: 'Delivery line 110',
    title: 'An answer becomes an offer',
    says: "What the text calls the called party's SDP answer travels as an offer on leg A.",
    text: 'The UPDATE carries the SDP answer of the called party.',
    base:
      'SDP in UPDATE is an offer, and its o= line continues that of leg A with the ' +
      'version one higher (RFC 3311 §3, RFC 3264 §8); Client-A may answer it otherwise than ' +
      'Client-B was answered.',
    reading:
      "The CMR Server rewrites o= and keeps Client-B's addresses, ports and formats; " +
      "if Client-A's new answer differs from its first offer, Client-B is told by a re-INVITE.",
    otherwise: 'Never tell Client-B, and have legs that disagree.',
  }),
  gap({
    id: 'GAP-10',
    section: 'Continue line 33',
    title: 'Which m= line goes where',
    says:
      'CMR media "apart from those used" need places among m= lines that may neither move ' +
      'nor vanish.',
    text:
      'The offer is made of the media Client-B accepted plus the CMR media components it ' +
      'did not use.',
    base:
      'Every m= line keeps its place; a new stream goes below or into a place with port 0 ' +
      '(RFC 3264 §8).',
    reading:
      'Each place of the last SDP keeps its regular medium if Client-B accepted it, at ' +
      'the mixing port; else a CMR component of that type, sendonly; else port 0. What is left ' +
      'of the CMR media follows below, sendonly.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-11',
    section: 'Continue lines 32–33',
    title: 'Whose o= line',
    says: 'Steps 4 and 6 combine SDP of three parties.',
    text: 'No wording.',
    base:
      'Each dialog is one history of offers and answers with one o= line per side (RFC ' +
      '3264 §8).',
    reading: 'The CMR Server has one o= line per leg and disposition.',
    otherwise: null,
    only: 'Two o= lines in one dialog would be two sessions (OA-01 shows it flagged).',
  }),
  gap({
    id: 'GAP-12',
    section: 'Delivery lines 98–105',
    title: '100rel without asking',
    says: 'Gateway Mode requires 100rel without looking whether Client-A supports it.',
    text: 'Only P-Early-Media is looked at.',
    base: 'A provisional response is reliable only if the INVITE listed 100rel (RFC 3262 §3).',
    reading: 'Both are needed; otherwise no ring is delivered.',
    otherwise: 'An unreliable preview; or the literal text against the rule.',
  }),
  gap({
    id: 'GAP-13',
    section: 'Delivery lines 76 and 105',
    title: 'More than a tag',
    says: 'The text speaks of the option tag only.',
    text: 'The tag 100rel goes into Require.',
    base: 'RSeq, retransmission and an answer to the PRACK belong to it (RFC 3262 §3).',
    reading:
      "The CMR Server counts RSeq on leg A itself, answers Client-A's PRACK and sends " +
      "its own to Client-B; its response is reliable even if Client-B's was not.",
    otherwise: null,
    only:
      'The tag without RSeq, repetition and PRACK would be no reliable response at all ' +
      '(negative/ring-sent-unreliably shows it flagged).',
  }),
  gap({
    id: 'GAP-16',
    section: 'Delivery line 104',
    title: 'P-Early-Media: sendrecv',
    says: 'The header field opens both directions although the ring needs one.',
    text: 'P-Early-Media: sendrecv goes with an SDP answer.',
    base:
      'Directions are seen from the called side, independent of the SDP; they do not ' +
      'apply to early sessions nor after the 200 (RFC 5009 §7, §8).',
    reading:
      "sendrecv, as written; the Resource Server's answer mirrors the offer. Media " +
      'flow where authorisation, SDP and preconditions agree.',
    otherwise: null,
  }),
  gap({
    id: 'GAP-35',
    section: 'Delivery line 102, Continue line 32',
    title: 'INVITE without SDP',
    says: 'Without an offer there is nothing to answer and no last offer.',
    text: "An answer based on Client-A's offer.",
    base: 'The offer then goes into the first reliable response (RFC 3261 §13.2.1).',
    reading: 'No ring in Gateway Mode; Continue stops unless Client-A has offered since.',
    otherwise: null,
    only: 'An answer needs an offer, and step 4 one to send on: there is neither.',
  }),
  gap({
    id: 'GAP-43',
    section: 'Delivery, throughout',
    title: 'Offers while it rings',
    says: 'Client-A may offer again after its PRACK.',
    text: 'No wording.',
    base: 'Legal (RFC 3311 §5.1, RFC 3262 §5).',
    reading:
      'In Gateway Mode the CMR Server answers for the Resource Server and keeps the ' +
      'offer as the last one.',
    otherwise: null,
    only:
      "RFC 3311 has each offer answered by whoever holds that leg's session then: the Resource " +
      'Server while it rings.',
  }),
  gap({
    id: 'GAP-44',
    section: 'Delivery line 110, Continue line 29',
    title: 'ACK to Client-B without Continue',
    says: 'Only Continue says when Client-B is acknowledged.',
    text: 'No wording in Delivery.',
    base: 'As for GAP-03: a late ACK makes Client-B repeat its 200.',
    reading: "At once, unless Client-B's 200 carries an offer that Client-A has yet to answer.",
    otherwise: "After Client-A's ACK.",
  }),
];
