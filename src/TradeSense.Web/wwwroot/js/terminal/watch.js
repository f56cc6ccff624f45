// The watch list: prices painted in place, search, favourites; a row shows its symbol on the active chart.
import { $, $$ } from "./dom.js";
import { isPhone, markets, number, price, terminal } from "./setup.js";
import { keep, read } from "./kept.js";
import { choose, grid, onActive } from "./grid.js";
import { on, quotes } from "./wire.js";
import { opening } from "./worth.js";
import { sheet } from "./ticket.js";

const place = $("#watch-list");
let cells = new Map();

function index() {
  cells = new Map($$("[data-quote]", place).map(row => [row.dataset.quote, {
    row, bid: $("[data-bid]", row), ask: $("[data-ask]", row), spread: $("[data-spread]", row), change: $("[data-change]", row),
  }]));
}

const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

export function paint(quote) {
  const cell = cells.get(quote.symbol);
  if (!cell) return;
  // As the account deals, mark-up included: the same two prices as on the ticket.
  const [bid, ask] = [opening(quote.symbol, "Sell"), opening(quote.symbol, "Buy")];
  put(cell.bid, price(quote.symbol, bid));
  put(cell.ask, price(quote.symbol, ask));
  const pip = 10 ** -(markets.get(quote.symbol)?.pip ?? 0);
  put(cell.spread, number((ask - bid) / pip, 1));
  if (cell.change && !cell.change.dataset.closed) {
    put(cell.change, `${quote.change > 0 ? "+" : ""}${number(quote.change, 2)} %`);
    cell.change.dataset.tone = quote.change > 0 ? "up" : quote.change < 0 ? "down" : "flat";
  }
}

const favourites = () => new Set(read("Settings", "watch")?.favourites ?? []);

function order() {
  const [stars, wish] = [favourites(), $("#watch-search").value.trim().toUpperCase()];
  const items = $$("#watch-list > li");
  for (const item of items) {
    const symbol = item.firstElementChild.dataset.quote ?? $("[data-quote]", item).dataset.quote;
    item.hidden = wish !== "" && !symbol.includes(wish);
    const star = $("[data-star]", item);
    if (star) star.setAttribute("aria-pressed", String(stars.has(symbol)));
    item.classList.toggle("watch__item--favourite", stars.has(symbol));
  }
  $("#watch-none").hidden = items.some(item => !item.hidden);
}

function mark() {
  for (const [symbol, { row }] of cells) {
    if (symbol === grid.active.state.symbol) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

// On a phone the list comes up as a sheet at the thumb; on a desk it stands beside the charts, and its search takes the focus.
function show(open, opener = null) {
  if (!isPhone.matches && open) return $("#watch-search").focus();
  if (open) sheet(false);
  terminal.dataset.watch = open ? "open" : "closed";
  for (const button of $$("[data-watch-toggle]")) button.setAttribute("aria-expanded", String(open));
  if (open) cells.get(grid.active.state.symbol)?.row.focus();
  else opener?.focus();
}

function startSheet() {
  let opener = null;
  document.addEventListener("click", event => {
    const toggle = event.target.closest("[data-watch-toggle]");
    if (toggle) show(terminal.dataset.watch !== "open", opener = toggle);
    else if (terminal.dataset.watch === "open" && (event.target.closest("a[data-quote]") || !event.target.closest("#watch-panel"))) show(false, opener);
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape" && terminal.dataset.watch === "open") show(false, opener); });
  terminal.addEventListener("sheet", () => { if (terminal.dataset.watch === "open") show(false); });
}

export function startWatch() {
  startSheet();
  index();
  order();
  mark();
  on("quotes", fresh => fresh.forEach(paint));
  onActive((_, why) => { if (why === "active") mark(); });
  $("#watch-search").addEventListener("input", order);
  document.addEventListener("click", event => {
    const star = event.target.closest("[data-star]");
    if (star) {
      const stars = favourites();
      if (!stars.delete(star.dataset.star)) stars.add(star.dataset.star);
      keep("Settings", "watch", { favourites: [...stars] });
      order();
    }
    const row = event.target.closest("a[data-quote]");
    if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose(grid.active, row.dataset.quote, grid.active.state.period);
    }
  });
  // The list comes anew when a market opens or closes.
  document.addEventListener("htmx:after:swap", () => { if (!document.contains(cells.values().next().value?.row)) { index(); for (const quote of quotes.values()) paint(quote); order(); mark(); } });
}
