// Keyboard and phone behaviour of the terminal: B and S send focus to the side buttons, tabs show one dock at a time, the ticket opens as a sheet.
(() => {
  const terminal = document.getElementById("terminal");
  if (!terminal) return;

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    const button = { b: "buy", s: "sell" }[event.key.toLowerCase()];
    if (!button) return;
    event.preventDefault();
    terminal.dataset.sheet = "open";
    terminal.querySelector(`[data-side="${button}"]`)?.focus();
  });

  terminal.addEventListener("click", event => {
    const tab = event.target.closest("[data-tab]");
    if (tab) {
      for (const other of terminal.querySelectorAll("[data-tab]")) other.setAttribute("aria-selected", String(other === tab));
      for (const panel of terminal.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== tab.dataset.tab;
    }

    const sheet = event.target.closest("[data-sheet-toggle]");
    if (sheet) {
      const open = terminal.dataset.sheet !== "open";
      terminal.dataset.sheet = open ? "open" : "closed";
      sheet.setAttribute("aria-expanded", String(open));
    }
  });
})();
