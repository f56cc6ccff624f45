// The page's one stream, as the rest of the terminal hears it. Named events come from htmx as DOM events on #terminal.
import { terminal } from "./setup.js";

export const quotes = new Map();
const Silence = 30000;
const listeners = { quotes: [], ticks: [], marks: [], floor: [], deal: [], lost: [], back: [] };

export function on(name, listener) {
  listeners[name].push(listener);
}

function tell(name, data) {
  for (const listener of listeners[name]) listener(data);
}

// "quotes" are the newest of each symbol, "ticks" all that came, with how far the bid went in between.
// Quotes of several messages within one frame of the screen are painted once. A hidden tab has no frames: there they are told at once, so that no bar misses them.
const fresh = new Set();
const ticks = [];
let isWaiting = false;

function flush() {
  isWaiting = false;
  if (!fresh.size) return;
  const symbols = [...fresh];
  fresh.clear();
  tell("ticks", ticks.splice(0));
  tell("quotes", symbols.map(symbol => quotes.get(symbol)));
}

function takeQuotes(rows) {
  for (const [symbol, bid, ask, at, change, high = bid, low = bid] of rows) {
    const known = quotes.get(symbol);
    if (known && at < known.at) continue;
    quotes.set(symbol, { symbol, bid, ask, at, change });
    ticks.push({ symbol, bid, at, high, low });
    fresh.add(symbol);
  }
  if (document.hidden) return flush();
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(flush);
}

export function listen() {
  terminal.addEventListener("quotes", event => takeQuotes(JSON.parse(event.detail.data)));
  for (const name of ["marks", "floor", "deal"]) terminal.addEventListener(name, event => tell(name, JSON.parse(event.detail.data)));

  // Whatever the line broke by, an error or a clean end of the stream, another connection means that something may have been missed.
  let isLost = false;
  const lost = () => { if (!isLost) { isLost = true; tell("lost"); } };
  document.addEventListener("htmx:sse:error", lost);
  terminal.addEventListener("htmx:error", event => { if (event.target === terminal) lost(); });
  document.addEventListener("htmx:sse:after:connection", event => {
    if (!isLost && event.detail.connection.attempt === 0) return;
    isLost = false;
    tell("back");
  });

  // A machine that slept or changed its network may hold a line on which nothing will come any more: it is taken up anew instead of waited for.
  let heardAt = Date.now();
  document.addEventListener("htmx:sse:before:message", () => { heardAt = Date.now(); });
  addEventListener("offline", lost);
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heardAt > Silence) again(); });
}

function again() {
  const line = terminal._htmx?.sse;
  if (line?.delayCanceller) line.delayCanceller();
  else line?.reader?.cancel();
}
