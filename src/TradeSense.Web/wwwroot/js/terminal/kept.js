// What the trader keeps: read from the page once, written to the server a moment after the last change.
import { setup } from "./setup.js";
import { send } from "./send.js";
import { notify } from "./notes.js";
import { on } from "./wire.js";

const kept = new Map();
for (const item of setup?.items ?? []) put(item.kind, item.name, JSON.parse(item.body));

function put(kind, name, body) {
  if (!kept.has(kind)) kept.set(kind, new Map());
  kept.get(kind).set(name, body);
}

export const namesOf = kind => [...(kept.get(kind)?.keys() ?? [])].sort((a, b) => a.localeCompare(b));
export const read = (kind, name) => kept.get(kind)?.get(name) ?? null;

const waiting = new Map();
// Saves that found no server: done when the line is back. What the server refuses is told once, until it is taken again.
const unsaved = new Map();
const refused = new Set();

// Kept at once here, sent after a pause: dragging a line is one save, not a hundred.
export function keep(kind, name, body, pause = 1200) {
  put(kind, name, body);
  const key = `${kind}/${name}`;
  clearTimeout(waiting.get(key)?.timer);
  const work = async () => {
    waiting.delete(key);
    const answer = await send("/trader/terminal/saved", { kind, name, body: JSON.stringify(body) });
    if (answer.isUnknown) unsaved.set(key, () => keep(kind, name, read(kind, name), 0));
    else unsaved.delete(key);
    if (answer.ok) refused.delete(key);
    else if (pause > 0 && !refused.has(key)) {
      refused.add(key);
      notify(answer.isUnknown ? "Your last change could not be saved. It is kept here and saved when the line is back." : `${wordsOf[kind] ?? "This"} could not be saved and will be gone on the next visit. ${answer.words}`, "bad");
    }
    return answer;
  };
  if (pause === 0) return work();
  waiting.set(key, { timer: setTimeout(work, pause), work });
}

const wordsOf = { Drawings: "Your drawings of this symbol", Workspace: "How your charts stand now", Settings: "Your settings" };

on("back", () => { for (const again of [...unsaved.values()]) again(); });

export function forget(kind, name) {
  kept.get(kind)?.delete(name);
  return send("/trader/terminal/saved?handler=Remove", { kind, name });
}

// Leaving the page must not lose the last change.
addEventListener("pagehide", () => { for (const { timer, work } of [...waiting.values()]) { clearTimeout(timer); work(); } });
