// What must work without the circuit: skipping to the content, copying, the reconnect dialog.
(() => {
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 1500);
  };

  const reconnect = async (wish) => {
    if (wish === "reload") {
      location.reload();
    } else if (!(await Blazor.reconnect())) {
      // The server answers and knows the circuit no more.
      location.reload();
    }
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-skip-to], [data-copy], [data-reconnect]");
    if (!target) {
      return;
    }

    if (target.dataset.skipTo) {
      event.preventDefault();
      event.stopPropagation();
      document.getElementById(target.dataset.skipTo)?.focus();
    } else if (target.dataset.copy) {
      event.preventDefault();
      event.stopPropagation();
      void copy(target);
    } else {
      void reconnect(target.dataset.reconnect).catch(() => {});
    }
  }, true);
})();
