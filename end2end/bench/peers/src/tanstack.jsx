import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

import { Cells, Columns } from "./cells.jsx";
import { WorkspaceContext, load } from "./data.js";
import { outline } from "./outline.js";

const ROW = 40;
/** Half a screen above and below. */
const OVERSCAN = 10;

/** @param {{ workspace: import("./workspace.js").Workspace }} props */
function Tree({ workspace }) {
  const [closed, setClosed] = useState(() => new Set());
  const [active, setActive] = useState(workspace.roots[0]?.input.id);
  const lines = useMemo(() => outline(workspace.roots, closed), [workspace, closed]);
  const body = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => setAbove(body.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => ROW,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: OVERSCAN,
    scrollMargin: above,
  });

  const toggle = useCallback((/** @type {string} */ id) => {
    setClosed((closed) => {
      const next = new Set(closed);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);

  // The arrow keys move the focus, also to a row that is only made by scrolling to it.
  const takesFocus = useRef(false);
  useEffect(() => {
    if (!takesFocus.current) return;
    const row = body.current?.querySelector(`[data-id="${active}"]`);
    if (row instanceof HTMLElement) {
      row.focus({ preventScroll: true });
      takesFocus.current = false;
    }
  });
  const goTo = (/** @type {number} */ index) => {
    const line = lines[Math.min(Math.max(index, 0), lines.length - 1)];
    if (!line) return;
    takesFocus.current = true;
    setActive(line.id);
    virtualizer.scrollToIndex(lines.indexOf(line));
  };
  const onKeyDown = (/** @type {import("react").KeyboardEvent} */ event) => {
    const index = lines.findIndex(({ id }) => id === active);
    const line = lines[index];
    if (!line) return;
    const parent = () => lines.slice(0, index).findLastIndex(({ depth }) => depth < line.depth);
    /** @type {Record<string, () => void>} */
    const steps = {
      ArrowDown: () => goTo(index + 1),
      ArrowUp: () => goTo(index - 1),
      ArrowRight: () => (line.isParent && !line.isOpen ? toggle(line.id) : goTo(index + 1)),
      ArrowLeft: () => (line.isOpen ? toggle(line.id) : goTo(parent())),
      Home: () => goTo(0),
      End: () => goTo(lines.length - 1),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };

  return (
    <div className="grid" role="treegrid" aria-label="Objectives and key results" aria-rowcount={lines.length + 1} onKeyDown={onKeyDown}>
      <Columns />
      <div className="rows" role="rowgroup" ref={body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index];
          const place = { index, top: start - above, isActive: line?.id === active };
          return line && <Row key={key} {...line} {...place} onToggle={toggle} onFocus={setActive} />;
        })}
      </div>
    </div>
  );
}

/**
 * @typedef {import("./outline.js").Line & {
 *   index: number, top: number, isActive: boolean, onToggle: (id: string) => void, onFocus: (id: string) => void,
 * }} RowProps
 */

const Row = memo(function Row(/** @type {RowProps} */ { index, top, isActive, onToggle, onFocus, ...line }) {
  const { id, depth, position, setSize, isParent, isOpen } = line;
  return (
    <div
      className="row"
      role="row"
      data-id={id}
      tabIndex={isActive ? 0 : -1}
      aria-level={depth + 1}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-rowindex={index + 2}
      aria-expanded={isParent ? isOpen : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(id)}
    >
      <Cells id={id} depth={depth} isParent={isParent} isOpen={isOpen} onToggle={onToggle} />
    </div>
  );
});

const workspace = await load();
createRoot(/** @type {HTMLElement} */ (document.getElementById("tree"))).render(
  <WorkspaceContext value={workspace}>
    <Tree workspace={workspace} />
  </WorkspaceContext>,
);
