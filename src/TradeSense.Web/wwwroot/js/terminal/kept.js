// What the trader keeps: read from the page once, written to the server a moment after the last change.
import { setup } from "./setup.js";
import { send } from "./send.js";

const kept = new Map();
for (const item of setup?.items ?? []) put(item.kind, item.name, JSON.parse(item.body));

function put(kind, name, body) {
  if (!kept.has(kind)) kept.set(kind, new Map());
  kept.get(kind).set(name, body);
}

export const namesOf = kind => [...(kept.get(kind)?.keys() ?? [])].sort((a, b) => a.localeCompare(b));
export const read = (kind, name) => kept.get(kind)?.get(name) ?? null;

const waiting = new Map();

// Kept at once here, sent after a pause: dragging a line is one save, not a hundred.
export function keep(kind, name, body, pause = 1200) {
  put(kind, name, body);
  const key = `${kind}/${name}`;
  clearTimeout(waiting.get(key)?.timer);
  const work = () => {
    waiting.delete(key);
    return send("/trader/terminal/saved", { kind, name, body: JSON.stringify(body) });
  };
  if (pause === 0) return work();
  waiting.set(key, { timer: setTimeout(work, pause), work });
}

export function forget(kind, name) {
  kept.get(kind)?.delete(name);
  return send("/trader/terminal/saved?handler=Remove", { kind, name });
}

// Leaving the page must not lose the last change.
addEventListener("pagehide", () => { for (const { timer, work } of [...waiting.values()]) { clearTimeout(timer); work(); } });
