// The calculator and the alert window: opened for the symbol and the prices of the ticket. Without this script both are pages of their own.
import { $, openDialog } from "./dom.js";
import { terminal, address } from "./setup.js";
import { notify, play } from "./notes.js";
import { prefs } from "./prefs.js";
import { sheet } from "./ticket.js";

const shown = new Set();

// Prices typed as prices go along; those typed in pips or money mean something else there.
function calculate() {
  const ticket = $("#ticket");
  const wish = new URLSearchParams({ symbol: ticket.dataset.symbol });
  const byPrice = ticket.elements.LevelsBy?.value === "price";
  if (byPrice && ticket.elements.StopLoss.value) { wish.set("stop", ticket.elements.StopLoss.value); wish.set("for", ticket.dataset.symbol); }
  if (ticket.elements.SizeBy?.value === "risk") wish.set("risk", ticket.elements.RiskPercent.value);
  openDialog($("#calculator-dialog"));
  htmx.ajax("GET", `${address}/calculator/position-size?${wish}`, { target: "#calculator", swap: "outerHTML" });
}

function alertFor(symbol) {
  openDialog($("#alert-dialog"));
  htmx.ajax("GET", `/trader/alerts/new?symbol=${encodeURIComponent(symbol)}`, { target: "#alert-form", swap: "outerHTML" });
}

function use(link) {
  const ticket = $("#ticket");
  if (ticket.dataset.symbol !== link.dataset.useSymbol) return false;
  const choose = (name, value) => { const choice = ticket.querySelector(`[name="${name}"][value="${value}"]`); if (choice) choice.checked = true; };
  choose("SizeBy", "lots");
  ticket.elements.Lots.value = link.dataset.useLots;
  if (link.dataset.useStop) { choose("LevelsBy", "price"); ticket.elements.StopLoss.value = link.dataset.useStop; }
  $("#calculator-dialog").close();
  ticket.elements.Lots.dispatchEvent(new Event("input", { bubbles: true }));
  sheet(true);
  ticket.elements.Lots.focus();
  return true;
}

export function startTools() {
  document.addEventListener("click", event => {
    const wish = event.target.closest("[data-calculator], [data-alert-for], [data-use-lots]");
    if (!wish || event.ctrlKey || event.metaKey) return;
    if (wish.matches("[data-use-lots]")) { if (use(wish)) event.preventDefault(); return; }
    event.preventDefault();
    if (wish.matches("[data-calculator]")) calculate();
    else alertFor($("#ticket")?.dataset.symbol ?? wish.dataset.alertFor);
  });
  // A line that broke may tell the same alert again.
  terminal.addEventListener("alert", event => {
    const alert = JSON.parse(event.detail.data);
    if (shown.has(alert.id)) return;
    shown.add(alert.id);
    notify(alert.text, "info");
    if (prefs.sounds) play("account");
  });
}
