// Loads the client while the page is still being read, and starts it on the page once that is whole. What is clicked before
// that is clicked again then; and branches of the tree open and close at once, as far as their rows are here.
(script, wasm) => {
  // Going back or forward within the page changes the address before the client can follow: the page is of another then.
  const address = () => location.pathname + location.search;
  const rendered = address();
  const follow = () => {
    if (address() !== rendered) location.reload();
  };

  // On a slow network, what a person sees comes first. What is loaded is told to the window only on the way down.
  const styled = new Promise((done) => {
    const onEnd = ({ target }) => (target === document || target.rel === "stylesheet") && done();
    addEventListener("load", onEnd, true);
    addEventListener("error", onEnd, true);
  });
  const bytes = styled.then(() => fetch(wasm));
  const module = styled.then(() => import(script));
  const clicked = [];

  const hideBelowClosed = (rows) => {
    let closed = Infinity;
    for (const row of rows) {
      const level = Number(row.getAttribute("aria-level"));
      if (level <= closed) closed = row.getAttribute("aria-expanded") === "false" ? level : Infinity;
      row.hidden = level > closed;
    }
  };

  const turn = (row, button) => {
    const isOpen = row.getAttribute("aria-expanded") !== "true";
    row.setAttribute("aria-expanded", isOpen);
    button.setAttribute("aria-label", isOpen ? "Collapse" : "Expand");
    hideBelowClosed(row.parentElement.querySelectorAll('[role="row"]'));
  };

  const note = ({ target }) => {
    // Forms and links do without the client.
    const button = target.closest('button[type="button"]');
    if (!button) return;
    clicked.push(button);
    if (button.dataset.act === "toggle") turn(button.closest('[role="row"]'), button);
  };

  addEventListener("click", note, true);
  addEventListener("popstate", follow);
  addEventListener("DOMContentLoaded", async () => {
    const client = await module;
    await client.default({ module_or_path: bytes });
    // The script of a page that is being loaded anew runs on for a moment.
    if (address() !== rendered) return location.reload();
    client.hydrate();
    removeEventListener("popstate", follow);
    removeEventListener("click", note, true);
    if (clicked.length > 0) document.activeElement?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    for (const button of clicked) button.click();
  });
}
