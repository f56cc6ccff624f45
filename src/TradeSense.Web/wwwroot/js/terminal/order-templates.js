// Tickets kept under a name: type, size and levels as typed, used again with one press.
import { $, el, icon, openDialog } from "./dom.js";
import { forget, keep, namesOf, read } from "./kept.js";
import { notify } from "./notes.js";

const Kind = "OrderTemplate";

function fill(menu) {
  const ticket = $("#ticket");
  const names = namesOf(Kind);
  $("[data-order-templates]", menu).replaceChildren(...(names.length ? names.map(name => el("div", { class: "saved__row" },
    el("button", { type: "button", class: "menu__item", onclick: () => { use(ticket, read(Kind, name)); menu.open = false; } }, name),
    el("button", { type: "button", class: "icon-button", "aria-label": `Remove ${name}`, onclick: async () => { await forget(Kind, name); fill(menu); } }, icon("trash")))) : [el("p", { class: "menu__head" }, "None kept yet.")]));
}

function use(ticket, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = ticket.elements[name];
    if (field instanceof RadioNodeList || field instanceof HTMLElement) field.value = value;
  }
  ticket.elements.Lots.dispatchEvent(new Event("input", { bubbles: true }));
}

const typed = ticket => Object.fromEntries([...new FormData(ticket)].filter(([name]) => !["ClientId", "Side"].includes(name) && !name.startsWith("__")));

export function startOrderTemplates() {
  document.addEventListener("toggle", event => { if (event.target.matches?.(".ticket__templates[open]")) fill(event.target); }, true);
  document.addEventListener("click", event => {
    if (event.target.closest("[data-keep-order]")) openDialog($("#order-name-dialog"));
  });
  $("#order-name-form").addEventListener("submit", async event => {
    event.preventDefault();
    const form = event.target;
    const name = form.elements.name.value.trim();
    const wrong = form.querySelector(".field__error");
    wrong.textContent = name ? "" : "Give it a name.";
    if (!name) return;
    const answer = await keep(Kind, name, typed($("#ticket")), 0);
    if (!answer.ok) { wrong.textContent = answer.words; return; }
    form.reset();
    $("#order-name-dialog").close();
    notify(`${name} is kept.`, "good");
  });
}
