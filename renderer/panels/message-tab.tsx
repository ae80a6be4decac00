import { Fragment, useState, type ReactElement } from 'react';

import {
  isControl,
  isMedia,
  isSip,
  type ControlMessage,
  type MediaPacket,
  type MessageView,
  type SipMessage,
} from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import { controlText } from '../words/control-text.ts';
import { previousDescription } from '../words/previous-description.ts';
import { diffSdp, type DiffLine, type DiffRow } from '../words/sdp-diff.ts';
import { millisWithUnit } from '../words/times.ts';
import { parsedFields } from '../words/parsed-message.ts';
import { sentenceCase } from '../words/parties.ts';
import { sdpLines, wireText, type WireBody, type WireText } from '../words/wire-text.ts';
import { showMessageAs } from '../store/edits.ts';
import { ParsedHeaders } from './parsed-headers.tsx';
import { Segments } from './segments.tsx';
import { useEdit, useRenderer, useTrace } from './window-parts.ts';

/** The message as it crosses the wire, and what its description changes. */
export function MessageTab({ message }: { readonly message: MessageView }): ReactElement {
  const { packet } = message;
  if (isSip(packet)) return <SipText message={message} packet={packet} />;
  if (isControl(packet)) return <ControlText packet={packet} />;
  if (isMedia(packet)) return <MediaText packet={packet} />;
  return <p className="empty">{packet.label}</p>;
}

function SipText({
  message,
  packet,
}: {
  readonly message: MessageView;
  readonly packet: SipMessage;
}): ReactElement {
  const wire = wireText(packet);
  const edit = useEdit();
  const form = useRenderer((state) => state.messageForm);
  const [pointed, point] = useState<number | null>(null);
  return (
    <>
      <div className="section-heading with-choice">
        <h3>{packet.kind === 'request' ? 'Request' : 'Response'}</h3>
        <Segments
          label="Shown"
          small
          of={messageForms.map((one) => ({ value: one, says: sentenceCase(one) }))}
          chosen={form}
          choose={(one) => edit(showMessageAs(one))}
        />
      </div>
      {form === 'parsed' ? null : <RawHeaders wire={wire} pointed={pointed} point={point} />}
      {form === 'raw' ? null : <Parsed message={message} pointed={pointed} point={point} />}
      {wire.bodies.map((body, index) => (
        <SdpBody key={index} body={body} message={message} />
      ))}
    </>
  );
}

const messageForms = ['raw', 'parsed', 'both'] as const;

/** The start line and header fields as they cross the wire. */
function RawHeaders({
  wire,
  pointed,
  point,
}: {
  readonly wire: WireText;
  readonly pointed: number | null;
  readonly point: (place: number | null) => void;
}): ReactElement {
  const [first = '', ...rest] = wire.startLine.split(' ');
  const isRequest = !wire.startLine.startsWith('SIP/');
  const line = (place: number): string => (place === pointed ? 'wire-line pointed' : 'wire-line');
  return (
    <div className="wire" onPointerLeave={() => point(null)}>
      <div className={`${line(-1)} start`} onPointerEnter={() => point(-1)}>
        <b>{isRequest ? first : wire.startLine}</b>
        {isRequest ? ` ${rest.join(' ')}` : null}
      </div>
      {wire.headers.map(({ name, value }, index) => (
        <div key={`${name} ${index}`} className={line(index)} onPointerEnter={() => point(index)}>
          <span className="wire-name">{name}:</span> <HeaderValue name={name} value={value} />
        </div>
      ))}
    </div>
  );
}

function Parsed({
  message,
  pointed,
  point,
}: {
  readonly message: MessageView;
  readonly pointed: number | null;
  readonly point: (place: number | null) => void;
}): ReactElement | null {
  const messages = useTrace(messagesOf);
  const header = useTrace((trace) => trace.header);
  const { packet } = message;
  if (header === null || !isSip(packet)) return null;
  const fields = parsedFields(message, wireText(packet).headers, messages, header);
  return <ParsedHeaders fields={fields} pointed={pointed} point={point} />;
}

/** Parameter names step back; the method of a CSeq stands out. */
function HeaderValue({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string;
}): ReactElement {
  if (name === 'CSeq') {
    const [number = '', method = ''] = value.split(' ');
    return (
      <>
        {number} <b>{method}</b>
      </>
    );
  }
  return (
    <>
      {value.split(/(;[\w.+-]+=)/).map((piece, index) =>
        index % 2 === 1 ? (
          <Fragment key={index}>
            ;<span className="wire-name">{piece.slice(1)}</span>
          </Fragment>
        ) : (
          <Fragment key={index}>{piece}</Fragment>
        ),
      )}
    </>
  );
}

