// Keyboard, windows and phone behaviour of the terminal: B and S go to the side buttons, tabs show one list at a time, the ticket opens as a sheet.
(() => {
  const terminal = document.getElementById("terminal");
  if (!terminal) return;

  const sheetButton = terminal.querySelector("[data-sheet-toggle]");
  const openWord = sheetButton.textContent;
  const isPhone = matchMedia("(max-width: 61.99rem)");

  function sheet(open) {
    terminal.dataset.sheet = open ? "open" : "closed";
    sheetButton.setAttribute("aria-expanded", String(open));
    sheetButton.textContent = open ? "Close the ticket" : openWord;
  }

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && terminal.dataset.sheet === "open") return sheet(false);
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    const side = { b: "buy", s: "sell" }[event.key.toLowerCase()];
    if (!side) return;
    event.preventDefault();
    if (isPhone.matches) sheet(true);
    terminal.querySelector(`[data-side="${side}"]`)?.focus();
  });

  function show(tab) {
    for (const other of terminal.querySelectorAll("[data-tab]")) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    }
    for (const panel of terminal.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== tab.dataset.tab;
  }

  terminal.addEventListener("click", event => {
    const tab = event.target.closest("[data-tab]");
    if (tab) show(tab);
    if (event.target.closest("[data-sheet-toggle]")) sheet(terminal.dataset.sheet !== "open");
  });
  terminal.addEventListener("keydown", event => {
    const tab = event.target.closest("[data-tab]");
    if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const next = tab.nextElementSibling ?? tab.parentElement.firstElementChild;
    show(next);
    next.focus();
  });

  // A position's window opens when its form has arrived, and closes when the desk has taken what was sent.
  const dialog = document.getElementById("position-dialog");
  const panel = document.getElementById("position-panel");
  new MutationObserver(() => { if (panel.childElementCount > 0 && !dialog.open) dialog.showModal(); }).observe(panel, { childList: true });
  document.addEventListener("traded", () => dialog.close());
  dialog.addEventListener("close", () => panel.replaceChildren());
  dialog.addEventListener("click", event => { if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close(); });

  // Whenever a position went or shrank, by whatever cause, the history has one more line.
  const held = () => [...terminal.querySelectorAll("[data-position]")].map(row => `${row.dataset.position}:${row.dataset.lots}`).join();
  let before = held();
  new MutationObserver(() => {
    const now = held();
    if (now === before) return;
    before = now;
    document.getElementById("panel-history").dispatchEvent(new CustomEvent("refresh"));
  }).observe(document.getElementById("panel-positions"), { subtree: true, childList: true, attributes: true, attributeFilter: ["data-lots"] });
})();
