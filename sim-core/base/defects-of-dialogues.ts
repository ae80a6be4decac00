import { clause } from './clause-id.ts';
import type { UserAgentDefect } from './defects-of-user-agents.ts';

/** What a user agent sends too much, too little, or to the wrong effect. */
export const dialogueTable = [
  {
    name: 'cancels-too-soon',
    role: 'user agent',
    breaks: [clause('R-CAN-03')],
    says: 'Sends CANCEL right behind the INVITE that opens a dialog.',
  },
  {
    name: 'sends-no-cancel',
    role: 'user agent',
    breaks: [clause('R-CAN-09')],
    says: 'Sends no CANCEL.',
  },
  {
    name: 'sends-no-bye',
    role: 'user agent',
    breaks: [clause('R-CAN-07'), clause('R-DLG-14')],
    says: 'Sends no BYE.',
  },
  {
    name: 'hangs-up-behind-ack',
    role: 'user agent',
    breaks: [clause('R-DLG-09')],
    says: 'Sends BYE right behind its ACK, that for a refusal among them.',
  },
  {
    name: 'reinvites-twice',
    role: 'user agent',
    breaks: [clause('R-REI-01')],
    says: 'Sends a second re-INVITE right behind the first.',
  },
  {
    name: 'updates-twice',
    role: 'user agent',
    breaks: [clause('R-UPD-04')],
    says: 'Sends a second UPDATE right behind the first.',
  },
  {
    name: 'reinvites-under-first-number',
    role: 'user agent',
    breaks: [clause('R-DLG-03')],
    says: 'Gives its re-INVITE the CSeq number of the INVITE that opened the dialog.',
  },
  {
    name: 'reinvites-in-no-dialog',
    role: 'user agent',
    breaks: [clause('R-DLG-01')],
    says: 'Sends its re-INVITE under another Call-ID.',
  },
  {
    name: 'updates-behind-reinvite',
    role: 'user agent',
    breaks: [clause('R-UPD-04')],
    says: 'Offers in an UPDATE right behind the offer of its re-INVITE.',
  },
  {
    name: 'updates-behind-prack',
    role: 'user agent',
    breaks: [clause('R-UPD-02')],
    says: 'Offers in an UPDATE right behind its PRACK.',
  },
  {
    name: 'acknowledges-twice',
    role: 'user agent',
    breaks: [clause('R-PRK-10')],
    says: 'Sends a second PRACK for the same response.',
  },
  {
    name: 'describes-session-in-ack',
    role: 'user agent',
    breaks: [clause('R-2XX-05')],
    says: 'Puts SDP into an ACK that has nothing to answer.',
  },
  {
    name: 'describes-session-in-bye',
    role: 'user agent',
    breaks: [clause('R-OA-02')],
    says: 'Puts SDP into its BYE.',
  },
  {
    name: 'forgets-sdp-in-prack',
    role: 'user agent',
    breaks: [clause('R-PRK-17')],
    says: 'Sends its PRACK without the SDP that belongs there.',
  },
  {
    name: 'sends-199-unasked',
    role: 'user agent',
    breaks: [clause('R-199-01'), clause('R-199-02')],
    says: 'Sends 199 behind its 180, and goes on with the dialog.',
  },
  {
    name: 'refuses-after-late-cancel',
    role: 'user agent',
    breaks: [clause('R-CAN-06')],
    says: 'Sends 487 behind every response to CANCEL, whatever it has answered before.',
  },
  {
    name: 'forbids-early-media',
    role: 'user agent',
    breaks: [clause('DEL-GW-SRV-03')],
    says: 'Says inactive in P-Early-Media, whatever it plays.',
  },
  {
    name: 'leaves-pracks-unanswered',
    role: 'user agent',
    breaks: [clause('R-PRK-18')],
    says: 'Sends no response to PRACK.',
  },
  {
    name: 'leaves-updates-unanswered',
    role: 'user agent',
    breaks: [clause('R-UPD-08')],
    says: 'Sends no response to UPDATE.',
  },
  {
    name: 'numbers-every-provisional',
    role: 'user agent',
    breaks: [clause('R-PRK-01')],
    says: 'Sends provisional responses as reliable ones that are none.',
  },
  {
    name: 'sends-provisionals-unreliably',
    role: 'user agent',
    breaks: [clause('R-PRK-15'), clause('R-ES-01')],
    says: 'Sends its reliable provisional responses as if they were none.',
  },
  {
    name: 'refuses-reinvites-it-takes',
    role: 'user agent',
    breaks: [clause('R-REI-05')],
    says: 'Answers a re-INVITE with 488, and moves its media all the same.',
  },
  {
    name: 'refuses-updates-it-takes',
    role: 'user agent',
    breaks: [clause('R-UPD-09')],
    says: 'Answers an UPDATE with 488, and moves its media all the same.',
  },
] as const satisfies readonly UserAgentDefect[];
