// The charts beside each other: layouts 1, 2, 1×3 and 2×2, one of them active, crosshair synced, everything kept.
import { $, $$, el, option } from "./dom.js";
import { setup, terminal, markets, periods } from "./setup.js";
import { keep, read } from "./kept.js";
import { on } from "./wire.js";
import { Chart } from "./chart.js";
import { clearDrawings, keepDrawings, showDrawings } from "./drawings.js";

export const layouts = { "1": 1, "2": 2, "1x3": 3, "2x2": 4 };
const place = $("#charts");
// spare: the charts a smaller layout has no room for; a larger one takes them up again.
export const grid = { layout: "1", synced: true, charts: [], spare: [], active: null };
const listeners = [];

// Told when another chart or symbol is the active one.
export const onActive = listener => listeners.push(listener);

// What stands in the address was asked for: it wins over what was kept. What does not is the server's guess, for who has kept nothing yet.
function start() {
  const kept = read("Workspace", "now") ?? {};
  const asked = new URLSearchParams(location.search);
  const states = (kept.charts ?? []).filter(chart => markets.has(chart.symbol) && periods.has(chart.period));
  if (!states.length) states.push({ symbol: setup.symbol, period: setup.period });
  const layout = kept.layout in layouts ? kept.layout : "1";
  const active = Math.max(0, Math.min(kept.active ?? 0, states.length - 1, layouts[layout] - 1));
  if (asked.has("symbol")) states[active].symbol = setup.symbol;
  if (asked.has("period")) states[active].period = setup.period;
  return { layout, synced: kept.synced ?? true, active, charts: states };
}

export function arrange({ layout, synced, active = 0, charts }) {
  for (const chart of grid.charts) chart.destroy();
  const count = layouts[layout];
  grid.layout = layout;
  grid.synced = synced;
  place.dataset.layout = layout;
  place.replaceChildren();
  $("#charts-switch").hidden = count === 1;
  const states = Array.from({ length: count }, (_, i) => charts[i] ?? { symbol: charts[0].symbol, period: charts[0].period });
  grid.spare = charts.slice(count);
  grid.active = null;
  grid.charts = states.map(state => make(structuredClone(state)));
  for (const button of $$("[data-layout-choice]")) button.setAttribute("aria-pressed", String(button.dataset.layoutChoice === layout));
  for (const box of $$("[data-sync]")) box.checked = synced;
  activate(grid.charts[Math.min(active, count - 1)]);
}

function make(state) {
  const canvas = el("div", { class: "chart", role: "group" });
  const head = el("div", { class: "cell__head" },
    el("select", { class: "cell__choice", "aria-label": "Symbol of this chart", onchange: event => choose(chart, event.target.value, chart.state.period) }, [...markets.keys()].map(symbol => option(symbol, symbol))),
    el("select", { class: "cell__choice", "aria-label": "Period of this chart", onchange: event => choose(chart, chart.state.symbol, event.target.value) }, [...periods.keys()].map(name => option(name, name.toLowerCase()))));
  const cell = el("div", { class: "cell", onpointerdown: () => activate(chart), onfocusin: () => activate(chart) }, head, canvas);
  place.append(cell);
  const chart = new Chart(canvas, state);
  chart.cell = cell;
  chart.onleave = () => { clearDrawings(chart); for (const listener of listeners) listener(chart, "leave"); };
  chart.onready = () => { showDrawings(chart, drawn); for (const listener of listeners) listener(chart, "ready"); };
  chart.api.subscribeAction("onCrosshairChange", crosshair => follow(chart, crosshair));
  label(chart);
  return chart;
}

function label(chart) {
  const [symbol, period] = chart.cell.querySelectorAll("select");
  [symbol.value, period.value] = [chart.state.symbol, chart.state.period];
}

// Where only the active chart has room, a row of buttons under it says which it is and brings the others.
function offer() {
  $("#charts-switch").replaceChildren(...grid.charts.map(chart => el("button", { type: "button", class: "charts-switch__chart", "aria-pressed": String(chart === grid.active), onclick: () => activate(chart) },
    chart.state.symbol, el("small", {}, chart.state.period.toLowerCase()))));
}
onActive((_, why) => { if (why === "active") offer(); });

export function activate(chart) {
  if (grid.active === chart) return;
  grid.active = chart;
  for (const other of grid.charts) other.cell.toggleAttribute("data-active", other === chart);
  for (const listener of listeners) listener(chart, "active");
  remember();
}

export function choose(chart, symbol, period) {
  chart.show(symbol, period);
  label(chart);
  grid.active = chart;
  for (const other of grid.charts) other.cell.toggleAttribute("data-active", other === chart);
  for (const listener of listeners) listener(chart, "active");
  remember();
}

// Drawings changed on one chart: kept, and shown on the others of the same symbol.
export function drawn(chart) {
  keepDrawings(chart);
  for (const other of grid.charts) if (other !== chart && other.state.symbol === chart.state.symbol) showDrawings(other, drawn);
}

export const snapshot = () => ({ layout: grid.layout, synced: grid.synced, active: grid.charts.indexOf(grid.active), charts: [...grid.charts.map(chart => chart.kept), ...grid.spare] });
export const remember = () => keep("Workspace", "now", snapshot());

// The other charts point at the same moment; at the same price too where the symbol is the same.
function follow(source, crosshair) {
  if (!grid.synced || grid.charts.length < 2) return;
  const at = crosshair?.x === undefined ? null : source.api.convertFromPixel([{ x: crosshair.x, y: crosshair.y }], { paneId: "candle_pane" })[0];
  for (const chart of grid.charts) {
    if (chart === source) continue;
    if (!at?.timestamp) { chart.api.executeAction("onCrosshairChange", {}); continue; }
    const [{ x, y }] = chart.api.convertToPixel([{ timestamp: at.timestamp, value: at.value }], { paneId: "candle_pane" });
    chart.api.executeAction("onCrosshairChange", { x, y: chart.state.symbol === source.state.symbol && crosshair.paneId === "candle_pane" ? y : -100, paneId: "candle_pane" });
  }
}

export function startGrid() {
  arrange(start());
  on("ticks", ticks => { for (const chart of grid.charts) for (const tick of ticks) if (tick.symbol === chart.state.symbol) chart.take(tick); });
  on("back", () => { for (const chart of grid.charts) chart.reload(); });
  document.addEventListener("scheme", () => { for (const chart of grid.charts) chart.restyle(); });
  terminal.dataset.charts = "ready";
}
