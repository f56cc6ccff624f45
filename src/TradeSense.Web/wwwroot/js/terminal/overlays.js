// Drawing tools the chart library lacks: rectangle, arrow, text, measure; and the line of a position or an order.
import { number, token } from "./setup.js";

const translucent = colour => `color-mix(in srgb, ${colour} 18%, transparent)`;
const box = ([a, b]) => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) });
// A canvas knows no color-mix: the browser resolves it on an element first.
const probe = document.createElement("i");
const colours = new Map();
export function shade(name) {
  const wish = translucent(token(name));
  if (!colours.has(wish)) {
    probe.className = `shade-probe shade-probe--${name}`;
    document.body.append(probe);
    colours.set(wish, getComputedStyle(probe).backgroundColor);
    probe.remove();
  }
  return colours.get(wish);
}

export function registerTools(klinecharts) {
  klinecharts.registerOverlay({
    name: "rectangle", totalStep: 3, needDefaultPointFigure: true, needDefaultXAxisFigure: true, needDefaultYAxisFigure: true,
    createPointFigures: ({ coordinates }) => coordinates.length < 2 ? [] : [
      { type: "rect", attrs: box(coordinates), styles: { style: "stroke_fill", color: shade("primary"), borderColor: token("primary"), borderSize: 1 } },
    ],
  });

  klinecharts.registerOverlay({
    name: "arrow", totalStep: 3, needDefaultPointFigure: true, needDefaultXAxisFigure: true, needDefaultYAxisFigure: true,
    createPointFigures: ({ coordinates }) => {
      if (coordinates.length < 2) return [];
      const [from, to] = coordinates;
      const angle = Math.atan2(to.y - from.y, to.x - from.x);
      const wing = turn => ({ x: to.x - 10 * Math.cos(angle + turn), y: to.y - 10 * Math.sin(angle + turn) });
      return [{ type: "line", attrs: [{ coordinates: [from, to] }, { coordinates: [wing(0.45), to, wing(-0.45)] }] }];
    },
  });

  klinecharts.registerOverlay({
    name: "note", totalStep: 2, needDefaultPointFigure: true, needDefaultXAxisFigure: false, needDefaultYAxisFigure: false,
    createPointFigures: ({ coordinates, overlay }) => [
      { type: "text", attrs: { x: coordinates[0].x + 8, y: coordinates[0].y, text: overlay.extendData || "…", align: "left", baseline: "middle" }, styles: { style: "fill", color: token("text"), backgroundColor: token("surface-raised"), paddingLeft: 6, paddingRight: 6, paddingTop: 4, paddingBottom: 4, borderRadius: 4 } },
    ],
  });

  klinecharts.registerOverlay({
    name: "measure", totalStep: 3, needDefaultPointFigure: false, needDefaultXAxisFigure: true, needDefaultYAxisFigure: true,
    createPointFigures: ({ chart, coordinates, overlay }) => {
      if (coordinates.length < 2) return [];
      const [from, to] = overlay.points;
      const change = to.value - from.value;
      const tone = change < 0 ? "loss" : "profit";
      const digits = chart.getSymbol().pricePrecision;
      const bars = Math.abs((to.dataIndex ?? 0) - (from.dataIndex ?? 0));
      const text = `${change > 0 ? "+" : ""}${number(change, digits)}  ${change > 0 ? "+" : ""}${number(change * 100 / from.value, 2)} %  ${bars} bars`;
      const area = box(coordinates);
      return [
        { type: "rect", attrs: area, styles: { style: "stroke_fill", color: shade(tone), borderColor: token(tone), borderSize: 1 } },
        { type: "text", ignoreEvent: true, attrs: { x: area.x + area.width / 2, y: to.y < from.y ? area.y - 6 : area.y + area.height + 6, text, align: "center", baseline: to.y < from.y ? "bottom" : "top" }, styles: label(tone) },
      ];
    },
  });

  // A line's words stand on it, or as near under it as the words of the lines above leave room. The chart's own lines are asked, so all agree.
  const Height = 19;
  const placeOf = (chart, overlay, y) => {
    const others = chart.getOverlays({ groupId: overlay.groupId }).filter(other => other.name === "level" && other.points.length);
    if (others.length < 2) return y;
    const at = new Map(others.map(other => [other.id, chart.convertToPixel([{ value: other.points[0].value }], { paneId: "candle_pane" })[0].y]));
    at.set(overlay.id, y);
    let taken = -Infinity;
    for (const other of others.toSorted((a, b) => at.get(a.id) - at.get(b.id) || (a.id < b.id ? -1 : 1))) {
      taken = Math.max(at.get(other.id), taken + Height);
      if (other.id === overlay.id) return taken;
    }
    return y;
  };

  // A line across the chart with its words at the left and its price on the axis; extendData: { text, tone, dashed, axis }.
  klinecharts.registerOverlay({
    name: "level", totalStep: 2, needDefaultPointFigure: false, needDefaultXAxisFigure: false, needDefaultYAxisFigure: false,
    createPointFigures: ({ coordinates, bounding, overlay, chart }) => {
      const { text, tone, dashed } = overlay.extendData;
      const y = coordinates[0].y;
      const words = placeOf(chart, overlay, y);
      return [
        { type: "line", attrs: { coordinates: [{ x: 0, y }, { x: bounding.width, y }] }, styles: { style: dashed ? "dashed" : "solid", dashedValue: [6, 4], size: 1, color: token(tone) } },
        ...(words - y > 2 ? [{ type: "line", ignoreEvent: true, attrs: { coordinates: [{ x: 4, y }, { x: 4, y: words }, { x: 8, y: words }] }, styles: { size: 1, color: token(tone) } }] : []),
        { type: "text", attrs: { x: 8, y: words, text, align: "left", baseline: "middle" }, styles: label(tone) },
      ];
    },
    createYAxisFigures: ({ coordinates, bounding, overlay, chart }) => ({
      type: "text", ignoreEvent: true,
      attrs: { x: 0, y: coordinates[0].y, text: number(overlay.points[0].value, chart.getSymbol().pricePrecision), align: "left", baseline: "middle", width: bounding.width },
      styles: { ...label(overlay.extendData.tone), borderRadius: 2 },
    }),
  });
}

// Text on profit and loss has its own proven colour; on anything else the page's background reads.
function label(tone) {
  const on = tone === "profit" || tone === "loss" || tone === "primary" ? token(`on-${tone}`) : token("background");
  return { style: "fill", color: on, backgroundColor: token(tone), size: 11, paddingLeft: 5, paddingRight: 5, paddingTop: 3, paddingBottom: 3, borderRadius: 3, borderSize: 0 };
}
