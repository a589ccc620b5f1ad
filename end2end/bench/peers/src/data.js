import { createContext, use, useCallback, useSyncExternalStore } from "react";

import { Workspace } from "./workspace.js";

/** @type {import("react").Context<Workspace>} */
export const WorkspaceContext = createContext(/** @type {any} */ (null));

/** Fetches the workspace; the page has asked for it already, with its first bytes. */
export async function load() {
  const answer = await fetch("/tree.json");
  if (!answer.ok) throw new Error(`the tree is missing: ${answer.status}`);
  return new Workspace(await answer.json());
}

/** What a row shows now. Only the rows that a change concerns render again. @param {string} id */
export function useRow(id) {
  const workspace = use(WorkspaceContext);
  const subscribe = useCallback((/** @type {() => void} */ listener) => workspace.subscribe(id, listener), [workspace, id]);
  return useSyncExternalStore(subscribe, () => workspace.row(id));
}
