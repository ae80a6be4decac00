import { clause, type ClauseId } from './clause-id.ts';
import { dialogueTable } from './defects-of-dialogues.ts';
import { layerTable } from './defects-of-layers.ts';
import { mediaTable } from './defects-of-media.ts';
import { proxyTable } from './defects-of-proxies.ts';
import { userAgentTable } from './defects-of-user-agents.ts';

/**
 * One way in which a node can be made to break a rule on purpose, so that whoever judges the
 * trace can be judged in turn. Each is obeyed at one place of that node's code; a node without
 * defects keeps every rule.
 */
export interface Defect {
  readonly name: string;
  /** The role of the nodes that can have it; a user agent is a terminal or the CMR Server. */
  readonly role: 'cmr-client' | 'cmr-server' | 'cmr-resource-server' | 'proxy' | 'user agent';
  /** The clauses it breaks. */
  readonly breaks: readonly [ClauseId, ...ClauseId[]];
  /** One sentence: what the node does instead. */
  readonly says: string;
}

const clientTable = [
  {
    name: 'ignores-early-media',
    role: 'cmr-client',
    breaks: [
      clause('DEL-GW-CLI-02'),
      clause('DEL-AS-CLI-03'),
      clause('DEL-AS-CLI-06'),
      clause('R-PEM-04'),
      clause('R-PEM-08'),
    ],
    says: 'Plays nothing that comes before the answer, whatever was agreed for it.',
  },
  {
    name: 'answers-before-prack',
    role: 'cmr-client',
    breaks: [clause('R-PRK-12')],
    says: 'Sends its 200 although a reliable provisional response with SDP waits for its PRACK.',
  },
  {
    name: 'changes-answer-in-200',
    role: 'cmr-client',
    breaks: [clause('R-OA-03')],
    says: 'Sends SDP in its 200 that differs from the answer in its reliable 180.',
  },
  {
    name: 'fetches-another-url',
    role: 'cmr-client',
    breaks: [clause('DEL-HTTP-CLI-01'), clause('DEL-HTTP-CLI-03')],
    says: 'Fetches another resource than the one that was named to it.',
  },
  {
    name: 'forgets-early-session',
    role: 'cmr-client',
    breaks: [clause('DEL-AS-CLI-01'), clause('DEL-AS-CLI-04')],
    says: 'Lists early-session neither in its INVITE nor in its provisional responses.',
  },
  {
    name: 'hangs-up-early',
    role: 'cmr-client',
    breaks: [clause('R-DLG-11')],
    says: 'Sends BYE in an early dialog when its user hangs up while it is being called.',
  },
  {
    name: 'hurries-reliable-responses',
    role: 'cmr-client',
    breaks: [clause('R-PRK-05')],
    says: 'Sends its second reliable provisional response while the first waits for its PRACK.',
  },
  {
    name: 'keeps-sending-directly',
    role: 'cmr-client',
    breaks: [clause('R-RTP-06')],
    says: 'Goes on sending to where its media went first, beside where they are to go now.',
  },
  {
    name: 'leaves-offers-unanswered',
    role: 'cmr-client',
    breaks: [
      clause('DEL-AS-CLI-02'),
      clause('DEL-AS-CLI-05'),
      clause('FLOW-CON-05'),
      clause('FLOW-CON-07'),
    ],
    says: 'Accepts the requests and responses that bring an offer, and never answers it.',
  },
  {
    name: 'names-unlisted-info-package',
    role: 'cmr-client',
    breaks: [clause('R-DTMF-02')],
    says: 'Tells of a key by an INFO whose package its peer never listed in Recv-Info.',
  },
  {
    name: 'never-acknowledges',
    role: 'cmr-client',
    breaks: [clause('FLOW-CON-09'), clause('R-2XX-03')],
    says: 'Sends no ACK for the 200 to its INVITE.',
  },
  {
    name: 'requires-100rel-in-prack',
    role: 'cmr-client',
    breaks: [clause('R-PRK-14')],
    says: 'Puts Require: 100rel into its PRACK.',
  },
  {
    name: 'rings-on-after-answer',
    role: 'cmr-client',
    breaks: [clause('DEL-HTTP-CLI-02'), clause('DEL-HTTP-CLI-04')],
    says: 'Goes on playing in the call what it has fetched for the ringing.',
  },
  {
    name: 'sends-on-refused-lines',
    role: 'cmr-client',
    breaks: [clause('R-OA-07')],
    says: 'Sends the media of lines that its own answer refused with port 0.',
  },
  {
    name: 'skips-rseq',
    role: 'cmr-client',
    breaks: [clause('R-PRK-04')],
    says: 'Counts RSeq in steps of two.',
  },
] as const satisfies readonly Defect[];

