// Positions and orders as lines on every chart of their symbol. A line that is dragged moves what it stands for; the desk's refusal puts it back.
import { $$, calmly } from "./dom.js";
import { address, markets, plain, signed } from "./setup.js";
import { grid, onActive } from "./grid.js";
import { on } from "./wire.js";
import { act } from "./send.js";
import { closing, worth } from "./worth.js";

const Group = "levels";
const profits = new Map();
const drawn = new WeakMap();
let floor = null;
let dragged = null;

const figure = text => (text === undefined || text === "" ? null : Number(text));

function positions() {
  return $$("[data-position]").map(({ dataset: row }) => ({
    number: row.position, symbol: row.symbol, side: row.side, lots: Number(row.lots), open: figure(row.open), stop: figure(row.stop), target: figure(row.target),
  }));
}

function orders() {
  return $$("[data-order]").map(({ dataset: row }) => ({
    number: row.order, symbol: row.symbol, side: row.side, kind: row.kind, words: row.words, lots: Number(row.lots), size: row.lots,
    price: figure(row.price), limit: figure(row.limit), stop: figure(row.stop), target: figure(row.target),
  }));
}

const at = (item, from, to) => { const amount = worth(item.symbol, item.side, item.lots, from, to); return amount === null ? "" : ` ≈ ${signed(amount)}`; };

function levelsOf(symbol) {
  const levels = [];
  for (const held of positions().filter(position => position.symbol === symbol)) {
    const name = `#${held.number} ${held.side} ${held.lots}`;
    levels.push({ key: `p${held.number}-open`, value: held.open, tone: "text-muted", text: () => `${name}  ${profits.get(held.number) ?? ""}`, moving: value => protection(held, value).text, moved: value => protect(held, protection(held, value).levels) });
    if (held.stop) levels.push({ key: `p${held.number}-stop`, value: held.stop, tone: "loss", dashed: true, text: value => `SL #${held.number}${at(held, held.open, value)}`, moved: value => protect(held, { stop: value }) });
    if (held.target) levels.push({ key: `p${held.number}-target`, value: held.target, tone: "profit", dashed: true, text: value => `TP #${held.number}${at(held, held.open, value)}`, moved: value => protect(held, { target: value }) });
  }
  for (const order of orders().filter(pending => pending.symbol === symbol)) {
    levels.push({ key: `o${order.number}-price`, value: order.price, tone: "primary", text: () => `${order.words} ${order.side} ${order.size} · ${order.number}`, moved: value => change(order, { price: value }) });
    if (order.limit) levels.push({ key: `o${order.number}-limit`, value: order.limit, tone: "primary", dashed: true, text: () => `Limit of ${order.number}`, moved: value => change(order, { limit: value }) });
    const entry = order.limit ?? order.price;
    if (order.stop) levels.push({ key: `o${order.number}-stop`, value: order.stop, tone: "loss", dashed: true, text: value => `SL of order ${order.number}${at(order, entry, value)}`, moved: value => change(order, { stop: value }) });
    if (order.target) levels.push({ key: `o${order.number}-target`, value: order.target, tone: "profit", dashed: true, text: value => `TP of order ${order.number}${at(order, entry, value)}`, moved: value => change(order, { target: value }) });
  }
  if (floor?.symbol === symbol) levels.push({ key: "floor", value: floor.bid, tone: "warning", dashed: true, text: () => "This price breaks today’s floor" });
  return levels;
}

// Pulling at the entry makes a stop loss on the losing side of the price, a take profit on the other.
function protection(held, value) {
  const now = closing(held.symbol, held.side) ?? held.open;
  const isStop = held.side === "Buy" ? value < now : value > now;
  return { levels: isStop ? { stop: value } : { target: value }, text: `${isStop ? "Stop loss" : "Take profit"} #${held.number}${at(held, held.open, value)}` };
}

const text = (symbol, value) => (value ? plain(value, markets.get(symbol).digits) : "");

