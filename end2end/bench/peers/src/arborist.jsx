import { useCallback, useSyncExternalStore } from "react";
import { Tree } from "react-arborist";
import { createRoot } from "react-dom/client";

import { Cells, Columns } from "./cells.jsx";
import { WorkspaceContext, load } from "./data.js";

const ROW = 40;
/** Half a screen above and below. */
const OVERSCAN = 10;
/** The height of what stands above the rows. */
const HEAD = 84;

const idOf = (/** @type {import("./workspace.js").Node} */ node) => node.input.id;
const childrenOf = (/** @type {import("./workspace.js").Node} */ { children }) => (children.length > 0 ? children : null);

/** @param {import("react-arborist").NodeRendererProps<import("./workspace.js").Node>} props */
function Node({ node, tree }) {
  const toggle = useCallback((/** @type {string} */ id) => (tree.isOpen(id) ? tree.close(id) : tree.open(id)), [tree]);
  return <Cells id={node.id} depth={node.level} isParent={node.isInternal} isOpen={node.isOpen} onToggle={toggle} />;
}

function useWindowHeight() {
  return useSyncExternalStore(
    (listener) => {
      addEventListener("resize", listener);
      return () => removeEventListener("resize", listener);
    },
    () => innerHeight,
  );
}

/** @param {{ roots: import("./workspace.js").Node[] }} props */
function Page({ roots }) {
  const height = useWindowHeight() - HEAD;
  return (
    <>
      <Columns />
      <Tree
        aria-label="Objectives and key results"
        className="scroller"
        rowClassName="row"
        data={roots}
        idAccessor={idOf}
        childrenAccessor={childrenOf}
        openByDefault
        disableDrag
        disableDrop
        disableMultiSelection
        width="100%"
        height={height}
        rowHeight={ROW}
        overscanCount={OVERSCAN}
      >
        {Node}
      </Tree>
    </>
  );
}

const workspace = await load();
createRoot(/** @type {HTMLElement} */ (document.getElementById("tree"))).render(
  <WorkspaceContext value={workspace}>
    <Page roots={workspace.roots} />
  </WorkspaceContext>,
);
