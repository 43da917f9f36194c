// A lost connection: says what happened, keeps anybody from typing into a page that nobody reads, and comes back by itself where nothing is lost by that.
(() => {
  const dialog = document.getElementById("components-reconnect-modal");
  const back = document.getElementById("reconnect-back");
  const ASK_AGAIN_MS = 5000;
  const READ_MS = 1500;
  let focused = null;
  let asking = 0;
  let isLeaving = false;

  // A page that has to be loaded anew asks nobody whether to leave: its drafts are kept.
  window.addEventListener("beforeunload", (event) => {
    if (isLeaving) {
      event.stopImmediatePropagation();
    }
  }, true);

  const rest = () => [...document.body.children].filter((element) => element !== dialog && element.tagName !== "SCRIPT");
  const reload = () => {
    isLeaving = true;
    location.reload();
  };

  const hold = () => {
    if (dialog.hasAttribute("data-open")) {
      return;
    }
    focused = document.activeElement;
    dialog.setAttribute("data-open", "");
    rest().forEach((element) => { element.inert = true; });
    dialog.querySelector(".reconnect-card").focus();
  };

  const release = () => {
    if (!dialog.hasAttribute("data-open")) {
      return;
    }
    dialog.removeAttribute("data-open");
    clearTimeout(asking);
    rest().forEach((element) => { element.inert = false; });
    focused?.focus?.();
    portal.drafts.tellAgain();
    back.hidden = false;
    setTimeout(() => { back.hidden = true; }, 5000);
  };

  // Blazor gives up after a while; the portal may still come back.
  const ask = async () => {
    clearTimeout(asking);
    try {
      if ((await fetch("health/live", { cache: "no-store" })).ok) {
        await retry();
        return;
      }
    } catch {
      // Still away.
    }
    asking = setTimeout(ask, ASK_AGAIN_MS);
  };

  const retry = async () => {
    if (!(await Blazor.reconnect())) {
      // The server answers and knows the circuit no more.
      gone();
    }
  };

  const gone = () => {
    hold();
    dialog.classList.remove("components-reconnect-show", "components-reconnect-retrying", "components-reconnect-failed");
    dialog.classList.add("components-reconnect-rejected");
    if (portal.drafts.wouldLose()) {
      dialog.setAttribute("data-would-lose", "");
      // What is to be copied can be reached.
      rest().forEach((element) => { element.inert = false; });
    } else {
      setTimeout(reload, READ_MS);
    }
  };

  dialog.addEventListener("components-reconnect-state-changed", (event) => {
    switch (event.detail.state) {
      case "hide":
        release();
        break;
      case "failed":
        hold();
        void ask();
        break;
      case "rejected":
      case "resume-failed":
        gone();
        break;
      default:
        hold();
        break;
    }
  });

  dialog.addEventListener("click", (event) => {
    const wish = event.target.closest?.("[data-reconnect]")?.dataset.reconnect;
    if (wish === "reload") {
      reload();
    } else if (wish === "aside") {
      dialog.setAttribute("data-aside", "");
    } else if (wish === "retry") {
      void retry().catch(() => {});
    }
  });
})();
