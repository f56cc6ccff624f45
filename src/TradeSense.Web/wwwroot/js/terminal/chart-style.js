// The chart library in the brand's colours.
import { token } from "./setup.js";

const spans = { 1: ["second", 1], 5: ["second", 5], 15: ["second", 15], 60: ["minute", 1], 300: ["minute", 5], 900: ["minute", 15], 1800: ["minute", 30], 3600: ["hour", 1], 14400: ["hour", 4], 86400: ["day", 1] };
export const spanOf = seconds => ({ type: spans[seconds][0], span: spans[seconds][1] });

export function chartStyles(place, type) {
  const [up, down, text, grid, primary] = [token("profit"), token("loss"), token("text-muted"), token("chart-grid"), token("primary")];
  const family = getComputedStyle(place).fontFamily;
  const axis = { axisLine: { color: grid }, tickLine: { color: grid }, tickText: { color: text, size: 11, family } };
  const tip = { color: text, family, size: 11 };
  return {
    grid: { horizontal: { color: grid }, vertical: { color: grid } },
    candle: {
      type,
      bar: { upColor: up, downColor: down, noChangeColor: text, upBorderColor: up, downBorderColor: down, noChangeBorderColor: text, upWickColor: up, downWickColor: down, noChangeWickColor: text },
      area: { lineColor: primary, backgroundColor: "transparent" },
      tooltip: { showRule: "follow_cross", title: { show: false }, legend: tip },
      priceMark: {
        last: { upColor: up, downColor: down, noChangeColor: text, text: { family, color: token("background") } },
        high: { color: text, textFamily: family }, low: { color: text, textFamily: family },
      },
    },
    indicator: { tooltip: { title: tip, legend: tip }, lastValueMark: { show: false } },
    overlay: {
      line: { color: primary }, rect: { borderColor: primary }, polygon: { borderColor: primary }, circle: { borderColor: primary }, arc: { color: primary },
      text: { color: token("text"), family }, point: { color: primary, borderColor: primary, activeColor: primary, activeBorderColor: primary },
    },
    xAxis: axis, yAxis: axis, separator: { color: grid },
    crosshair: { horizontal: { line: { color: text }, text: { family } }, vertical: { line: { color: text }, text: { family } } },
  };
}
