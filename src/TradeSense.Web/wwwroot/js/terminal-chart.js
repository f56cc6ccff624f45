// The candle chart of the terminal. Bars come from /market/bars; the live quote from the watch list's own markup, which the stream keeps current.
(() => {
  const place = document.getElementById("chart");
  if (!place) return;

  const { symbol, period } = place.dataset;
  const digits = Number(place.dataset.digits);
  const seconds = Number(place.dataset.seconds);
  const spans = { 1: ["second", 1], 5: ["second", 5], 15: ["second", 15], 60: ["minute", 1], 300: ["minute", 5], 900: ["minute", 15], 1800: ["minute", 30], 3600: ["hour", 1], 14400: ["hour", 4], 86400: ["day", 1] };
  const [type, span] = spans[seconds];
  let tell = null;
  let last = null;

  const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--ts-${name}`).trim();

  function styles() {
    const [up, down, text, grid] = [token("profit"), token("loss"), token("text-muted"), token("chart-grid")];
    const family = getComputedStyle(place).fontFamily;
    const axis = { axisLine: { color: grid }, tickLine: { color: grid }, tickText: { color: text, size: 11, family } };
    return {
      grid: { horizontal: { color: grid }, vertical: { color: grid } },
      candle: {
        bar: { upColor: up, downColor: down, noChangeColor: text, upBorderColor: up, downBorderColor: down, noChangeBorderColor: text, upWickColor: up, downWickColor: down, noChangeWickColor: text },
        tooltip: { showRule: "follow_cross", title: { show: false }, legend: { color: text, family } },
        priceMark: {
          last: { upColor: up, downColor: down, noChangeColor: text, text: { family, color: token("background") } },
          high: { color: text, textFamily: family }, low: { color: text, textFamily: family },
        },
      },
      xAxis: axis, yAxis: axis, separator: { color: grid },
      crosshair: { horizontal: { line: { color: text }, text: { family } }, vertical: { line: { color: text }, text: { family } } },
    };
  }

  const money = new Intl.NumberFormat(place.dataset.culture, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const chart = klinecharts.init(place, {
    styles: styles(), timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    thousandsSeparator: { sign: "", format: value => (Number.isFinite(Number(value)) ? money.format(Number(value)) : String(value)) },
  });
  // The library asks for a place before everything else in the order of the keyboard.
  for (const part of place.querySelectorAll("[tabindex]")) part.tabIndex = 0;
  chart.setSymbol({ ticker: symbol, pricePrecision: digits, volumePrecision: 0 });
  chart.setPeriod({ type, span });
  chart.setDataLoader({
    getBars: async ({ type: wanted, timestamp, callback }) => {
      // The library calls older bars those that lie forward; newer ones come from the stream.
      if (wanted === "backward") return callback([], false);
      const query = new URLSearchParams({ symbol, period, count: "500" });
      if (wanted === "forward" && timestamp) query.set("before", new Date(timestamp).toISOString());
      try {
        const answer = await fetch(`/market/bars?${query}`, { credentials: "same-origin" });
        if (!answer.ok) throw new Error(answer.status);
        const { bars } = await answer.json();
        place.removeAttribute("data-failed");
        if (wanted === "init" && bars.length) last = { ...bars.at(-1) };
        callback(bars, { forward: bars.length >= 500, backward: false });
      } catch {
        // The page says so; the next scroll or reload tries again.
        place.dataset.failed = "true";
        callback([], false);
      }
    },
    subscribeBar: ({ callback }) => { tell = callback; },
    unsubscribeBar: () => { tell = null; },
  });

  // Entries, stops and targets of the symbol's positions, read from the positions table.
  function drawLevels() {
    chart.removeOverlay({ groupId: "levels" });
    for (const row of document.querySelectorAll(`[data-position][data-symbol="${symbol}"]`)) {
      for (const [name, colour] of [["open", "text-muted"], ["stop", "loss"], ["target", "profit"]]) {
        const value = Number(row.dataset[name]);
        if (!value) continue;
        chart.createOverlay({
          name: "priceLine", groupId: "levels", lock: true, points: [{ value }],
          styles: { line: { color: token(colour), style: name === "open" ? "solid" : "dashed" }, text: { color: token("background"), backgroundColor: token(colour) } },
        });
      }
    }
  }

  function take(row) {
    const at = Date.parse(row.dataset.at);
    const price = Number(row.dataset.bid);
    if (!tell || !at || !price) return;

    const opensAt = Math.floor(at / 1000 / seconds) * seconds * 1000;
    if (last && opensAt < last.timestamp) return;
    last = last && opensAt === last.timestamp
      ? { ...last, high: Math.max(last.high, price), low: Math.min(last.low, price), close: price }
      : { timestamp: opensAt, open: price, high: price, low: price, close: price };
    tell(last);
  }

  let levels = "";
  new MutationObserver(() => {
    const row = document.querySelector(`[data-quote="${symbol}"]`);
    if (row) take(row);
    const now = [...document.querySelectorAll(`[data-position][data-symbol="${symbol}"]`)].map(p => [p.dataset.position, p.dataset.open, p.dataset.stop, p.dataset.target].join()).join(";");
    if (now !== levels) {
      levels = now;
      drawLevels();
    }
  }).observe(document.getElementById("terminal"), { subtree: true, childList: true, attributes: true, attributeFilter: ["data-bid", "data-at", "data-stop", "data-target"] });

  document.addEventListener("scheme", () => chart.setStyles(styles()));
  new ResizeObserver(() => chart.resize()).observe(place);
  drawLevels();
})();
