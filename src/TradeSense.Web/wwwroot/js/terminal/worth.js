// What a distance in price is worth in the account's currency, by the quotes on the page: a preview while something is dragged. What counts is the desk's own figure.
import { setup, markets } from "./setup.js";
import { quotes } from "./wire.js";

const mid = symbol => { const quote = quotes.get(symbol); return quote ? (quote.bid + quote.ask) / 2 : null; };

function rate(from, to) {
  if (from === to) return 1;
  const direct = mid(from + to);
  if (direct) return direct;
  const inverse = mid(to + from);
  if (inverse) return 1 / inverse;
  if (from === "USD" || to === "USD") return null;
  const [first, second] = [rate(from, "USD"), rate("USD", to)];
  return first && second ? first * second : null;
}

// Null where the quotes to convert with have not come yet.
export function worth(symbol, side, lots, from, to) {
  const market = markets.get(symbol);
  const converted = market && rate(market.quote, setup.currency);
  return converted ? (side === "Buy" ? to - from : from - to) * lots * market.contract * converted : null;
}

// Where a position of this side closes now, and where one opens.
export function closing(symbol, side) {
  const [quote, half] = [quotes.get(symbol), markets.get(symbol)?.half ?? 0];
  return quote ? (side === "Buy" ? quote.bid - half : quote.ask + half) : null;
}
export const opening = (symbol, side) => closing(symbol, side === "Buy" ? "Sell" : "Buy");
