// The bar above the charts: period, indicators, drawing tools, layouts, templates. It acts on the active chart.
import { $, $$, el, icon, openDialog } from "./dom.js";
import { terminal } from "./setup.js";
import { forget, keep, namesOf, read } from "./kept.js";
import { arrange, choose, drawn, grid, onActive, remember, snapshot } from "./grid.js";
import { removeAll, removeSelected, startDrawing, stopDrawing } from "./drawings.js";
import { fillStudies } from "./studies.js";
import { notify } from "./notes.js";

const closeMenu = element => { const menu = element.closest("details"); if (menu) menu.open = false; };

function fillSaved() {
  const rows = (kind, use) => namesOf(kind).map(name => el("li", { class: "saved__row" },
    el("button", { type: "button", class: "saved__use", onclick: () => { use(read(kind, name)); $("#saved-dialog").close(); } }, name),
    el("button", { type: "button", class: "icon-button", "aria-label": `Remove ${name}`, onclick: async () => { await forget(kind, name); fillSaved(); } }, icon("trash"))));
  const fill = (place, items, empty) => $(place).replaceChildren(...(items.length ? items : [el("li", { class: "text-secondary" }, empty)]));
  fill("#saved-layouts", rows("Layout", layout => { arrange(layout); remember(); }), "No layout kept yet.");
  fill("#saved-looks", rows("ChartTemplate", look => { grid.active.wear(look); remember(); }), "No template kept yet.");
}

async function save(form, kind, body) {
  const field = form.elements.name;
  const name = field.value.trim();
  const wrong = form.querySelector(".field__error");
  wrong.textContent = "";
  if (!name) { wrong.textContent = "Give it a name."; field.focus(); return; }
  const answer = await keep(kind, name, body, 0);
  if (!answer.ok) { wrong.textContent = answer.words; return; }
  field.value = "";
  fillSaved();
  notify(`${name} is kept.`, "good");
}

export function startChartBar() {
  const bar = $(".chart-bar");

  bar.addEventListener("click", event => {
    const target = event.target;
    const period = target.closest("[data-period]");
    if (period && !event.ctrlKey && !event.metaKey) { event.preventDefault(); choose(grid.active, grid.active.state.symbol, period.dataset.period); }
    const layout = target.closest("[data-layout-choice]");
    if (layout) { arrange({ ...snapshot(), layout: layout.dataset.layoutChoice }); remember(); closeMenu(layout); }
    const type = target.closest("[data-candle-type]");
    if (type) { grid.active.state.type = type.dataset.candleType; grid.active.restyle(); remember(); closeMenu(type); }
    const tool = target.closest("[data-tool]");
    if (tool) { startDrawing(grid.active, tool.dataset.tool, $("[data-magnet]").checked, drawn); closeMenu(tool); }
    if (target.closest("[data-studies]")) { fillStudies(grid.active, remember); openDialog($("#studies-dialog")); }
    if (target.closest("[data-saved]")) { fillSaved(); openDialog($("#saved-dialog")); }
    if (target.closest("[data-clear-drawings]")) { removeAll(grid.active); closeMenu(target); }
  });
  $("[data-sync]").addEventListener("change", event => { grid.synced = event.target.checked; remember(); });
  $("#save-layout").addEventListener("submit", event => { event.preventDefault(); save(event.target, "Layout", snapshot()); });
  $("#save-look").addEventListener("submit", event => { event.preventDefault(); save(event.target, "ChartTemplate", grid.active.look); });

  document.addEventListener("keydown", event => {
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (event.key === "Escape") for (const chart of grid.charts) stopDrawing(chart);
    if (event.key === "Delete" || event.key === "Backspace") removeSelected(grid.active);
  });

  const show = chart => {
    for (const name of $$("[data-active-symbol]")) name.textContent = chart.state.symbol;
    for (const link of $$("[data-period]", bar)) link.toggleAttribute("aria-current", link.dataset.period === chart.state.period);
    for (const link of $$("[data-period][aria-current]", bar)) link.setAttribute("aria-current", "true");
    terminal.dataset.symbol = chart.state.symbol;
    const here = new URL(location.href);
    here.searchParams.set("symbol", chart.state.symbol);
    here.searchParams.set("period", chart.state.period);
    history.replaceState(history.state, "", here);
  };
  onActive((chart, why) => { if (why === "active") show(chart); });
  show(grid.active);
}
