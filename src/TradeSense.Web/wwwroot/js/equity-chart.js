// Equity and balance with both floors as steps, from the JSON beside the chart; marks say where trades closed, payouts left and trading days began.
(() => {
  // Beyond this many marks a triangle is a dot's size, and day lines would be a curtain.
  const crowd = 120, mostDays = 45;

  for (const place of document.querySelectorAll("[data-equity-chart]")) {
    const source = JSON.parse(document.getElementById(place.dataset.equityChart).textContent);
    if (source.at.length === 0) continue;

    const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--ts-${name}`).trim();
    const money = new Intl.NumberFormat(source.culture, { style: "currency", currency: source.currency, maximumFractionDigits: 0 });
    const exact = new Intl.NumberFormat(source.culture, { style: "currency", currency: source.currency });
    const moment = new Intl.DateTimeFormat(source.culture, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
    const day = new Intl.DateTimeFormat(source.culture, { day: "numeric", month: "short" });
    const clock = new Intl.DateTimeFormat(source.culture, { hour: "2-digit", minute: "2-digit", hour12: false });
    const seconds = new Intl.DateTimeFormat(source.culture, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
    const ticksAs = span => (span > 172800 ? day : span > 600 ? clock : seconds);
    // Two ticks of the same day or minute say it once.
    const ticksOf = ticks => ticks.map(tick => ticksAs(ticks.at(-1) - ticks[0]).format(tick * 1000)).map((text, i, all) => (all[i - 1] === text ? "" : text));
    // While nobody points at the chart its legend tells the newest values.
    const pointed = (self, value, series, index) => (index === null ? self.data[series].at(-1) : value);
    let chart = null;

    // The legend takes more lines on a narrow screen and once its figures are written; what it leaves is the chart's.
    const sizes = new ResizeObserver(fit);
    function fit() {
      chart.setSize({ width: place.clientWidth, height: place.clientHeight - place.querySelector(".u-legend").offsetHeight });
    }

    const shapes = { up: [[0, -1], [1, 0.8], [-1, 0.8]], down: [[0, 1], [1, -0.8], [-1, -0.8]], diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]] };

    function shape(ctx, points, x, y, size, colour) {
      ctx.beginPath();
      points.forEach(([dx, dy], i) => ctx[i === 0 ? "moveTo" : "lineTo"](x + dx * size, y + dy * size));
      ctx.closePath();
      ctx.fillStyle = colour;
      ctx.fill();
      ctx.stroke();
    }

    function dayLines({ ctx, bbox, valToPos }) {
      const days = source.marks.filter(([kind, at]) => kind === "DayStart" && at >= source.at[0] && at <= source.at.at(-1));
      if (days.length > mostDays) return;
      ctx.save();
      ctx.strokeStyle = token("text-muted");
      ctx.globalAlpha = 0.35;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
      for (const [, at] of days) {
        const x = Math.round(valToPos(at, "x", true));
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
      ctx.restore();
    }

    function events({ ctx, valToPos }) {
      const shown = source.marks.filter(([kind, at]) => kind !== "DayStart" && at <= source.at.at(-1));
      const size = (shown.length > crowd ? 2.5 : 4.5) * devicePixelRatio;
      ctx.save();
      ctx.strokeStyle = token("surface");
      ctx.lineWidth = devicePixelRatio;
      for (const [kind, at, amount, level] of shown) {
        const [x, y] = [valToPos(at, "x", true), valToPos(level, "y", true)];
        if (kind === "Payout") shape(ctx, shapes.diamond, x, y, 5 * devicePixelRatio, token("info"));
        else shape(ctx, amount >= 0 ? shapes.up : shapes.down, x, y, size, token(amount >= 0 ? "profit" : "loss"));
      }
      ctx.restore();
    }

    function draw() {
      chart?.destroy();
      const axis = { stroke: token("text-muted"), grid: { stroke: token("chart-grid"), width: 1 }, ticks: { stroke: token("chart-grid"), width: 1 }, font: "12px " + getComputedStyle(place).fontFamily };
      const write = value => (value === null || value === undefined ? "–" : exact.format(value));
      const line = (label, colour, more = {}) => ({ label, stroke: token(colour), width: 1.5, points: { show: false }, value: (...asked) => write(pointed(...asked)), ...more });
      const stepped = uPlot.paths.stepped({ align: 1 });
      chart = new uPlot({
        width: place.clientWidth, height: 200, cursor: { y: false },
        scales: { x: { time: true } },
        axes: [{ ...axis, values: (_, ticks) => ticksOf(ticks) }, { ...axis, size: 84, values: (_, ticks) => ticks.map(tick => money.format(tick)) }],
        series: [
          { label: "Time", value: (...asked) => moment.format(pointed(...asked) * 1000) },
          line("Equity", "primary", { width: 2 }),
          line("Balance", "text-muted", { dash: [2, 3] }),
          line("Daily floor", "warning", { paths: stepped, dash: [6, 4] }),
          line("Overall floor", "loss", { paths: stepped }),
        ],
        hooks: { drawAxes: [dayLines], draw: [events] },
      }, [source.at, source.equity, source.balance, source.dailyFloor, source.overallFloor], place);
      sizes.disconnect();
      for (const part of [place, place.querySelector(".u-legend")]) sizes.observe(part);
      fit();
    }

    draw();
    document.addEventListener("scheme", draw);
  }
})();
