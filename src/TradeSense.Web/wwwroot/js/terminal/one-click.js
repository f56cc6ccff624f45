// One-click: preset lots, stop loss and take profit, sent at once by the bar over the chart, the ladder or a key.
import { $, $$ } from "./dom.js";
import { address, markets, plain, price, terminal } from "./setup.js";
import { on, quotes } from "./wire.js";
import { act } from "./send.js";
import { grid, onActive } from "./grid.js";
import { opening } from "./worth.js";
import { onPrefs, prefs, setPrefs } from "./prefs.js";

const bar = $("#one-click");
const symbol = () => grid.active.state.symbol;
// Lots and levels are kept per symbol: ten pips of a currency are nothing of a coin. The smallest size where nothing smaller is dealt.
const preset = () => {
  const { lots, stopPips, targetPips, of } = prefs;
  const least = markets.get(symbol())?.minimum ?? 0;
  return { lots: Number(lots) < least ? String(least) : lots, stopPips, targetPips, ...of[symbol()] };
};
const wish = () => { const { lots, stopPips, targetPips } = preset(); return { SizeBy: "lots", Lots: lots, LevelsBy: "pips", StopLoss: stopPips, TakeProfit: targetPips }; };

export const deal = side => act(`${address}/order?symbol=${symbol()}`, { Type: "market", ...wish(), Side: side }, "ClientId");

// At a price of the ladder, which knows whether it waits there as a limit or as a stop.
export function dealAt(side, value, type) {
  return act(`${address}/order?symbol=${symbol()}`, { Type: type, Price: plain(value, markets.get(symbol()).digits), ...wish(), Side: side }, "ClientId");
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
  for (const name of ["lots", "stopPips", "targetPips"]) $(`[data-way="${name}"]`, bar).value = preset()[name];
  paint(quotes.get(symbol()));
}

export function startOneClick() {
  bar.addEventListener("click", event => {
    const button = event.target.closest("[data-deal]");
    if (button && prefs.oneClick) deal(button.dataset.deal);
  });
  bar.addEventListener("change", event => { if (event.target.dataset.way) setPrefs({ of: { ...prefs.of, [symbol()]: { ...preset(), [event.target.dataset.way]: event.target.value.trim() } } }); });
  $("#one-click-on").addEventListener("change", event => setPrefs({ oneClick: event.target.checked }));
  on("quotes", fresh => fresh.forEach(paint));
  onActive((_, why) => { if (why === "active") show(); });
  onPrefs(show);
  show();
}
