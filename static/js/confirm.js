/*
 * Confirming by keyboard, text and finds in step. Everything here also works as plain forms and links; this adds that the
 * place in the text follows the find at hand, that a decision moves on to the next find, and the keys a, x, e and r.
 */
const page = document.querySelector("[data-confirm]");
const typing = "input, textarea, select";
const cards = () => [...page.querySelectorAll(".find-card")];
const marksOf = (key) => page.querySelectorAll(`.find[data-find="${CSS.escape(key)}"]`);

function show(key) {
  for (const mark of page.querySelectorAll('.find[aria-current="true"]')) mark.removeAttribute("aria-current");
  const marks = [...marksOf(key)];
  for (const mark of marks) mark.setAttribute("aria-current", "true");
  scrollTextTo(marks[0]);
}

/* Only the pane of the text scrolls: the page stays where the reader of the finds has it. */
function scrollTextTo(mark) {
  const pane = page.querySelector(".pane--text");
  if (!mark || pane.scrollHeight <= pane.clientHeight) return;
  const place = mark.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (place.top >= frame.top && place.bottom <= frame.bottom) return;
  pane.scrollTop += place.top - frame.top - pane.clientHeight / 3;
}

function paint(card) {
  for (const find of [card, ...card.querySelectorAll("[data-find]")]) {
    for (const mark of marksOf(find.dataset.find)) mark.dataset.state = find.dataset.state;
  }
}

function focusOn(card) {
  card?.querySelector(".find-place")?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

/* The next pending find after this one, else the first that is left, else the word that all are decided. */
function moveOn(card) {
  const pending = cards().filter((each) => each.dataset.state === "pending");
  const next = pending.find((each) => card.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ?? pending[0];
  focusOn(next ?? card);
}

function atHand() {
  const active = document.activeElement;
  return active.closest(".find-card") ?? document.getElementById(`find-${active.closest(".find")?.dataset.find}`);
}

function edit(card) {
  card.querySelector(".find-form textarea, .find-form input:not([type='hidden'])")?.focus();
}

page.addEventListener("focusin", (event) => {
  const find = event.target.closest("[data-find]");
  if (find) show(find.dataset.find);
});

page.addEventListener("click", (event) => {
  const place = event.target.closest(".find > a, .find-place, .find-repeat > p > a");
  if (!place) return;
  const key = place.closest("[data-find]").dataset.find;
  show(key);
  if (!matchMedia("(width >= 64rem)").matches) return; // one pane under the other: the link leads there
  event.preventDefault();
  if (place.closest(".find")) {
    const target = document.getElementById(`find-${key}`);
    focusOn(target?.closest(".find-card"));
  }
});

document.addEventListener("keydown", (event) => {
  const card = atHand();
  if (!card || event.altKey || event.isComposing) return;
  const isTyping = event.target.closest(typing);
  if (isTyping && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    card.querySelector('[data-find-key="a"]')?.click();
  } else if (isTyping && event.key === "Escape") {
    focusOn(card);
  } else if (!isTyping && !event.ctrlKey && !event.metaKey && document.body.dataset.keys !== "off") {
    if (document.querySelector("dialog[open]")) return;
    const control = event.key.length === 1 && card.querySelector(`[data-find-key="${CSS.escape(event.key)}"]`);
    if (event.key === "e" && card.dataset.state === "pending") edit(card);
    else if (control) control.click();
    else return;
    event.preventDefault();
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const card = document.getElementById(event.detail.target.id);
  if (!card?.matches(".find-card")) return;
  paint(card);
  const problem = card.querySelector("[data-error-summary]");
  if (problem) problem.focus();
  else if (card.dataset.state === "pending") focusOn(card);
  else moveOn(card);
  const announced = document.getElementById("progress")?.dataset.announce;
  if (announced) document.dispatchEvent(new CustomEvent("hindsight:announce", { detail: announced }));
});

/* Words that nobody found: selected in one paragraph, they can be logged from where they stand. Places count code points. */
const codePoints = (text) => [...text].length;

function selectedSpan() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const holder = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  const paragraph = holder(range.startContainer);
  if (!paragraph || paragraph !== holder(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = Number(paragraph.dataset.start) + codePoints(before.toString() + words.slice(0, words.length - words.trimStart().length));
  return words.trim() ? { start, end: start + codePoints(words.trim()) } : null;
}

document.addEventListener("selectionchange", () => {
  const offer = page.querySelector("[data-log-selection]");
  const span = selectedSpan();
  offer.hidden = !span;
  if (!span) return;
  const address = new URL(offer.firstElementChild.href);
  for (const [name, place] of Object.entries(span)) address.searchParams.set(name, place);
  offer.firstElementChild.href = address;
});

const named = location.hash.startsWith("#find-") && document.getElementById(location.hash.slice(1))?.closest(".find-card");
const first = named || cards().find((card) => card.dataset.state === "pending");
if (first && !document.querySelector("[data-error-summary]")) focusOn(first);
