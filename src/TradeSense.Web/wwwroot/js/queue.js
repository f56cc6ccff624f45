// A queue by keyboard: J and K go through the list, A opens the approval, R goes to the reason. Only adds to the links and buttons that are there.
(() => {
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;

  const step = by => {
    const items = [...queue.querySelectorAll("[data-queue-item]")];
    const at = items.findIndex(item => item.hasAttribute("aria-current"));
    items[at + by]?.click();
  };

  const approve = () => {
    const button = queue.querySelector("[data-dialog]");
    if (!button) return;
    button.click();
    document.getElementById(button.dataset.dialog).querySelector("[type=submit]").focus();
  };

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "a") approve();
    else if (event.key === "r") {
      const reason = queue.querySelector("[data-queue-reason]");
      if (!reason) return;
      event.preventDefault();
      reason.focus();
    }
  });
})();
