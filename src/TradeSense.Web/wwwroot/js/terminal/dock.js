// The dock: one list at a time, live figures in place, filter, sort, choose several, act on them.
import { $, $$, calmly } from "./dom.js";
import { address } from "./setup.js";
import { on } from "./wire.js";
import { act } from "./send.js";
import { notify } from "./notes.js";
import { keepSorted } from "./sort.js";

const dock = $("#dock");
const chosen = { positions: new Set(), orders: new Set() };

export function showTab(name) {
  for (const tab of $$("[data-tab]", dock)) {
    const isIt = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(isIt));
    tab.tabIndex = isIt ? 0 : -1;
  }
  for (const panel of $$("[data-panel]", dock)) panel.hidden = panel.dataset.panel !== name;
  for (const part of $$("[data-for]", dock)) part.hidden = !part.dataset.for.split(" ").includes(name);
  if (name === "journal") refresh("journal");
}
const refresh = name => $(`#panel-${name}`)?.dispatchEvent(new CustomEvent("refresh"));
const isShown = name => !$(`#panel-${name}`).hidden;

// Profit is sign, arrow, colour and a word: the same four the server writes.
function paintProfit(cell, text, sign) {
  const profit = cell && $(".profit", cell);
  if (!profit) return;
  const tone = sign > 0 ? "up" : sign < 0 ? "down" : "flat";
  if (profit.dataset.text === text) return;
  profit.dataset.text = text;
  profit.className = `figure profit profit--${tone}`;
  if (sign === 0) return profit.replaceChildren(text);
  const word = document.createElement("span");
  word.className = "visually-hidden";
  word.textContent = sign > 0 ? "profit " : "loss ";
  const arrow = document.querySelector("#terminal-icons").content.querySelector(`[data-icon="trending-${tone}"] > svg`).cloneNode(true);
  arrow.classList.add("profit__arrow");
  profit.replaceChildren(arrow, word, text);
}

function put(cell, text) {
  const figure = cell?.firstElementChild;
  if (figure && figure.textContent !== text) figure.textContent = text;
}

function paint(marks) {
  for (const { number, mark, profit, sign, amount, stop, stopText } of marks.positions) {
    const row = document.getElementById(`position-${number}`);
    if (!row) continue;
    put($("[data-mark]", row), mark);
    if (row.dataset.stop && stop !== null && stop !== undefined) { put($("[data-stop-cell]", row), stopText); row.dataset.stop = String(stop); }
    const cell = $("[data-profit]", row);
    cell.dataset.value = amount;
    paintProfit(cell, profit, sign);
  }
  paintProfit($("[data-total]", dock), marks.total, marks.sign);
  for (const { number, mark } of marks.orders ?? []) put($("[data-mark]", document.getElementById(`order-${number}`) ?? dock), mark);
}

function filter() {
  const wish = $("#dock-filter").value.trim().toLowerCase();
  for (const row of $$("[data-position], [data-order]", dock)) row.hidden = wish !== "" && !`${row.dataset.symbol} ${row.dataset.side} #${row.dataset.position ?? row.dataset.order}`.toLowerCase().includes(wish);
  offer();
}

// What is acted on is what is chosen and seen: a line that the filter hides is left alone.
const acted = (name, key) => $$(`[data-${key}]`, dock).filter(row => !row.hidden && chosen[name].has(row.dataset[key])).map(row => row.dataset[key]);

// After the rows came anew: what was chosen stays chosen, what is gone is forgotten.
function settle() {
  for (const [name, key] of [["positions", "position"], ["orders", "order"]]) {
    const rows = $$(`[data-${key}]`, dock);
    const there = new Set(rows.map(row => row.dataset[key]));
    for (const number of chosen[name]) if (!there.has(number)) chosen[name].delete(number);
    for (const row of rows) { const box = $(".dock__pick", row); if (box) box.checked = chosen[name].has(row.dataset[key]); }
    const count = $(`[data-count-of="${name}"]`, dock);
    if (count && count.textContent !== String(rows.length)) count.textContent = String(rows.length);
  }
  filter();
}

function offer() {
  const [positions, orders] = [acted("positions", "position").length, acted("orders", "order").length];
  for (const [buttons, count] of [["[data-close-chosen]", positions], ["[data-cancel-chosen]", orders]]) {
    for (const button of $$(buttons, dock)) {
      button.hidden = count === 0;
      put(button, `${count}`);
    }
  }
}

export function startDock() {
  dock.addEventListener("click", event => {
    const tab = event.target.closest("[data-tab]");
    if (tab) showTab(tab.dataset.tab);
    const share = event.target.closest("[data-close-chosen]");
    if (share) act(`${address}/closing`, { positions: acted("positions", "position"), share: share.dataset.closeChosen });
    if (event.target.closest("[data-cancel-chosen]")) act(`${address}/cancelling`, { orders: acted("orders", "order") });
  });
  dock.addEventListener("keydown", event => {
    const tab = event.target.closest("[data-tab]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) return;
    const tabs = $$("[data-tab]", dock);
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    showTab(next.dataset.tab);
    next.focus();
  });
  dock.addEventListener("change", event => {
    const box = event.target.closest(".dock__pick");
    if (!box) return;
    const set = chosen[box.closest("[data-position]") ? "positions" : "orders"];
    if (box.checked) set.add(box.value);
    else set.delete(box.value);
    offer();
  });
  // Forms of the dock are sent without leaving the page; the answer is a note.
  dock.addEventListener("submit", async event => {
    const form = event.target.closest("[data-deed]");
    if (!form) return;
    event.preventDefault();
    form.querySelector("dialog")?.close();
    await act(form.getAttribute("action"), { ...Object.fromEntries([...new FormData(form)].filter(([name]) => !name.startsWith("__"))) });
  });
  $("#dock-filter").addEventListener("input", filter);

  on("marks", paint);
  on("deal", deal => {
    notify(deal.text, deal.tone);
    if (deal.kind === "close") refresh("history");
    if (isShown("journal")) refresh("journal");
  });
  new MutationObserver(calmly(10, () => { settle(); keepSorted(dock); })).observe(dock, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-lots"] });
  showTab("positions");
  settle();
  keepSorted(dock);
}

// A position's or order's window opens when its form has arrived, and closes when the desk has taken what was sent.
export function startWindow() {
  const [dialog, panel] = [$("#position-dialog"), $("#position-panel")];
  new MutationObserver(() => { if (panel.childElementCount > 0 && !dialog.open) dialog.showModal(); }).observe(panel, { childList: true });
  document.addEventListener("traded", () => dialog.close());
  dialog.addEventListener("close", () => panel.replaceChildren());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  panel.addEventListener("click", event => {
    const part = event.target.closest("[data-part]");
    if (part) { const field = part.closest("form").querySelector("[name='Form.Lots']"); field.value = part.dataset.part; field.focus(); }
  });
}

