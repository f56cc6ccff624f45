// What the page was made with: the account, the instruments, what the trader has kept; and how figures are written here.
import { $ } from "./dom.js";

const place = $("#terminal-setup");
export const setup = place ? JSON.parse(place.textContent) : null;
export const terminal = $("#terminal");
export const address = setup ? `/trader/terminal/${setup.account}` : "";
export const markets = new Map((setup?.markets ?? []).map(market => [market.symbol, market]));
export const periods = new Map((setup?.periods ?? []).map(period => [period.name, period.seconds]));
export const isPhone = matchMedia("(max-width: 61.99rem)");

const formats = new Map();
function formatOf(digits) {
  if (!formats.has(digits)) formats.set(digits, new Intl.NumberFormat(setup.culture, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return formats.get(digits);
}

export const number = (value, digits) => formatOf(digits).format(value).replace("-", "−");
export const price = (symbol, value) => number(value, markets.get(symbol)?.digits ?? 2);
const currencies = new Intl.NumberFormat(setup?.culture, { style: "currency", currency: setup?.currency ?? "USD", currencyDisplay: "narrowSymbol", signDisplay: "never" });
export const money = value => (value < 0 ? "−" : "") + currencies.format(value);
const moments = new Intl.DateTimeFormat(setup?.culture, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
export const moment = at => moments.format(at);
export const signed = value => (value > 0 ? "+" : "") + money(value);

// Prices and lots as the server reads them: a point, no grouping, no exponent.
export const plain = (value, digits) => Number(value).toFixed(digits);
export const point = symbol => 10 ** -(markets.get(symbol)?.digits ?? 2);

export const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--ts-${name}`).trim();