/** One description, against the one its sender sent before. */
export function SdpBody({
  body,
  message,
}: {
  readonly body: WireBody;
  readonly message: MessageView;
}): ReactElement {
  const views = useTrace(messagesOf);
  const mark = message.marks.find(({ disposition }) => disposition === body.disposition);
  const previous = previousDescription(message, body.disposition, views);
  const before =
    previous !== null && isSip(previous.packet)
      ? sdpLines(previous.packet, body.disposition)
      : null;
  const markBefore = previous?.marks.find(({ disposition }) => disposition === body.disposition);
  const side = mark === undefined ? '' : mark.side === 'O' ? ' offer ' : ' answer ';
  return (
    <>
      <h3 className="section-heading">
        SDP{side}
        {mark === undefined ? '' : `${mark.side}${mark.number}`}
        {previous === null ? (
          <span>first of this stream</span>
        ) : (
          <span>
            changes since{' '}
            {markBefore === undefined ? '' : `${markBefore.side}${markBefore.number} in `}
            {previous.text}, {millisWithUnit(previous.sentAt)}
          </span>
        )}
      </h3>
      {before === null ? <SdpLines lines={body.lines} /> : <SdpDiff before={before} body={body} />}
    </>
  );
}

function SdpLines({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <div className="sdp">
      {lines.map((line, index) => (
        <div key={index} className="sdp-line">
          <SdpWords line={{ kind: 'same', words: [{ text: line, changed: false }] }} />
        </div>
      ))}
    </div>
  );
}

function SdpDiff({
  before,
  body,
}: {
  readonly before: readonly string[];
  readonly body: WireBody;
}): ReactElement {
  return (
    <div className="sdp">
      {diffSdp(before, body.lines).map((row, index) => (
        <SdpRow key={index} row={row} />
      ))}
    </div>
  );
}

function SdpRow({ row }: { readonly row: DiffRow }): ReactElement {
  const [open, setOpen] = useState(false);
  if (row.kind === 'line') {
    const { line } = row;
    const sign = line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : '';
    const Line = line.kind === 'added' ? 'ins' : line.kind === 'removed' ? 'del' : 'div';
    return (
      <Line className={`sdp-line ${line.kind}`}>
        <span className="sdp-sign" aria-hidden="true">
          {sign}
        </span>
        <SdpWords line={line} />
      </Line>
    );
  }
  if (!open) {
    return (
      <button type="button" className="sdp-fold" onClick={() => setOpen(true)}>
        {row.lines.length} unchanged lines
      </button>
    );
  }
  return (
    <>
      {row.lines.map((text, index) => (
        <div key={index} className="sdp-line same">
          <SdpWords line={{ kind: 'same', words: [{ text, changed: false }] }} />
        </div>
      ))}
    </>
  );
}

/** The type letter of an SDP line steps back, changed words stand out. */
function SdpWords({ line }: { readonly line: DiffLine }): ReactElement {
  const [head, ...words] = line.words;
  const text = head?.text ?? '';
  return (
    <span>
      <span className="sdp-type">{text.slice(0, 2)}</span>
      {text.slice(2)}
      {words.map((word, index) =>
        word.changed ? (
          <b key={index}>{word.text}</b>
        ) : (
          <Fragment key={index}>{word.text}</Fragment>
        ),
      )}
    </span>
  );
}

function ControlText({ packet }: { readonly packet: ControlMessage }): ReactElement {
  const { kind, facts, descriptions } = controlText(packet);
  return (
    <>
      <h3 className="section-heading">
        {packet.form === 'command' ? 'Command' : 'Reply'}
        <span>the source texts leave this interface open</span>
      </h3>
      <dl className="facts padded">
        <dt>{packet.form === 'command' ? 'Command' : 'Reply to'}</dt>
        <dd>{kind}</dd>
        <dt>Transaction</dt>
        <dd>{packet.transaction}</dd>
        <dt>Call</dt>
        <dd className="mono">{packet.call}</dd>
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {descriptions.map(([name, lines]) => (
        <Fragment key={name}>
          <h3 className="section-heading">{name}</h3>
          <SdpLines lines={lines} />
        </Fragment>
      ))}
    </>
  );
}

function MediaText({ packet }: { readonly packet: MediaPacket }): ReactElement {
  return (
    <>
      <h3 className="section-heading">
        RTP<span>what the stream carries from here on</span>
      </h3>
      <dl className="facts padded">
        <dt>Medium</dt>
        <dd>
          {packet.medium}, {packet.codec}
        </dd>
        <dt>From</dt>
        <dd className="mono">
          {packet.from.address}:{packet.from.port}
        </dd>
        <dt>To</dt>
        <dd className="mono">
          {packet.to.address}:{packet.to.port}
        </dd>
        <dt>Carries</dt>
        <dd>
          {packet.sources
            .map(({ source, gainPercent }) => `${source} ${gainPercent} %`)
            .join(', ') || 'nothing: the stream ends'}
        </dd>
      </dl>
    </>
  );
}
