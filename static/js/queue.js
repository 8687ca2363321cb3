/* The queue: after a grade the next row takes the focus, after an undo the row itself; answers that refuse are shown too. */
const rowsOf = (list) => [...list.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());

function take(row) {
  const handle = row?.querySelector(":scope > summary") ?? row;
  handle?.focus();
}

function next(item) {
  const list = item.closest("[data-rows]");
  const after = rowsOf(list).find((row) => item.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
  take(after ?? rowsOf(list).at(-1) ?? list.closest("[data-queue]").querySelector("h2"));
}

document.addEventListener("htmx:load", ({ target }) => {
  if (!(target instanceof Element) || !target.matches("[data-focus]")) return;
  if (target.dataset.focus === "next") next(target);
  else take(target.querySelector("[data-row]") ?? target);
  if (target.dataset.says) document.dispatchEvent(new CustomEvent("hindsight:announce", { detail: target.dataset.says }));
});

/* 409 and 422 carry the form with what was typed and what is wrong with it. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (![409, 422].includes(detail.xhr.status)) return;
  detail.shouldSwap = true;
  detail.isError = false;
});
