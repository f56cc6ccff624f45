// Posts a form as the page would, and brings the answer as words: { ok, words, field }. Orders are sent once: nothing here tries again.
import { notify } from "./notes.js";

const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");

export async function send(path, fields) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) for (const one of [value].flat()) form.append(name, one);
  try {
    const answer = await fetch(path, { method: "POST", body: form, headers: { ...headers, Accept: "application/json" }, credentials: "same-origin", keepalive: true });
    if (answer.status === 204) return { ok: true, words: "" };
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    const told = isJson ? await answer.json() : {};
    if (answer.status === 401 || answer.redirected) return { ok: false, words: "You were signed out. Sign in again; nothing was sent." };
    return { ok: answer.ok, words: told.words ?? (answer.ok ? "" : `The server answered ${answer.status}. Reload the page and look before you send again.`), field: told.field ?? null };
  } catch {
    return { ok: false, words: "The line broke before the answer came. Look at your positions and orders before you send again." };
  }
}

// The same, told in the corner: refusals always, success when it has words.
export async function act(path, fields) {
  const answer = await send(path, fields);
  if (answer.words) notify(answer.words, answer.ok ? "good" : "bad");
  return answer;
}

// Random enough to be nobody else's: the desk does the same order once, however often it is asked.
export const newId = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
