// Hotkeys. They act only when switched on, and never while something is being typed or a window is open; the question mark always shows them.
import { $, $$, el, openDialog } from "./dom.js";
import { address, markets, plain, terminal } from "./setup.js";
import { actions, nameOf, onPrefs, prefs, setPrefs } from "./prefs.js";
import { act } from "./send.js";
import { grid } from "./grid.js";
import { deal } from "./one-click.js";
import { focusSide, symbolOf } from "./ticket.js";
import { toggleLadder } from "./ladder.js";
import { notify } from "./notes.js";

const symbol = () => grid.active.state.symbol;

// By the instrument's own step, by ten of them from a hundred on, and never out of its bounds.
function resize(direction) {
  const [field, market] = [$("#ticket [name='Lots']"), markets.get(symbolOf())];
  if (!field || !market) return;
  const steps = Math.round((Number(field.value) || 0) / market.step);
  const wish = (steps + direction * (steps + Math.min(direction, 0) >= 100 ? 10 : 1)) * market.step;
  field.value = plain(Math.min(market.maximum, Math.max(market.minimum, wish)), Math.max(2, -Math.floor(Math.log10(market.step))));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function closeNewest() {
  const newest = $$(`[data-position][data-symbol="${symbol()}"]`).map(row => Number(row.dataset.position)).sort((a, b) => b - a)[0];
  if (!newest) return notify(`No open position of ${symbol()}.`);
  return act(`${address}/positions/${newest}?handler=CloseNow`, {}, "Form.ClientId");
}

// What ends everything asks first, unless one-click is on: that is what one-click means.
const sure = (id, work) => (prefs.oneClick ? work() : $(`[data-dialog="${id}"]`)?.click());

const work = {
  buy: () => (prefs.oneClick ? deal("Buy") : focusSide("buy")),
  sell: () => (prefs.oneClick ? deal("Sell") : focusSide("sell")),
  close: closeNewest,
  closeAll: () => sure("close-all", () => act(`${address}/closing?handler=All`, {})),
  flatten: () => sure("flatten", () => act(`${address}/closing?handler=Flat`, {})),
  cancel: () => act(`${address}/cancelling?handler=All`, { symbol: symbol() }),
  bigger: () => resize(1), smaller: () => resize(-1), ladder: toggleLadder, help: () => showKeys(),
};

function showKeys() {
  fill();
  openDialog($("#ways-dialog"));
}

function fill() {
  $("#ways-keys-on").checked = prefs.keysOn;
  $("#ways-sounds").checked = prefs.sounds;
  $("#ways-keys").replaceChildren(...Object.entries(actions).map(([name, [, words]]) => {
    const field = el("input", { class: "form-control form-control-sm ways__key", value: prefs.keys[name], readonly: true, "aria-label": `Key for: ${words}`, onkeydown: event => change(event, name, field) });
    return el("li", { class: "ways__row" }, el("span", {}, words), field);
  }));
}

// The next key pressed in the field is the new one. Tab and Escape keep their meaning.
function change(event, name, field) {
  if (["Tab", "Escape", "Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  event.preventDefault();
  const wrong = $("#ways-error");
  const key = nameOf(event);
  const taken = Object.entries(prefs.keys).find(([other, used]) => other !== name && used === key);
  wrong.textContent = taken ? `${key} already does this: ${actions[taken[0]][1]}.` : "";
  if (taken) return;
  field.value = key;
  setPrefs({ keys: { ...prefs.keys, [name]: key } });
}

export function startKeys() {
  document.addEventListener("keydown", event => {
    if (event.metaKey || event.repeat || event.isComposing || event.target.closest?.("input, select, textarea, dialog, [contenteditable]") || document.querySelector("dialog[open]")) return;
    const pressed = nameOf(event);
    if (pressed === "?" || pressed === prefs.keys.help) { event.preventDefault(); return showKeys(); }
    if (!prefs.keysOn) return;
    const action = Object.keys(work).find(name => prefs.keys[name] === pressed);
    if (!action) return;
    event.preventDefault();
    work[action]();
  });
  for (const button of $$("[data-ways]")) button.addEventListener("click", showKeys);
  $("#ways-keys-on").addEventListener("change", event => setPrefs({ keysOn: event.target.checked }));
  $("#ways-sounds").addEventListener("change", event => setPrefs({ sounds: event.target.checked }));
  const show = () => { terminal.dataset.keys = prefs.keysOn ? "on" : "off"; };
  onPrefs(show);
  show();
}
