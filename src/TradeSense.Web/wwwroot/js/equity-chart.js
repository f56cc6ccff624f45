// Equity and balance with both floors as steps, from the JSON beside the chart; markers are trades' closes and day starts.
(() => {
  for (const place of document.querySelectorAll("[data-equity-chart]")) {
    const source = JSON.parse(document.getElementById(place.dataset.equityChart).textContent);
    if (source.at.length === 0) continue;

    const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--ts-${name}`).trim();
    const money = new Intl.NumberFormat(source.culture, { style: "currency", currency: source.currency, maximumFractionDigits: 0 });
    // A step of the balance is a close: the point says when and where it led.
    const closes = source.at.flatMap((at, i) => (i > 0 && source.balance[i] !== source.balance[i - 1] ? [i] : []));
    const exact = new Intl.NumberFormat(source.culture, { style: "currency", currency: source.currency });
    const moment = new Intl.DateTimeFormat(source.culture, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
    const day = new Intl.DateTimeFormat(source.culture, { day: "numeric", month: "short" });
    const clock = new Intl.DateTimeFormat(source.culture, { hour: "2-digit", minute: "2-digit", hour12: false });
    const ticksAs = ticks => (ticks.at(-1) - ticks[0] > 172800 ? day : clock);
    let chart = null;

    // The legend takes more lines on a narrow screen; what it leaves is the chart's.
    function fit() {
      chart.setSize({ width: place.clientWidth, height: place.clientHeight - place.querySelector(".u-legend").offsetHeight });
    }

    function draw() {
      chart?.destroy();
      const axis = { stroke: token("text-muted"), grid: { stroke: token("chart-grid"), width: 1 }, ticks: { stroke: token("chart-grid"), width: 1 }, font: "12px " + getComputedStyle(place).fontFamily };
      const line = (label, colour, more = {}) => ({ label, stroke: token(colour), width: 1.5, points: { show: false }, value: (_, value) => (value === null ? "–" : exact.format(value)), ...more });
      const stepped = uPlot.paths.stepped({ align: 1 });
      chart = new uPlot({
        width: place.clientWidth, height: 200, cursor: { y: false },
        scales: { x: { time: true } },
        axes: [{ ...axis, values: (_, ticks) => ticks.map(tick => ticksAs(ticks).format(tick * 1000)) }, { ...axis, size: 84, values: (_, ticks) => ticks.map(tick => money.format(tick)) }],
        series: [
          { label: "Time", value: (_, at) => (at === null ? "–" : moment.format(at * 1000)) },
          line("Equity", "primary", { width: 2 }),
          line("Balance", "text-muted", { dash: [2, 3] }),
          line("Daily floor", "warning", { paths: stepped, dash: [6, 4] }),
          line("Overall floor", "loss", { paths: stepped }),
        ],
        hooks: {
          draw: [self => {
            self.ctx.save();
            self.ctx.fillStyle = token("text");
            for (const i of closes) {
              self.ctx.beginPath();
              self.ctx.arc(self.valToPos(source.at[i], "x", true), self.valToPos(source.balance[i], "y", true), 3 * devicePixelRatio, 0, 2 * Math.PI);
              self.ctx.fill();
            }
            self.ctx.restore();
          }],
        },
      }, [source.at, source.equity, source.balance, source.dailyFloor, source.overallFloor], place);
      chart.setLegend({ idx: source.at.length - 1 });
      fit();
    }

    draw();
    new ResizeObserver(fit).observe(place);
    document.addEventListener("scheme", draw);
  }
})();
