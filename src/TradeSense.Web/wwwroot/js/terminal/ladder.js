// The depth ladder: prices around the market, the trader's own orders and positions on them, click to trade. No feed here tells depth beyond the best
// price, so the volumes are made up from the price itself and said to be.
import { $, $$, el } from "./dom.js";
import { markets, number, point, price, terminal } from "./setup.js";
import { on, quotes } from "./wire.js";
import { grid, onActive } from "./grid.js";
import { opening } from "./worth.js";
import { onPrefs, prefs, setPrefs } from "./prefs.js";
import { dealAt } from "./one-click.js";
import { notify } from "./notes.js";

const Rows = 21;
const Calm = 250;
// Who presses sooner than this after the rows have moved aimed at what stood there before.
const Settled = 400;
const body = $("#ladder-rows");
let rows = [];
let centre = null;
let timer = 0;
let movedAt = -Settled;
// The press under way: while it lasts the rows stand still, and what it means is what it meant when it began.
let pressed = null;

export const toggleLadder = () => setPrefs({ ladder: !prefs.ladder });

// A step worth a look, as 1, 2 or 5 of a digit: once found it stays, so that a wider spread moves no price out from under a finger.
const steps = new Map();

function stepOf(symbol, quote) {
  if (steps.has(symbol)) return steps.get(symbol);
  const least = Math.max(point(symbol), 10 ** -markets.get(symbol).pip / 10, (quote.ask - quote.bid) / 2, quote.bid / 20000);
  const power = 10 ** Math.floor(Math.log10(least));
  steps.set(symbol, [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least * 0.999));
  return steps.get(symbol);
}

// The same price always shows the same volume: thicker at round prices, thinner at the market.
function volumeAt(index, distance) {
  let hash = index | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  const noise = ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  return (0.4 + noise) * (1 + Math.min(distance, 12) * 0.35) * (index % 10 === 0 ? 2.4 : index % 5 === 0 ? 1.5 : 1) * 4;
}

function build() {
  rows = Array.from({ length: Rows }, () => {
    const bid = el("button", { type: "button", class: "ladder__side ladder__side--buy", "data-ladder": "Buy" });
    const at = el("span", { class: "ladder__price" });
    const ask = el("button", { type: "button", class: "ladder__side ladder__side--sell", "data-ladder": "Sell" });
    const own = el("span", { class: "ladder__own" });
    return { row: el("li", { class: "ladder__row" }, bid, at, ask, own), bid, at, ask, own };
  });
  body.replaceChildren(...rows.map(({ row }) => row));
}

function paint() {
  timer = 0;
  const symbol = grid.active.state.symbol;
  const quote = quotes.get(symbol);
  if (!prefs.ladder || !quote) return;
  const step = stepOf(symbol, quote);
  const [buy, sell] = [opening(symbol, "Buy"), opening(symbol, "Sell")];
  const middle = Math.round((quote.bid + quote.ask) / 2 / step);
  // The ladder stands still until the market comes near its edge, and under a pointer until the market has all but left it.
  const reach = pressed ? Infinity : body.matches(":hover") ? Rows / 2 - 2 : Rows / 4;
  if (centre === null || centre.symbol !== symbol || Math.abs(middle - centre.index) > reach) {
    if (centre) movedAt = performance.now();
    centre = { symbol, index: middle };
  }
  const own = ownLevels(symbol, step);
  rows.forEach(({ row, bid, at, ask, own: mark }, i) => {
    const index = centre.index + (Rows - 1) / 2 - i;
    const value = index * step;
    const text = price(symbol, value);
    if (at.textContent !== text) at.textContent = text;
    row.dataset.value = String(value);
    const side = value <= sell ? "bid" : value >= buy ? "ask" : "between";
    row.dataset.side = side;
    const volume = side === "between" ? "" : number(volumeAt(index, Math.abs(index - middle)), 1);
    put(bid, side === "bid" ? volume : "", `Buy at ${text}`);
    put(ask, side === "ask" ? volume : "", `Sell at ${text}`);
    const words = own.get(index) ?? "";
    if (mark.textContent !== words) mark.textContent = words;
  });
}

