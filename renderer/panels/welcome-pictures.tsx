import type { ReactElement } from 'react';

/** Three steps of the flow, and the clause the last of them shows. */
export function FlowPicture(): ReactElement {
  return (
    <svg viewBox="0 0 372 250" className="door-svg">
      <g className="hue-a">
        <rect className="band" x="43" y="16" width="6" height="146" />
        <rect className="band" x="190" y="16" width="6" height="146" />
      </g>
      <g className="hue-r">
        <rect className="band" x="322" y="16" width="6" height="146" />
      </g>
      <g className="picture-names">
        <text x="46" y="6">
          Client-A
        </text>
        <text x="193" y="6">
          CMR Server
        </text>
        <text x="325" y="6">
          Resource Server
        </text>
      </g>
      <g className="hue-a drawn">
        <path d="M189 46L51 74M60 67l-9 7 11 2" />
        <path d="M51 82l138 32M180 107l9 7-11 3" />
      </g>
      <g className="hue-r drawn">
        <path d="M197 124l124 4M312 123l9 5-9 5" />
      </g>
      <g className="picture-labels">
        <text x="116" y="42">
          200 (INVITE)
        </text>
        <text x="116" y="82">
          ACK
        </text>
        <text x="261" y="112">
          mix
        </text>
      </g>
      <Step number="8" x={93} y={30} />
      <Step number="9" x={93} y={70} />
      <Step number="11" x={234} y={100} />
      <path className="leader" d="M245 134v66" />
      <text className="picture-note" x="8" y="206">
        mixes the ring and the voice of B
      </text>
      <rect className="lit" x="2" y="212" width="290" height="24" rx="4" />
      <text className="picture-strong" x="10" y="228">
        once the ACK of the caller is there
      </text>
      <path className="tick" d="M306 224l5 6 11-13" />
      <text className="picture-note" x="330" y="228">
        holds
      </text>
    </svg>
  );
}

/** The badge of a step. */
function Step(at: {
  readonly number: string;
  readonly x: number;
  readonly y: number;
}): ReactElement {
  const { number, x, y } = at;
  const width = number.length > 1 ? 21 : 17;
  return (
    <g className="picture-badge">
      <rect className="lit" x={x} y={y} width={width} height="16" rx="3.5" />
      <text x={x + width / 2} y={y + 12.5}>
        {number}
      </text>
    </g>
  );
}

/** What A hears, and the question of the lesson. */
export function HearingPicture(): ReactElement {
  return (
    <svg viewBox="0 0 372 250" className="door-svg">
      <text className="picture-strong" x="0" y="52">
        B has answered. What does A hear now?
      </text>
      <g className="picture-note">
        <text x="0" y="118">
          A hears
        </text>
        <text x="0" y="152">
          A sees
        </text>
        <text x="0" y="186">
          B hears
        </text>
      </g>
      <path className="axis" d="M62 114h310M62 148h310M62 182h310" />
      <rect className="hatched" x="128" y="104" width="36" height="20" />
      <g className="hue-r">
        <rect className="filled" x="166" y="104" width="130" height="20" rx="2" />
        <rect className="outlined" x="166" y="138" width="130" height="20" rx="2" />
      </g>
      <rect className="hatched" x="98" y="172" width="106" height="20" />
      <path className="now" d="M296 92v110" />
      <g className="choices">
        <rect x="62" y="212" width="86" height="28" rx="6" />
        <rect x="156" y="212" width="66" height="28" rx="6" />
        <rect x="230" y="212" width="94" height="28" rx="6" />
        <text x="105" y="230">
          Only the clip
        </text>
        <text x="189" y="230">
          Only B
        </text>
        <text x="277" y="230">
          Both, mixed
        </text>
      </g>
    </svg>
  );
}

const side = 15;

/** Where a boundary runs through the latencies of both legs. */
export function TimingPicture(): ReactElement {
  const cells: ReactElement[] = [];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const shade = Math.min(4, Math.floor(((column + side - row) / (2 * side)) * 5));
      cells.push(
        <rect
          key={`${row} ${column}`}
          className={`heat-${shade}`}
          x={30 + column * 22}
          y={10 + row * 14}
          width="21"
          height="13"
        />,
      );
    }
  }
  return (
    <svg viewBox="0 0 372 250" className="door-svg">
      {cells}
      <path className="boundary" d="M30 24h22v14h22v14h22v28h22v28h22v28h22v28h22v28h22v28" />
      <rect className="chosen" x="162" y="136" width="22" height="14" />
      <text className="picture-note" x="30" y="240">
        latency A, 0 to 280 ms
      </text>
    </svg>
  );
}
