// What is typed and not saved. It stays in this tab only, until it is saved or discarded, or its person signs out.
// The server keeps what it has read of a form; what was typed in the last moments and perhaps never reached it is kept here field by field.
(() => {
  const DRAFT = "draft:";
  const TYPED = "typed:";
  const DELIVERED_MS = 3000;

  const keysOf = (prefix) => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  const read = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const drop = (key) => {
    sessionStorage.removeItem(DRAFT + key);
    sessionStorage.removeItem(TYPED + key);
  };
  const clear = () => [...keysOf(DRAFT), ...keysOf(TYPED)].forEach((key) => sessionStorage.removeItem(key));

  const write = (key, value) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // The tab's storage is full: the form goes on without a copy.
    }
  };

  // Who works in this tab; nothing is kept of somebody unknown.
  let me = null;
  const typedIn = (key) => {
    const typed = read(TYPED + key);
    return typed?.person === me ? typed.fields : [];
  };
  const writeTyped = (key, fields) => write(TYPED + key, { person: me, fields });

  // One person's draft is never another's.
  const own = (person) => {
    me = person;
    [...keysOf(DRAFT), ...keysOf(TYPED)].filter((key) => read(key)?.person !== person).forEach((key) => sessionStorage.removeItem(key));
  };

  const keep = (person, key, at, text) => {
    own(person);
    write(DRAFT + key, { person, at, text });
    writeTyped(key, typedIn(key).filter((field) => field.at > Date.now() - DELIVERED_MS));
  };

  const find = (person, key) => {
    own(person);
    return read(DRAFT + key);
  };

  const isText = (field) => !field.readOnly && !field.disabled
    && (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && ["text", "number", "search"].includes(field.type)));
  const labelOf = (field) => field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent.trim() ?? "";

  const tell = (field) => {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Puts back what the server had not read when it went away.
  const replay = (key) => {
    const typed = typedIn(key);
    sessionStorage.removeItem(TYPED + key);
    for (const { label, value } of typed) {
      const field = [...document.querySelectorAll(`[data-draft="${CSS.escape(key)}"] :is(input, textarea)`)].find((one) => isText(one) && labelOf(one) === label);
      if (field && field.value !== value) {
        field.value = value;
        tell(field);
      }
    }
  };

  // Fields in which somebody typed since the page was opened.
  const touched = new Set();
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!isText(field)) {
      return;
    }
    touched.add(field);
    const key = field.closest("[data-draft]")?.dataset.draft;
    if (!key || me === null || !event.isTrusted || labelOf(field) === "") {
      return;
    }
    const label = labelOf(field);
    writeTyped(key, [...typedIn(key).filter((one) => one.label !== label), { label, value: field.value, at: Date.now() }]);
  }, true);

  // After a connection was lost, what was typed before that was noticed may not have arrived; telling it twice changes nothing.
  const tellAgain = () => touched.forEach((field) => (field.isConnected ? tell(field) : touched.delete(field)));
  // Whether a reload would lose words that no draft has.
  const wouldLose = () => [...touched].some((field) => field.isConnected && field.value !== "" && !field.closest("[data-draft]"));

  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, document.baseURI).pathname === "/signout") {
      clear();
    }
  }, true);

  window.portal.drafts = { keep, find, own, drop, replay, tellAgain, wouldLose };
})();
