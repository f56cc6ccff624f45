// Drawings belong to a symbol: every chart of it shows the same ones, on every device of the trader.
import { $, openDialog } from "./dom.js";
import { keep, read } from "./kept.js";
import { notify } from "./notes.js";

const Group = "drawings";
const undone = new WeakSet();

// A tenth of the last digit is more than anybody can draw.
const plainPoint = ({ timestamp, value }) => ({ timestamp, value: Number(value.toFixed(6)) });
const drawingsOf = symbol => read("Drawings", symbol)?.drawings ?? [];

// Takes them off without forgetting them: the chart goes on to another symbol.
export function clearDrawings(chart) {
  chart.drawnFor = chart.selected = chart.pending = null;
  undone.add(chart);
  chart.api.removeOverlay({ groupId: Group });
  undone.delete(chart);
}

// Puts a symbol's drawings on a chart that shows it now.
export function showDrawings(chart, changed) {
  clearDrawings(chart);
  chart.drawnFor = chart.state.symbol;
  for (const drawing of drawingsOf(chart.state.symbol)) put(chart, { ...drawing, points: drawing.points.map(point => ({ ...point })) }, changed);
}

function put(chart, drawing, changed) {
  const note = () => changed(chart);
  return chart.api.createOverlay({
    name: drawing.name, groupId: Group, ...(drawing.points ? { points: drawing.points } : {}), extendData: drawing.text ?? null, mode: drawing.mode ?? "normal",
    onDrawEnd: ({ overlay }) => {
      if (overlay.name === "brush" && overlay.points.length > 2) chart.api.overrideOverlay({ id: overlay.id, points: thinned(chart, overlay.points) });
      if (overlay.name === "note") ask(chart, overlay, note); else note();
    },
    onPressedMoveEnd: note,
    onDoubleClick: ({ overlay }) => { if (overlay.name === "note") ask(chart, overlay, note); },
    onSelected: ({ overlay }) => { chart.selected = overlay.id; },
    onDeselected: () => { chart.selected = null; },
    onRemoved: () => { if (!undone.has(chart)) setTimeout(note); },
  });
}

export function startDrawing(chart, name, magnet, changed) {
  if (name === "measure") return measure(chart);
  if (!chart.drawnFor) return notify("The bars of this symbol are still on their way. Draw when they are there.");
  chart.pending = put(chart, { name, mode: magnet ? "weak_magnet" : "normal" }, changed);
}

// A measurement is looked at, not kept: the next one, or Escape, takes it away.
function measure(chart) {
  chart.api.removeOverlay({ groupId: "measure" });
  chart.api.createOverlay({ name: "measure", groupId: "measure" });
}

export function stopDrawing(chart) {
  chart.api.removeOverlay({ groupId: "measure" });
  const pending = chart.pending && chart.api.getOverlays({ id: chart.pending })[0];
  if (pending && pending.currentStep !== -1) chart.api.removeOverlay({ id: chart.pending });
  chart.pending = null;
}

export function removeSelected(chart) {
  if (chart.selected) chart.api.removeOverlay({ id: chart.selected });
  chart.selected = null;
}

export function removeAll(chart) { chart.api.removeOverlay({ groupId: Group }); }

// A brush leaves a point for every move of the hand. Those that bend the line by less than a pixel are left out, so that a sketch takes a few hundred bytes.
function thinned(chart, points) {
  const pixels = chart.api.convertToPixel(points.map(plainPoint), { paneId: "candle_pane" });
  const kept = new Set([0, points.length - 1]);
  const parts = [[0, points.length - 1]];
  while (parts.length) {
    const [first, last] = parts.pop();
    const [a, b] = [pixels[first], pixels[last]];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    let [far, at] = [1, 0];
    for (let i = first + 1; i < last; i++) {
      const { x, y } = pixels[i];
      const bend = length > 1 ? Math.abs((b.x - a.x) * (a.y - y) - (a.x - x) * (b.y - a.y)) / length : Math.hypot(x - a.x, y - a.y);
      if (bend > far) [far, at] = [bend, i];
    }
    if (at) { kept.add(at); parts.push([first, at], [at, last]); }
  }
  return points.filter((_, i) => kept.has(i));
}

export function keepDrawings(chart) {
  if (chart.drawnFor !== chart.state.symbol) return;
  const drawings = chart.api.getOverlays({ groupId: Group }).filter(overlay => overlay.currentStep === -1 || overlay.points.length > 0)
    .map(overlay => ({ name: overlay.name, points: overlay.points.map(plainPoint), ...(overlay.extendData ? { text: overlay.extendData } : {}) }));
  keep("Drawings", chart.state.symbol, { drawings });
}

// A text is asked for in a window of the page.
function ask(chart, overlay, done) {
  const [dialog, field] = [$("#note-dialog"), $("#note-text")];
  field.value = overlay.extendData ?? "";
  dialog.onclose = () => {
    const text = field.value.trim();
    if (dialog.returnValue === "keep" && text) chart.api.overrideOverlay({ id: overlay.id, extendData: text });
    else if (!overlay.extendData) chart.api.removeOverlay({ id: overlay.id });
    done();
  };
  dialog.returnValue = "";
  openDialog(dialog);
  field.focus();
}