const serverTable = [
  {
    name: 'acknowledges-first-200-late',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-04'), clause('FLOW-CON-02')],
    says: "Leaves Client-B's first 200 without its ACK until step 10 of Continue.",
  },
  {
    name: 'allocates-conference-in-http-mode',
    role: 'cmr-server',
    breaks: [clause('CON-GEN-04')],
    says: 'Asks for conference resources at the answer of a call in HTTP Mode.',
  },
  {
    name: 'answers-at-own-address',
    role: 'cmr-server',
    breaks: [clause('DEL-GW-SRV-02')],
    says: "Puts its own address into the Resource Server's answer.",
  },
  {
    name: 'answers-before-update',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-08'), clause('FLOW-CON-08')],
    says: 'Sends the 200 of step 8 before the UPDATE of step 6.',
  },
  {
    name: 'continues-after-refusal',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-01'), clause('FLOW-CON-01')],
    says: 'Begins Continue when Client-B refuses the call.',
  },
  {
    name: 'decides-against-switch',
    role: 'cmr-server',
    breaks: [clause('CON-GEN-02')],
    says: 'Decides the opposite of what is configured.',
  },
  {
    name: 'decides-too-early',
    role: 'cmr-server',
    breaks: [clause('CON-GEN-03'), clause('CON-SRV-01')],
    says: 'Decides whether the ring goes on when Client-A acknowledges the ring.',
  },
  {
    name: 'decides-twice',
    role: 'cmr-server',
    breaks: [clause('CON-GEN-01')],
    says: 'Decides twice whether the ring goes on.',
  },
  {
    name: 'delivers-unasked',
    role: 'cmr-server',
    breaks: [clause('DEL-AS-SRV-01'), clause('DEL-GW-SRV-01'), clause('R-MSG-11')],
    says: 'Delivers the ring although the INVITE does not ask for it.',
  },
  {
    name: 'forgets-early-session-offer',
    role: 'cmr-server',
    breaks: [
      clause('DEL-AS-SRV-01'),
      clause('DEL-AS-SRV-02'),
      clause('DEL-AS-SRV-06'),
      clause('DEL-AS-SRV-07'),
    ],
    says: 'Requires early-session in its provisional response, or its PRACK, and offers none.',
  },
  {
    name: 'forgets-p-early-media',
    role: 'cmr-server',
    breaks: [clause('DEL-GW-SRV-03')],
    says: 'Leaves P-Early-Media out of the provisional response.',
  },
  {
    name: 'forgets-to-require-early-session',
    role: 'cmr-server',
    breaks: [clause('DEL-AS-SRV-08')],
    says: 'Offers an early session in its PRACK and does not require the extension.',
  },
  {
    name: 'forgets-url',
    role: 'cmr-server',
    breaks: [clause('DEL-HTTP-SRV-02')],
    says: 'Leaves the URL of the resource out of the INVITE.',
  },
  {
    name: 'never-mixes',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-03'), clause('CON-SRV-09'), clause('FLOW-CON-11')],
    says: 'Forgets to order the mixing.',
  },
  {
    name: 'never-plays-ring',
    role: 'cmr-server',
    breaks: [clause('DEL-GW-SRV-05'), clause('DEL-AS-SRV-04'), clause('DEL-AS-SRV-09')],
    says: 'Forgets to order the ring.',
  },
  {
    name: 'puts-early-session-into-200',
    role: 'cmr-server',
    breaks: [clause('R-ES-02')],
    says: 'Repeats its early-session offer in the 200 to the INVITE.',
  },
  {
    name: 'puts-url-into-200',
    role: 'cmr-server',
    breaks: [clause('DEL-HTTP-SRV-01')],
    says: 'Names the resource in the 200 to the INVITE as well.',
  },
  {
    name: 'repeats-sdp-in-200',
    role: 'cmr-server',
    breaks: [clause('DEL-GW-SRV-08'), clause('R-OA-03'), clause('R-SDP-04')],
    says: "Puts Client-B's answer into the 200 although Client-A has its answer.",
  },
  {
    name: 'requires-early-session-twice',
    role: 'cmr-server',
    breaks: [clause('DEL-AS-SRV-03')],
    says: 'Requires early-session twice in its provisional response.',
  },
  {
    name: 'reinvites-before-conference',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-05')],
    says: 'Sends the re-INVITE of step 4 together with its request for a conference.',
  },
  {
    name: 'reinvites-to-client-a',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-06'), clause('FLOW-CON-04')],
    says: "Offers Client-B the media of Client-A instead of the Resource Server's.",
  },
  {
    name: 'requires-extension-in-update',
    role: 'cmr-server',
    breaks: [clause('CON-CLI-01')],
    says: 'Requires of Client-A, in the UPDATE of step 6, an extension of its own.',
  },
  {
    name: 'sends-ring-unreliably',
    role: 'cmr-server',
    breaks: [clause('DEL-GW-SRV-04')],
    says: 'Sends the response that carries the ring without 100rel.',
  },
  {
    name: 'acknowledges-first-invite-again',
    role: 'cmr-server',
    breaks: [clause('R-2XX-03'), clause('GAP-04')],
    says: 'Acknowledges the re-INVITE with the CSeq number of the first INVITE.',
  },
  {
    name: 'authorises-early-media-in-200',
    role: 'cmr-server',
    breaks: [clause('R-PEM-01')],
    says: 'Puts P-Early-Media into its 200 to the INVITE.',
  },
  {
    name: 'copies-origin-of-client-b',
    role: 'cmr-server',
    breaks: [clause('R-OA-14')],
    says: "Leaves Client-B's o= line in the offer of its UPDATE.",
  },
  {
    name: 'drops-m-line',
    role: 'cmr-server',
    breaks: [clause('R-OA-13')],
    says: 'Leaves the last m= line out of the offer of its UPDATE.',
  },
  {
    name: 'keeps-origin-version',
    role: 'cmr-server',
    breaks: [clause('R-OA-14')],
    says: 'Changes the session in its UPDATE under the old version of o=.',
  },
  {
    name: 'mixes-before-ack',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-09')],
    says: 'Orders the mixing when it sends the 200, although SW-MIX-START waits for the ACK.',
  },
  {
    name: 'mixes-ring-for-client-b',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-09')],
    says: 'Puts the CMR Resource into what Client-B hears as well.',
  },
  {
    name: 'names-another-url',
    role: 'cmr-server',
    breaks: [clause('DEL-HTTP-SRV-01')],
    says: 'Names another URL in every provisional response after the first.',
  },
  {
    name: 'never-stops-ring',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-02'), clause('DEL-AS-SRV-05'), clause('DEL-GW-SRV-06')],
    says: 'Forgets to stop the ring.',
  },
  {
    name: 'puts-cmr-media-first',
    role: 'cmr-server',
    breaks: [clause('R-OA-13'), clause('R-OA-15')],
    says: 'Puts the CMR components above the lines that were there, in its UPDATE of Continue.',
  },
  {
    name: 'remaps-payload-type',
    role: 'cmr-server',
    breaks: [clause('R-OA-16')],
    says: 'Gives payload type 96 another codec in the offer of its UPDATE.',
  },
  {
    name: 'stops-ring-twice',
    role: 'cmr-server',
    breaks: [clause('CON-SRV-02'), clause('DEL-AS-SRV-05'), clause('DEL-GW-SRV-06')],
    says: 'Stops the ring twice.',
  },
  {
    name: 'updates-whoever-forbids-it',
    role: 'cmr-server',
    breaks: [clause('R-UPD-01')],
    says: 'Sends UPDATE to a Client-A whose Allow does not list it.',
  },
  {
    name: 'updates-before-prack',
    role: 'cmr-server',
    breaks: [clause('R-UPD-03')],
    says: "Offers in an UPDATE before Client-A's PRACK has come.",
  },
] as const satisfies readonly Defect[];

const table = [
  ...clientTable,
  ...serverTable,
  ...mediaTable,
  ...proxyTable,
  ...userAgentTable,
  ...dialogueTable,
  ...layerTable,
] as const;

export const defectTable: readonly Defect[] = table;

export type DefectName = (typeof table)[number]['name'];

export const defectNames: readonly DefectName[] = table.map(({ name }) => name);

/** The row of a defect; null where there is none of that name. */
export function findDefect(name: string): Defect | null {
  return defectTable.find((row) => row.name === name) ?? null;
}

/** The names of the defects that nodes of that role can have. */
export function defectsOfRole(role: Exclude<Defect['role'], 'user agent'>): DefectName[] {
  const isAgent = role === 'cmr-client' || role === 'cmr-server';
  const names: DefectName[] = [];
  for (const row of table) {
    if (row.role === role || (isAgent && row.role === 'user agent')) names.push(row.name);
  }
  return names;
}
