import { memo, use, useState } from "react";

import { WorkspaceContext, useRow } from "./data.js";

const SHAPES = {
  chevron: <path d="m6 4 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  "on track": <circle cx="8" cy="8" r="5" />,
  behind: <path d="M8 2 15 14 1 14z" />,
  "at risk": <rect x="3" y="3" width="10" height="10" rx="1" />,
};

/** @param {{ name: keyof typeof SHAPES }} props */
function Icon({ name }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}

/** The names of the columns. */
export function Columns() {
  return (
    <div className="columns" role="row" aria-rowindex={1}>
      <div role="columnheader">Objective or key result</div>
      <div role="columnheader">Progress</div>
      <div role="columnheader" className="end">Value</div>
      <div role="columnheader">Pace</div>
      <div role="columnheader" className="end">Conf.</div>
      <div role="columnheader" className="end">Checked</div>
      <div role="columnheader"><span className="hidden">Owner</span></div>
    </div>
  );
}

/**
 * The cells of a row. They render again when the node changes, or the way that it stands in the tree.
 *
 * @param {{ id: string, depth: number, isParent: boolean, isOpen: boolean, onToggle: (id: string) => void }} props
 */
export const Cells = memo(function Cells({ id, depth, isParent, isOpen, onToggle }) {
  const row = useRow(id);
  const pulse = row.pulse === 0 ? "" : row.pulse % 2 === 0 ? " pulse-even" : " pulse-odd";
  return (
    <div className={`cells ${row.isObjective ? "objective" : "key-result"} ${row.pace.replace(" ", "-")}${pulse}`} role="none">
      <div className="cell name" role="gridcell">
        <span className="indent" style={{ width: depth * 22 }} />
        <button
          className={`toggle${isOpen ? " open" : ""}${isParent ? "" : " absent"}`}
          type="button"
          tabIndex={-1}
          disabled={!isParent}
          aria-label={isOpen ? "Collapse" : "Expand"}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(id);
          }}
        >
          <Icon name="chevron" />
        </button>
        <Sign isObjective={row.isObjective} progress={row.progress} />
        <a className="title" href={`#${id}`} tabIndex={-1} title={row.title}>{row.title}</a>
        <span className="team">{row.team}</span>
      </div>
      <div className="cell progress" role="gridcell">
        <Bar progress={row.progress} expected={row.expected} />
        <span className="percent">{row.percent}</span>
      </div>
      <div className="cell value" role="gridcell">
        {row.current !== undefined && <Value id={id} current={row.current} aim={row.aim} />}
      </div>
      <div className="cell pace" role="gridcell"><Icon name={row.pace} /> {row.pace}</div>
      <div className="cell end" role="gridcell"><Confidence confidence={row.confidence} /></div>
      <div className="cell end checked" role="gridcell">{row.checked}</div>
      <div className="cell" role="gridcell"><Avatar name={row.owner} /></div>
    </div>
  );
});

/** @param {{ isObjective: boolean, progress: number }} props */
function Sign({ isObjective, progress }) {
  return (
    <svg className="ring" viewBox="0 0 16 16" aria-hidden="true">
      {isObjective ? (
        <>
          <circle className="ring-track" cx="8" cy="8" r="6" />
          <circle
            className="ring-fill"
            cx="8"
            cy="8"
            r="6"
            pathLength="1000000"
            strokeDasharray={`${progress} 1000000`}
            transform="rotate(-90 8 8)"
          />
        </>
      ) : (
        <path className="diamond" d="M8 5 11 8 8 11 5 8z" />
      )}
    </svg>
  );
}

/** @param {{ progress: number, expected: number }} props */
function Bar({ progress, expected }) {
  return (
    <svg className="meter" aria-hidden="true">
      <rect className="meter-track" y="3" width="100%" height="6" rx="3" />
      <rect className="meter-fill" y="3" width={`${progress / 10_000}%`} height="6" rx="3" />
      <rect className="meter-mark" x={`${expected / 10_000}%`} width="2" height="12" rx="1" />
    </svg>
  );
}

/** @param {{ id: string, current: number, aim: string }} props */
function Value({ id, current, aim }) {
  const [isEdited, setEdited] = useState(false);
  const edit = (/** @type {import("react").MouseEvent} */ event) => {
    // The row would take the focus.
    event.stopPropagation();
    setEdited(true);
  };
  return (
    <>
      {isEdited ? (
        <Editor id={id} current={current} onDone={() => setEdited(false)} />
      ) : (
        <button className="current" type="button" tabIndex={-1} onClick={edit}>{current}</button>
      )}
      <span className="aim">{aim}</span>
    </>
  );
}

/** @param {{ id: string, current: number, onDone: () => void }} props */
function Editor({ id, current, onDone }) {
  const workspace = use(WorkspaceContext);
  const [text, setText] = useState(String(current));
  const value = workspace.read(id, text);
  const onKeyDown = (/** @type {import("react").KeyboardEvent<HTMLInputElement>} */ event) => {
    event.stopPropagation();
    const isSaved = event.key === "Enter" && value !== undefined;
    if (!isSaved && event.key !== "Escape") return;
    if (isSaved) workspace.checkIn(id, value);
    /** @type {HTMLElement | null} */
    const row = event.currentTarget.closest("[aria-level]");
    onDone();
    row?.focus({ preventScroll: true });
  };
  return (
    <>
      <input
        className="entry"
        aria-label="Value"
        aria-invalid={value === undefined}
        autoFocus
        autoComplete="off"
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={onDone}
      />
      <span className="remark" aria-live="polite">
        {value === undefined ? "This is not a number." : `${value} → ${workspace.percentAt(id, value)}`}
      </span>
    </>
  );
}

/** @param {{ confidence: number | undefined }} props */
function Confidence({ confidence }) {
  const bars = confidence === undefined ? 0 : confidence >= 8 ? 3 : confidence >= 4 ? 2 : 1;
  return (
    <span className={`confidence of-${bars}`}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <rect key={bar} className={bar <= bars ? "" : "faint"} x={bar * 5 - 4} y={14 - bar * 4} width="3" height={bar * 4} />
        ))}
      </svg>
      <span className="number">{confidence ?? "–"}</span>
      <span className="hidden">{confidence === undefined ? "no confidence given" : " of 10"}</span>
    </span>
  );
}

/** @param {{ name: string }} props */
function Avatar({ name }) {
  const letters = name.split(" ").map((word) => word[0]);
  const colour = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 8;
  return (
    <span className={`avatar colour-${colour}`} title={name}>
      <span aria-hidden="true">{letters}</span>
      <span className="hidden">{name}</span>
    </span>
  );
}
