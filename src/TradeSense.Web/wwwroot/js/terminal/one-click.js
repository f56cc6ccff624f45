// One-click: preset lots, stop loss and take profit, sent at once by the bar over the chart, the ladder or a key.
import { $, $$ } from "./dom.js";
import { address, markets, plain, price, terminal } from "./setup.js";
import { on, quotes } from "./wire.js";
import { act, newId } from "./send.js";
import { grid, onActive } from "./grid.js";
import { opening } from "./worth.js";
import { onPrefs, prefs, setPrefs } from "./prefs.js";

const bar = $("#one-click");
const symbol = () => grid.active.state.symbol;
const levels = () => ({ LevelsBy: "pips", StopLoss: prefs.stopPips, TakeProfit: prefs.targetPips });

export const deal = side => act(`${address}/order?symbol=${symbol()}`, { Type: "market", SizeBy: "lots", Lots: prefs.lots, ...levels(), Side: side, ClientId: newId() });

// A click at a price: on the side of the market where it waits as a limit it is one, on the other a stop.
export function dealAt(side, value) {
  const now = opening(symbol(), side);
  const type = side === "Buy" ? (value < now ? "limit" : "stop") : (value > now ? "limit" : "stop");
  return act(`${address}/order?symbol=${symbol()}`, { Type: type, SizeBy: "lots", Lots: prefs.lots, Price: plain(value, markets.get(symbol()).digits), ...levels(), Side: side, ClientId: newId() });
}

function paint(quote) {
  if (quote?.symbol !== symbol() || !prefs.oneClick) return;
  for (const button of $$("[data-deal]", bar)) {
    const text = price(quote.symbol, opening(quote.symbol, button.dataset.deal));
    if (button.lastElementChild.textContent !== text) button.lastElementChild.textContent = text;
  }
}

function show() {
  terminal.dataset.oneClick = prefs.oneClick ? "on" : "off";
  $("#one-click-on").checked = prefs.oneClick;
  for (const name of ["lots", "stopPips", "targetPips"]) $(`[data-way="${name}"]`, bar).value = prefs[name];
  paint(quotes.get(symbol()));
}

export function startOneClick() {
  bar.addEventListener("click", event => {
    const button = event.target.closest("[data-deal]");
    if (button && prefs.oneClick) deal(button.dataset.deal);
  });
  bar.addEventListener("change", event => { if (event.target.dataset.way) setPrefs({ [event.target.dataset.way]: event.target.value.trim() }); });
  $("#one-click-on").addEventListener("change", event => setPrefs({ oneClick: event.target.checked }));
  on("quotes", fresh => fresh.forEach(paint));
  onActive((_, why) => { if (why === "active") show(); });
  onPrefs(show);
  show();
}