// Only the level that was moved is sent: the other one may be a trailing stop that has moved since the line was drawn, and stays as the desk holds it.
function protect(held, { stop, target }) {
  const moved = stop ? { "Form.Only": "StopLoss", "Form.StopLoss": text(held.symbol, stop) } : { "Form.Only": "TakeProfit", "Form.TakeProfit": text(held.symbol, target) };
  return act(`${address}/positions/${held.number}?handler=Modify`, moved, "Form.ClientId");
}

// An order is sent whole: what was not moved is as the dock shows it now, not as it was when the line was drawn.
function change(asDrawn, wish) {
  const order = orders().find(pending => pending.number === asDrawn.number) ?? asDrawn;
  const { price = order.price, limit = order.limit, stop = order.stop, target = order.target } = wish;
  const fields = { "Form.Price": text(order.symbol, price), "Form.LimitPrice": text(order.symbol, limit), "Form.StopLoss": text(order.symbol, stop), "Form.TakeProfit": text(order.symbol, target) };
  return act(`${address}/orders/${order.number}?handler=Modify`, { "Form.Lots": order.size, ...fields }, "Form.ClientId");
}

function draw(chart) {
  if (!chart.tell) return;
  const known = drawn.get(chart) ?? new Map();
  drawn.set(chart, known);
  const wanted = new Map(levelsOf(chart.state.symbol).map(level => [level.key, level]));
  for (const [key, { id }] of known) if (!wanted.has(key)) { chart.api.removeOverlay({ id }); known.delete(key); }
  for (const [key, level] of wanted) {
    const before = known.get(key);
    if (dragged && dragged.key === key) continue;
    const words = level.text(level.value);
    if (!before) known.set(key, { id: create(chart, level, words), words, level });
    else {
      const isMoved = before.level.value !== level.value;
      if (isMoved || before.words !== words) chart.api.overrideOverlay({ id: before.id, ...(isMoved ? { points: [{ value: level.value }] } : {}), extendData: { text: words, tone: level.tone, dashed: level.dashed } });
      Object.assign(before, { words, level });
    }
  }
}

function create(chart, level, words) {
  const current = () => drawn.get(chart).get(level.key)?.level ?? level;
  const round = value => { const digits = chart.digits; return Number(value.toFixed(digits)); };
  return chart.api.createOverlay({
    name: "level", groupId: Group, lock: !level.moved, points: [{ value: level.value }], zLevel: 10, extendData: { text: words, tone: level.tone, dashed: level.dashed },
    onPressedMoveStart: () => { dragged = { key: level.key }; },
    onPressedMoving: ({ overlay }) => {
      const now = current();
      chart.api.overrideOverlay({ id: overlay.id, extendData: { text: (now.moving ?? now.text)(round(overlay.points[0].value)), tone: now.tone, dashed: now.dashed } });
    },
    onPressedMoveEnd: async ({ overlay }) => {
      const [now, value] = [current(), round(overlay.points[0].value)];
      if (value !== now.value) await now.moved(value);
      dragged = null;
      // Back to what the desk holds; the stream brings what it took.
      const held = current();
      chart.api.overrideOverlay({ id: overlay.id, points: [{ value: held.value }], extendData: { text: held.text(held.value), tone: held.tone, dashed: held.dashed } });
      drawAll();
    },
    onRightClick: event => event.preventDefault(),
  });
}

function drawAll() { for (const chart of grid.charts) draw(chart); }

export function startLevels() {
  on("marks", marks => {
    for (const { number, profit } of marks.positions) profits.set(String(number), profit);
    if (!dragged) drawAll();
  });
  on("floor", mark => { floor = mark; drawAll(); });
  onActive((chart, why) => { if (why === "leave") { drawn.delete(chart); chart.api.removeOverlay({ groupId: Group }); } });
  onActive((chart, why) => { if (why === "ready") { drawn.delete(chart); chart.api.removeOverlay({ groupId: Group }); draw(chart); } });
  const soon = calmly(20, drawAll);
  new MutationObserver(soon).observe(document.getElementById("dock"), { subtree: true, childList: true, attributes: true, attributeFilter: ["data-stop", "data-target", "data-lots", "data-price", "data-limit"] });
  document.addEventListener("scheme", () => { for (const chart of grid.charts) { drawn.delete(chart); chart.api.removeOverlay({ groupId: Group }); draw(chart); } });
}
