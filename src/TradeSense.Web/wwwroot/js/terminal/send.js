// Posts a form as the page would, and brings the answer as words: { ok, words, field, isUnknown, isKnown }. Orders are sent once: nothing here tries again.
// isUnknown: it may have been done, or not. isKnown: it has arrived before.
import { notify } from "./notes.js";

const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");

const MostWhileLeaving = 50000;

export async function send(path, fields) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) for (const one of [value].flat()) form.append(name, one);
  try {
    // What is sent while the page is left goes out all the same, but browsers let only so much of it.
    const answer = await fetch(path, { method: "POST", body: form, headers: { ...headers, Accept: "application/json" }, credentials: "same-origin", keepalive: form.toString().length < MostWhileLeaving });
    if (answer.status === 204) return { ok: true, words: "" };
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    const told = isJson ? await answer.json() : {};
    if (answer.status === 401 || answer.redirected) return { ok: false, words: "You were signed out. Sign in again; nothing was sent." };
    return { ok: answer.ok, words: told.words ?? (answer.ok ? "" : `The server answered ${answer.status}. Reload the page and look before you send again.`), field: told.field ?? null, isUnknown: answer.status >= 500 || told.unknown === true, isKnown: told.known === true };
  } catch {
    return { ok: false, isUnknown: true, words: "The line broke before the answer came. Look at your positions and orders before you send again." };
  }
}

// Wishes whose answer was lost, with their client ids: asked for again they are the same wish, so that nothing is done twice.
const lost = new Map();

// The same, told in the corner: refusals always, success when it has words. Every wish gets a client id in the field of this name.
export async function act(path, fields, idName = "clientId") {
  const key = JSON.stringify([path, fields]);
  const before = lost.get(key);
  const id = before ?? newId();
  const answer = await send(path, { ...fields, [idName]: id });
  if (answer.isUnknown) lost.set(key, id);
  else lost.delete(key);
  if (before && (answer.ok || answer.isKnown)) notify("This is what was sent when the answer was lost. It is done, and was not done twice.", "info");
  else if (answer.words) notify(answer.words, answer.ok ? "good" : "bad");
  return answer;
}

// Random enough to be nobody else's: the desk does the same order once, however often it is asked.
const newId = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
