// The trader's own ways: hotkeys, one-click, sounds. Off until they are switched on; kept on the server, so they follow to every device.
import { keep, read } from "./kept.js";

export const actions = {
  buy: ["B", "Buy"], sell: ["S", "Sell"], close: ["C", "Close the newest position of this symbol"], closeAll: ["Shift+C", "Close all positions"],
  flatten: ["Shift+F", "Flatten: close all positions and cancel all orders"], cancel: ["X", "Cancel all orders of this symbol"],
  bigger: ["+", "More lots"], smaller: ["-", "Fewer lots"], ladder: ["L", "Show or hide the ladder"], help: ["?", "Show the keys"],
};

// of: one-click's lots and levels of single symbols.
const defaults = {
  keysOn: false, keys: Object.fromEntries(Object.entries(actions).map(([name, [key]]) => [name, key])),
  oneClick: false, lots: "0.10", stopPips: "", targetPips: "", of: {}, sounds: false, ladder: false,
};

export const prefs = { ...defaults, ...(read("Settings", "ways") ?? {}) };
prefs.keys = { ...defaults.keys, ...prefs.keys };
const listeners = [];
export const onPrefs = listener => listeners.push(listener);

export function setPrefs(change) {
  Object.assign(prefs, change);
  keep("Settings", "ways", { ...prefs });
  for (const listener of listeners) listener(prefs);
}

// "Shift+C" as a key event says it. The question mark needs Shift on many keyboards and is its own name.
export function nameOf(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isLetter = /^[A-Z0-9]$/.test(key);
  return `${event.ctrlKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey && (isLetter || key.length > 1) ? "Shift+" : ""}${key}`;
}
