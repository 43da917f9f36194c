// What must work without the circuit: skipping to the content, copying, keeping arrow keys from scrolling what they move.
(() => {
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 1500);
  };

  // Blazor can keep an element from all keys or from none; Tab and the rest must stay the browser's.
  document.addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow") && event.target.matches?.("[data-own-arrows]")) {
      event.preventDefault();
    }
  }, true);

  // A name as an address has it, or a selector.
  window.portal.reveal = (what) => document.querySelector(what)?.scrollIntoView({ block: what.startsWith("#") ? "start" : "nearest", inline: "nearest" });

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-skip-to], [data-copy]");
    if (!target) {
      return;
    }

    event.preventDefault();
    event.stopPropagation();
    if (target.dataset.skipTo) {
      document.getElementById(target.dataset.skipTo)?.focus();
    } else {
      void copy(target);
    }
  }, true);
})();
