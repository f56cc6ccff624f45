// Sorting by a column's head. The wish is kept per list and put in force again when rows come anew.
import { $$ } from "./dom.js";
import { keep, read } from "./kept.js";

const wishes = read("Settings", "sorts") ?? {};

function valueOf(row, column) {
  const cell = row.cells[column];
  const value = cell?.dataset.value ?? cell?.querySelector("data[value]")?.getAttribute("value") ?? cell?.textContent.trim() ?? "";
  const number = Number(value);
  return value !== "" && Number.isFinite(number) ? number : value.replace(/[^0-9.,+\-−%]/g, "") === value ? Number(value.replace("−", "-").replace(/[^0-9.\-]/g, "")) : value;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

function sort(table) {
  const wish = wishes[table.dataset.sortable];
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    if (wish?.column === i) head.setAttribute("aria-sort", wish.up ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
  if (!wish) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const sorted = rows.toSorted((a, b) => (wish.up ? 1 : -1) * compare(valueOf(a, wish.column), valueOf(b, wish.column)));
  if (sorted.some((row, i) => row !== rows[i])) body.append(...sorted);
}

// Heads become buttons once; rows are put in order whenever they changed.
export function keepSorted(place) {
  for (const table of $$("table[data-sortable]", place)) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.querySelector("button, .visually-hidden")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort-head";
      button.textContent = head.textContent;
      button.addEventListener("click", () => {
        const name = table.dataset.sortable;
        const before = wishes[name];
        if (before?.column === column && !before.up) delete wishes[name];
        else wishes[name] = { column, up: before?.column !== column };
        keep("Settings", "sorts", wishes);
        sort(table);
      });
      head.replaceChildren(button);
    });
    sort(table);
  }
}
