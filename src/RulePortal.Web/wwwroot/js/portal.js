// What must work without the circuit: skipping to the content, copying.
(() => {
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 1500);
  };

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
