// Elements without markup strings: what comes from people or the wire is only ever text.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// el("button", { class: "btn", onclick: f, "aria-label": "Close" }, "Close", icon("x"))
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string" && key !== "list") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

// Icons stand in a template of the page, as the server's tag helper made them.
const icons = $("#terminal-icons")?.content;
export const icon = name => icons?.querySelector(`[data-icon="${name}"] > svg`)?.cloneNode(true) ?? "";

export const option = (value, text, selected = false) => el("option", { value: String(value), selected }, text);

// Calls at most once in so many milliseconds; the last call always happens.
export function calmly(milliseconds, work) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), milliseconds);
  };
}

export function openDialog(dialog) {
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("click", event => {
  const close = event.target.closest("[data-closes]");
  if (close) document.getElementById(close.dataset.closes)?.close();
  const opens = event.target.closest("[data-shows]");
  if (opens) openDialog(document.getElementById(opens.dataset.shows));
});
