// One chart: a symbol and a period, its indicators, and the bar of now. Its state is a plain object, which is what a layout keeps.
import { setup, markets, periods, number, moment } from "./setup.js";
import { quotes } from "./wire.js";
import { chartStyles, spanOf } from "./chart-style.js";
import { onCandles } from "./studies.js";

const Page = 500;
// Every live bar makes all indicators count again: a few times a second is as fast as an eye follows.
const Calm = 180;

export class Chart {
  constructor(place, state) {
    this.place = place;
    this.state = { type: "candle_solid", indicators: [], ...state };
    this.tell = null;
    this.last = null;
    this.held = null;
    this.paintedAt = 0;
    this.timer = 0;
    this.api = klinecharts.init(place, {
      styles: chartStyles(place, this.state.type), timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      thousandsSeparator: { sign: "", format: value => (Number.isFinite(Number(value)) ? number(Number(value), this.digits) : String(value)) },
    });
    // The library asks for a place before everything else in the order of the keyboard.
    for (const part of place.querySelectorAll("[tabindex]")) part.tabIndex = 0;
    this.api.setDataLoader({
      getBars: wanted => this.load(wanted),
      subscribeBar: ({ callback }) => { this.tell = callback; this.take(quotes.get(this.state.symbol)); },
      unsubscribeBar: () => { this.tell = null; },
    });
    this.show(this.state.symbol, this.state.period);
    for (const study of this.state.indicators) this.draw(study);
    this.made = place.appendChild(Object.assign(document.createElement("p"), { className: "chart__made", hidden: true }));
    this.watcher = new ResizeObserver(() => this.api.resize());
    this.watcher.observe(place);
  }

  get digits() { return markets.get(this.state.symbol)?.digits ?? 2; }
  get seconds() { return periods.get(this.state.period) ?? 300; }

  show(symbol, period) {
    // What stands on the chart belongs to the symbol that was shown: until the bars of the new one are there nothing is kept for it.
    if (symbol !== this.state.symbol) this.onleave?.();
    Object.assign(this.state, { symbol, period });
    this.last = this.held = null;
    this.place.setAttribute("aria-label", `Candles of ${symbol}, ${period}`);
    this.place.dataset.symbol = symbol;
    const span = spanOf(this.seconds);
    const before = this.api.getPeriod();
    if (!before || before.type !== span.type || before.span !== span.span) this.api.setPeriod(span);
    this.api.setSymbol({ ticker: symbol, pricePrecision: this.digits, volumePrecision: 0 });
  }

  async load({ type, timestamp, symbol, period, callback }) {
    // The library calls older bars those that lie forward; newer ones come from the stream.
    if (type === "backward") return callback([], false);
    const isCurrent = () => symbol === this.api.getSymbol() && period === this.api.getPeriod();
    try {
      const bars = await this.fetch({ symbol: symbol.ticker, period: this.state.period, ...(type === "forward" && timestamp ? { before: new Date(timestamp).toISOString() } : {}) });
      // Somebody has chosen another symbol or period since: its own answer comes.
      if (!isCurrent()) return;
      this.place.removeAttribute("data-failed");
      if (type === "init" && bars.length) this.last = { ...bars.at(-1) };
      this.tellMade(bars, type);
      callback(bars, { forward: bars.length >= Page, backward: false });
      if (type === "init") this.onready?.();
    } catch {
      // The page says so; the next scroll or reload tries again.
      if (!isCurrent()) return;
      this.place.dataset.failed = "";
      callback([], false);
    }
  }

  async fetch(wish) {
    const answer = await fetch(`/market/bars?${new URLSearchParams({ ...wish, count: String(Page) })}`, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).bars;
  }

  // History made up before the first quote looks like any other: a line says where it ends.
  tellMade(bars, type) {
    const real = bars.findIndex(bar => !bar.synthetic);
    if (real === 0 || !bars.length) return type === "init" && (this.made.hidden = true);
    if (type !== "init" && !this.made.hidden) return;
    const ends = real > 0 ? bars[real].timestamp : bars.at(-1).timestamp + this.seconds * 1000;
    this.made.textContent = `Before ${moment(ends)}: synthetic history`;
    this.made.hidden = false;
  }

  // The quote becomes part of the bar at once; the picture follows calmly.
  take(quote) {
    if (!this.tell || !quote) return;
    if (this.held) { this.held.push(quote); return; }
    const length = this.seconds * 1000;
    const opensAt = Math.floor(quote.at / length) * length;
    if (this.last && opensAt < this.last.timestamp) return;
    const { bid, high = bid, low = bid } = quote;
    this.last = this.last && opensAt === this.last.timestamp
      ? { ...this.last, high: Math.max(this.last.high, high), low: Math.min(this.last.low, low), close: bid, volume: (this.last.volume ?? 0) + 1 }
      : { timestamp: opensAt, open: bid, high, low, close: bid, volume: 1 };
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.paintedAt = performance.now();
      if (this.tell && this.last) this.tell(this.last);
    }, Math.max(0, this.paintedAt + Calm - performance.now()));
  }

  // After a broken line bars may be missing. They are put behind those that are there, so that the picture stays where the trader has moved it;
  // quotes that come meanwhile wait, because the library takes bars only in their order. A gap too long for one answer is loaded anew.
  async reload() {
    const newest = this.api.getDataList().at(-1);
    if (!this.tell || !newest) return this.api.resetData();
    const held = this.held = [];
    const { symbol, period } = this.state;
    const bars = await this.fetch({ symbol, period }).catch(() => null);
    if (this.held !== held) return;
    this.held = null;
    if (!bars?.length || bars[0].timestamp > newest.timestamp || !this.tell) return this.api.resetData();
    for (const bar of bars) if (bar.timestamp >= newest.timestamp) this.tell(bar);
    this.last = { ...bars.at(-1) };
    for (const quote of held) this.take(quote);
  }

  add(name, params) {
    const study = { name, ...(params ? { params } : {}) };
    this.state.indicators.push(study);
    this.draw(study);
  }

  draw(study) {
    const wish = { name: study.name, id: study.id = `study-${study.name}-${Math.random().toString(36).slice(2, 8)}` };
    if (study.params) wish.calcParams = study.params;
    if (onCandles.has(study.name)) this.api.createIndicator({ ...wish, paneId: "candle_pane" }, true);
    else this.api.createIndicator(wish);
  }

  change(study, params) {
    study.params = params;
    this.api.overrideIndicator({ id: study.id, name: study.name, calcParams: params });
  }

  remove(study) {
    this.api.removeIndicator({ id: study.id });
    this.state.indicators = this.state.indicators.filter(other => other !== study);
  }

  // A template: everything but the symbol, the period and the drawings.
  get look() { return { type: this.state.type, indicators: this.state.indicators.map(({ name, params }) => ({ name, params })) }; }

  wear(look) {
    for (const study of [...this.state.indicators]) this.remove(study);
    this.state.type = look.type ?? "candle_solid";
    this.restyle();
    for (const { name, params } of look.indicators ?? []) this.add(name, params);
  }

  restyle() { this.api.setStyles(chartStyles(this.place, this.state.type)); }

  get kept() { return { symbol: this.state.symbol, period: this.state.period, ...this.look }; }

  destroy() {
    clearTimeout(this.timer);
    this.watcher.disconnect();
    klinecharts.dispose(this.place);
  }
}
