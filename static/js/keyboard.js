/*
 * The desk by keyboard. Rows carry [data-row]; a control with [data-key="s"] is what pressing s clicks, first in the row at
 * hand, then on the page; a field takes the focus instead, and [data-then="id"] hands it on. Single keys rest while one
 * types and where body[data-keys] is "off" (WCAG 2.1.4).
 */
const typing = "input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable='true']";
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
const handle = (row) => row.querySelector(":scope > summary") ?? (row.matches("a, button") ? row : row.querySelector("a, button")) ?? row;

function current() {
  return document.activeElement.closest("[data-row]") ?? document.querySelector("[data-row][open]");
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  const target = handle(all[next]);
  if (target === all[next] && !target.matches("a, button, [tabindex]")) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

const visible = (root, key) => all(root, key).filter((control) => control.checkVisibility());
const all = (root, key) => [...(root?.querySelectorAll(`[data-key="${CSS.escape(key)}"]`) ?? [])];
/* What carries [data-key-closed] works in a closed row too. */
const inRow = (row, key) => visible(row, key)[0] ?? all(row, key).find((control) => control.matches("[data-key-closed]"));

function press(key) {
  const row = current();
  // Never what another row holds: it would be done to that one.
  const elsewhere = visible(document, key).filter((control) => !row || !control.closest("[data-row]"));
  const control = inRow(row, key) ?? elsewhere.at(-1);
  if (control?.matches(typing)) control.focus();
  else control?.click();
  if (control?.dataset.then && !control.disabled) document.getElementById(control.dataset.then)?.focus();
  return Boolean(control);
}

function search() {
  const field = document.querySelector("[data-search], .filter-bar input:not([type='hidden'])");
  if (!field) return press("/");
  let fold = field.closest("details");
  while (fold && !field.checkVisibility()) {
    fold.open = true;
    fold = fold.parentElement.closest("details");
  }
  field.focus();
  field.select?.();
  return true;
}

const shell = {
  j: () => move(1),
  k: () => move(-1),
  "?": () => document.getElementById("key-help")?.showModal(),
  "/": search,
};

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
  if (event.key.length !== 1 || event.key === " ") return;
  const done = Object.hasOwn(shell, event.key) ? shell[event.key]() !== false : press(event.key);
  if (done) event.preventDefault();
});
