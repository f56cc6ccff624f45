// Small behaviours every page may use, each tied to a data attribute. All of them only add to what works without scripts.
(() => {
  // Time zone: remembered in a cookie, so that the server writes times in it from the next page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split("; ").includes(`zone=${zone}`)) document.cookie = `zone=${zone}; Path=/; Max-Age=34560000; SameSite=Lax`;

  document.addEventListener("click", event => {
    const target = event.target;
    const open = target.closest("[data-dialog]");
    if (open && !("command" in HTMLButtonElement.prototype)) document.getElementById(open.dataset.dialog).showModal();

    const close = target.closest("[data-dialog-close]");
    if (close && !("command" in HTMLButtonElement.prototype)) document.getElementById(close.dataset.dialogClose).close();

    const toast = target.closest("[data-toast-close]");
    if (toast) toast.closest("[data-toast]").remove();

    const copy = target.closest("[data-copy]");
    if (copy) copyText(copy);

    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });

  async function copyText(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    const word = button.querySelector("[data-copy-word]");
    word.textContent = "Copied";
    setTimeout(() => { word.textContent = "Copy"; }, 2000);
  }

  // What scrolls can be reached by keyboard, and the console's strip shows where one is.
  function reachable() {
    for (const box of document.querySelectorAll(".table-responsive"))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  }
  document.addEventListener("htmx:after:swap", reachable);
  addEventListener("resize", reachable);
  reachable();
  const strip = document.querySelector(".app-nav__list");
  const here = strip?.querySelector("[aria-current]");
  if (here) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.clientWidth) / 2;

  // Colour scheme: switched at once, remembered by the same form the button submits without scripts.
  document.addEventListener("submit", event => {
    const form = event.target.closest("[data-scheme-switch]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const to = button.value;
    fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" });
    document.documentElement.dataset.bsTheme = to;
    const next = to === "dark" ? "light" : "dark";
    button.value = next;
    button.setAttribute("aria-label", `Switch to the ${next} scheme`);
    document.dispatchEvent(new CustomEvent("scheme", { detail: to }));
  });

  // Countdowns: one clock for all of them.
  const pad = number => String(number).padStart(2, "0");
  function left(milliseconds, over) {
    if (milliseconds <= 0) return over;
    const seconds = Math.floor(milliseconds / 1000);
    const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
    if (days >= 2) return `${days} d ${hours} h`;
    if (seconds >= 3600) return `${days * 24 + hours} h ${pad(minutes)} min`;
    return `${minutes} min ${pad(seconds % 60)} s`;
  }
  setInterval(() => {
    for (const element of document.querySelectorAll("[data-countdown]"))
      element.textContent = left(Number(element.dataset.countdown) - Date.now(), element.dataset.over);
  }, 1000);

  // Notes in the corner leave by themselves after a while, but not from under a pointer or the focus.
  setInterval(() => {
    for (const toast of document.querySelectorAll("[data-toast]")) {
      const age = Number(toast.dataset.age ?? 0) + 1;
      toast.dataset.age = age;
      if (age > 8 && !toast.matches(":hover, :focus-within")) toast.remove();
    }
  }, 1000);
})();