function put(button, text, label) {
  if (button.textContent !== text) button.textContent = text;
  // What is seen is part of the name, for those who speak to their browser.
  const name = text ? `${text} lots. ${label}` : label;
  if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
}

function ownLevels(symbol, step) {
  const levels = new Map();
  const note = (value, words) => { if (value) { const index = Math.round(Number(value) / step); levels.set(index, [levels.get(index), words].filter(Boolean).join(" ")); } };
  for (const { dataset: held } of $$(`[data-position][data-symbol="${symbol}"]`)) {
    note(held.open, `#${held.position}`);
    note(held.stop, `SL${held.position}`);
    note(held.target, `TP${held.position}`);
  }
  for (const { dataset: order } of $$(`[data-order][data-symbol="${symbol}"]`)) note(order.price, `${order.side === "Buy" ? "B" : "S"} ${order.lots}`);
  return levels;
}

const typeAt = (symbol, side, value) => { const now = opening(symbol, side); return side === "Buy" ? (value < now ? "limit" : "stop") : (value > now ? "limit" : "stop"); };

function meaning(button) {
  const [symbol, side, value] = [grid.active.state.symbol, button.dataset.ladder, Number(button.closest("[data-value]").dataset.value)];
  return { button, symbol, side, value, type: typeAt(symbol, side, value) };
}

// What a click means is taken when it begins. Nothing is sent when it is something else by the time the finger leaves, or when the rows had just moved.
function click(button, isByPointer) {
  const now = meaning(button);
  const begun = isByPointer ? pressed : { ...now, at: performance.now() };
  pressed = null;
  if (!begun || begun.button !== button) return;
  if (begun.at - movedAt < Settled || begun.symbol !== now.symbol || begun.value !== now.value || begun.type !== now.type)
    return notify("The ladder has just moved: nothing was sent. Look and press again.", "bad");
  return take(begun);
}

// With one-click off a click only fills the ticket: nothing is sent by a slip.
function take({ symbol, side, value, type }) {
  if (prefs.oneClick) return dealAt(side, value, type);
  const ticket = $("#ticket");
  const choice = ticket.querySelector(`[name="Type"][value="${type}"]`);
  choice.checked = true;
  ticket.elements.Price.value = value.toFixed(markets.get(symbol).digits);
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  $(`[data-side="${side.toLowerCase()}"]`, ticket).focus();
  notify(`${type === "limit" ? "Limit" : "Stop"} at ${price(symbol, value)} is on the ticket. With one-click on it would be sent.`);
}

export function startLadder() {
  build();
  const show = () => {
    terminal.dataset.ladder = prefs.ladder ? "on" : "off";
    for (const button of $$("[data-ladder-toggle]")) button.setAttribute("aria-pressed", String(prefs.ladder));
    centre = null;
    paint();
  };
  for (const button of $$("[data-ladder-toggle]")) button.addEventListener("click", toggleLadder);
  body.addEventListener("click", event => {
    const button = event.target.closest("[data-ladder]");
    if (button) click(button, event.detail > 0);
  });
  body.addEventListener("pointerdown", event => {
    const button = event.target.closest("[data-ladder]");
    if (button) pressed = { ...meaning(button), at: performance.now() };
  });
  // A press that ended elsewhere is no click: it is forgotten a moment after the finger has left.
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { const over = pressed; setTimeout(() => { if (pressed === over) pressed = null; }, 300); });
  on("quotes", fresh => { if (prefs.ladder && !timer && fresh.some(quote => quote.symbol === grid.active.state.symbol)) timer = setTimeout(paint, Calm); });
  onActive((_, why) => { if (why === "active") { centre = null; paint(); } });
  onPrefs(show);
  show();
}
