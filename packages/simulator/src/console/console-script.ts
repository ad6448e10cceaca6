// Written by `npm run browser-scripts` from page-script/; not edited by hand.

export const consoleScript = `"use strict";
(() => {
  // packages/simulator/src/console/page-script/follow.ts
  function followSimulator() {
    const source = new EventSource("/console/events");
    const update = oneAtATime(updatePage);
    source.addEventListener("changed", update);
    source.addEventListener("open", () => showLive(true));
    source.addEventListener("error", () => showLive(false));
    document.addEventListener("input", ({ target }) => {
      if (target instanceof Element) target.closest("[data-key]")?.setAttribute("data-edited", "");
    });
    document.addEventListener("focusout", update);
  }
  function showLive(isLive) {
    const status = document.querySelector("[data-live]");
    if (status === null) return;
    status.hidden = false;
    status.classList.toggle("off", !isLive);
    status.textContent = (isLive ? status.dataset["on"] : status.dataset["off"]) ?? "";
  }
  function oneAtATime(work) {
    let isRunning = false;
    let isWanted = false;
    const run = async () => {
      isWanted = true;
      if (isRunning) return;
      isRunning = true;
      try {
        while (isWanted) {
          isWanted = false;
          await work();
        }
      } finally {
        isRunning = false;
      }
    };
    return () => void run();
  }
  async function updatePage() {
    const text = await fetch(location.href).then((response) => response.ok ? response.text() : null).catch(() => null);
    if (text === null) return;
    const next = new DOMParser().parseFromString(text, "text/html");
    for (const section of document.querySelectorAll("section[aria-labelledby]")) {
      const id = section.getAttribute("aria-labelledby") ?? "";
      const changed = next.querySelector(\`section[aria-labelledby="\${CSS.escape(id)}"]\`);
      if (changed !== null) updateSection(section, changed);
    }
  }
  function updateSection(section, next) {
    const [rows, nextRows] = [section, next].map((each) => each.querySelector("[data-rows]"));
    if (rows != null && nextRows != null) return updateRows(rows, nextRows);
    for (const part of section.querySelectorAll("[data-key]")) {
      const changed = findKey(next, keyOf(part));
      if (changed !== null) replaceIdle(part, changed);
    }
  }
  function updateRows(rows, next) {
    const [body, nextBody] = [rows, next].map((each) => each.querySelector("tbody"));
    const isSameKind = body != null && nextBody != null;
    if (!isSameKind) {
      if (!isInUse(rows) && rows.innerHTML !== next.innerHTML)
        rows.replaceChildren(...next.childNodes);
      return;
    }
    const wanted = [...nextBody.children];
    const keys = new Set(wanted.map(keyOf));
    for (const row of body.querySelectorAll("tr")) if (!keys.has(keyOf(row))) row.remove();
    let place = body.firstElementChild;
    for (const row of wanted) {
      const present = findKey(body, keyOf(row));
      if (present === null) body.insertBefore(row, place);
      else {
        if (present === place) place = place.nextElementSibling;
        else body.insertBefore(present, place);
        replaceIdle(present, row);
      }
    }
    const [pages, nextPages] = [rows, next].map((each) => each.querySelector(".pages"));
    if (pages != null && nextPages != null) pages.replaceWith(nextPages);
    else if (nextPages != null) rows.append(nextPages);
  }
  function replaceIdle(part, next) {
    if (!isInUse(part) && part.outerHTML !== next.outerHTML) part.replaceWith(next);
  }
  function isInUse(part) {
    return part.contains(document.activeElement) || part.hasAttribute("data-edited") || part.querySelector("details[open], [data-edited]") !== null;
  }
  function keyOf(part) {
    return part.getAttribute("data-key") ?? "";
  }
  function findKey(within, key) {
    return within.querySelector(\`[data-key="\${CSS.escape(key)}"]\`);
  }

  // packages/simulator/src/console/page-script/entry.ts
  followSimulator();
})();
`
