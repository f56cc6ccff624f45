// The page's one stream, as the rest of the terminal hears it. Named events come from htmx as DOM events on #terminal.
import { terminal } from "./setup.js";

export const quotes = new Map();
const listeners = { quotes: [], marks: [], floor: [], deal: [], lost: [], back: [] };

export function on(name, listener) {
  listeners[name].push(listener);
}

function tell(name, data) {
  for (const listener of listeners[name]) listener(data);
}

// Quotes of several messages within one frame of the screen are painted once.
const fresh = new Set();
let isWaiting = false;

function takeQuotes(rows) {
  for (const [symbol, bid, ask, at, change] of rows) {
    const known = quotes.get(symbol);
    if (known && at < known.at) continue;
    quotes.set(symbol, { symbol, bid, ask, at, change });
    fresh.add(symbol);
  }
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    const symbols = [...fresh];
    fresh.clear();
    tell("quotes", symbols.map(symbol => quotes.get(symbol)));
  });
}

export function listen() {
  terminal.addEventListener("quotes", event => takeQuotes(JSON.parse(event.detail.data)));
  for (const name of ["marks", "floor", "deal"]) terminal.addEventListener(name, event => tell(name, JSON.parse(event.detail.data)));

  let isLost = false;
  const lost = () => { if (!isLost) { isLost = true; tell("lost"); } };
  document.addEventListener("htmx:sse:error", lost);
  addEventListener("offline", lost);
  document.addEventListener("htmx:sse:after:message", () => { if (isLost) { isLost = false; tell("back"); } });
}
