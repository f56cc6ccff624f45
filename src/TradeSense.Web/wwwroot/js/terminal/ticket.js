// The ticket: prices on its buttons as the account deals, another symbol when another chart is active; on a phone it is a sheet.
import { $ } from "./dom.js";
import { address, isPhone, markets, price, terminal } from "./setup.js";
import { on, quotes } from "./wire.js";
import { grid, onActive } from "./grid.js";
import { opening } from "./worth.js";
import { notify } from "./notes.js";

export const panel = $("#ticket-panel");
const sheetButton = $("[data-sheet-toggle]");
export const symbolOf = () => $("#ticket")?.dataset.symbol;

export function sheet(open) {
  if (open) terminal.dispatchEvent(new CustomEvent("sheet"));
  terminal.dataset.sheet = open ? "open" : "closed";
  sheetButton.setAttribute("aria-expanded", String(open));
  sheetButton.textContent = open ? "Close the ticket" : `Trade ${grid.active?.state.symbol ?? symbolOf()}`;
}

export const focusSide = side => {
  if (isPhone.matches) sheet(true);
  $(`[data-side="${side}"]`, panel)?.focus();
};

function paint(quote) {
  const symbol = symbolOf();
  if (!quote || quote.symbol !== symbol) return;
  for (const [id, side] of [["price-sell", "Sell"], ["price-buy", "Buy"]]) {
    const figure = document.getElementById(id)?.firstElementChild;
    const text = price(symbol, opening(symbol, side));
    if (figure && figure.dataset.text !== text) putPrice(figure, text, markets.get(symbol));
  }
}

// The pip digits larger, as the server writes them.
function putPrice(figure, text, market) {
  figure.dataset.text = text;
  const [digits, pip] = [market.digits, market.pip];
  if (pip < 2 || digits < pip) { figure.textContent = text; return; }
  const tail = digits - pip;
  const part = (name, className, content) => { const element = document.createElement(name); element.className = className; element.textContent = content; return element; };
  figure.replaceChildren(text.slice(0, -(tail + 2)), part("b", "price__pip", text.slice(-(tail + 2), tail ? -tail : undefined)), ...(tail ? [part("small", "price__tail", text.slice(-tail))] : []));
}

// One question at a time, and the last one counts: the ticket deals in nothing until it is for the symbol of the chart.
let isAsking = false;

async function follow() {
  const { symbol } = grid.active.state;
  if (terminal.dataset.sheet !== "open") sheet(false);
  const ticket = $("#ticket");
  ticket.inert = symbol !== symbolOf();
  if (!ticket.inert || isAsking) return;
  isAsking = true;
  const size = $("#ticket [name='SizeBy']:checked")?.value;
  await htmx.ajax("GET", `${address}/order?${new URLSearchParams({ handler: "Ticket", symbol, sizeBy: size ?? "lots" })}`, { target: "#ticket", swap: "outerHTML" }).catch(() => null);
  isAsking = false;
  if (grid.active.state.symbol !== symbol) return follow();
  if (symbolOf() !== symbol) notify(`The ticket for ${symbol} did not come. Choose the symbol again, or reload the page.`, "bad");
}

export function startTicket() {
  on("quotes", fresh => fresh.forEach(paint));
  onActive((_, why) => { if (why === "active") follow(); });
  on("back", follow);
  sheetButton.addEventListener("click", () => sheet(terminal.dataset.sheet !== "open"));
  document.addEventListener("keydown", event => { if (event.key === "Escape" && terminal.dataset.sheet === "open") sheet(false); });
  document.addEventListener("htmx:after:swap", () => {
    $("#ticket").inert = symbolOf() !== grid.active.state.symbol;
    paint(quotes.get(symbolOf()));
  });
  if (grid.active) follow();
}
