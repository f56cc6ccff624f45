// The indicators a trader can put on a chart: names in words, and the window that adds, tunes and removes them.
import { $, el, icon } from "./dom.js";

export const studies = {
  MA: "Moving average", EMA: "Exponential moving average", SMA: "Smoothed moving average", BBI: "Bull and bear index", BOLL: "Bollinger bands", SAR: "Parabolic SAR", AVP: "Average price",
  VOL: "Volume", MACD: "MACD", RSI: "Relative strength", KDJ: "Stochastic (KDJ)", CCI: "Commodity channel", WR: "Williams %R", ROC: "Rate of change", MTM: "Momentum", BIAS: "Bias", TRIX: "TRIX",
  DMI: "Directional movement", DMA: "Difference of averages", AO: "Awesome oscillator", CR: "Energy (CR)", BRAR: "Sentiment (BRAR)", EMV: "Ease of movement", OBV: "On-balance volume",
  PVT: "Price and volume trend", PSY: "Psychological line", VR: "Volume ratio",
};
export const onCandles = new Set(["MA", "EMA", "SMA", "BBI", "BOLL", "SAR", "AVP"]);

// Fills the window for a chart; changed() is called after every change.
export function fillStudies(chart, changed) {
  const [here, all, search] = [$("#studies-here"), $("#studies-all"), $("#studies-search")];

  function list() {
    here.replaceChildren(...chart.state.indicators.map(study => {
      const params = study.params ?? chart.api.getIndicators({ id: study.id })[0]?.calcParams ?? [];
      const fields = params.map((value, i) => el("input", {
        class: "form-control form-control-sm study__param", type: "number", step: "any", value: String(value), "aria-label": `${studies[study.name]}, parameter ${i + 1}`,
        onchange: event => {
          const wish = Number(event.target.value);
          if (!Number.isFinite(wish) || wish <= 0 || wish > 1000) { event.target.value = String(params[i]); return; }
          params[i] = wish;
          chart.change(study, [...params]);
          changed();
        },
      }));
      return el("li", { class: "study" }, el("span", { class: "study__name" }, studies[study.name] ?? study.name), el("span", { class: "study__params" }, fields),
        el("button", { type: "button", class: "icon-button", "aria-label": `Remove ${studies[study.name]}`, onclick: () => { chart.remove(study); changed(); list(); } }, icon("x")));
    }));
    if (!chart.state.indicators.length) here.append(el("li", { class: "text-secondary" }, "None yet: choose one below."));
  }

  function offer() {
    const wish = search.value.trim().toLowerCase();
    all.replaceChildren(...Object.entries(studies).filter(([name, words]) => `${name} ${words}`.toLowerCase().includes(wish)).map(([name, words]) =>
      el("li", {}, el("button", { type: "button", class: "study__offer", onclick: () => { chart.add(name); changed(); list(); } }, el("span", {}, words), el("small", {}, name)))));
  }

  search.value = "";
  search.oninput = offer;
  list();
  offer();
}
