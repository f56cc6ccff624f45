// Notes in the corner, and sounds for those who want them.
import { $, el, icon } from "./dom.js";

const Most = 4;

export function notify(text, tone = "info") {
  const place = $("#toasts");
  const note = el("div", { class: `toast-note toast-note--${tone}`, "data-toast": true },
    icon(tone === "bad" ? "ban" : tone === "good" ? "circle-check" : "info-circle"),
    el("p", { class: "toast-note__text" }, text),
    el("button", { type: "button", class: "toast-note__close", "data-toast-close": true, "aria-label": "Dismiss" }, icon("x")));
  place.append(note);
  while (place.childElementCount > Most) place.firstElementChild.remove();
}

// Short tones made on the spot: no file to load. Browsers allow sound only after the trader has touched the page.
const tunes = { fill: [660, 880], close: [880, 660], order: [740], move: [520], account: [440, 440, 660], bad: [220, 180] };
let audio = null;

export function play(kind) {
  audio ??= new AudioContext();
  (tunes[kind] ?? tunes.order).forEach((frequency, i) => {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const at = audio.currentTime + i * 0.12;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.11);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.12);
  });
}
