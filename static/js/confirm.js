/*
 * Confirming by keyboard, text and finds in step. Everything here also works as plain forms and links; this adds that the
 * place in the text follows the find at hand, that a decision moves on to the next find, the keys of a find, words selected
 * in the text, and what others decide meanwhile.
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
    if (find.dataset.mark && find.dataset.mark !== find.dataset.find) continue; // a part: its whole has the mark
    for (const mark of marksOf(find.dataset.find)) mark.dataset.state = find.dataset.state;
  }
}

/* Cards that come and go between others change the numbers of those behind them. */
function renumber() {
  const numbers = [...page.querySelectorAll(".find-card [data-number]")];
  const first = Number(numbers[0]?.textContent ?? 1);
  numbers.forEach((number, place) => { number.textContent = first + place; });
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
  if (find) show(find.dataset.mark ?? find.dataset.find);
});

page.addEventListener("click", (event) => {
  const place = event.target.closest(".find > a, .find-place, .find-repeat > p > a");
  if (!place) return;
  const { find: key, mark } = place.closest("[data-find]").dataset;
  show(mark ?? key);
  if (!matchMedia("(width >= 64rem)").matches) return; // one pane under the other: the link leads there
  event.preventDefault();
  if (place.closest(".find")) {
    const target = document.getElementById(`find-${key}`);
    focusOn(target?.closest(".find-card"));
  }
});

document.addEventListener("keydown", (event) => {
  if (picksSentence(event)) return;
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

function picksSentence(event) {
  const step = { "[": -1, "]": 1 }[event.key];
  const chord = (event.ctrlKey && !event.getModifierState("AltGraph")) || event.metaKey; // AltGr writes [ on many keyboards
  if (!step || chord || event.isComposing || event.target.closest(typing)) return false;
  if (document.body.dataset.keys === "off" || document.querySelector("dialog[open]")) return false;
  event.preventDefault();
  selectSentence(step);
  return true;
}

document.addEventListener("htmx:afterSwap", (event) => {
  const card = document.getElementById(event.detail.target.id);
  if (!card?.matches(".find-card")) return;
  paint(card);
  const problem = card.querySelector("[data-error-summary]");
  if (problem) problem.focus();
  else if (card.dataset.state === "pending") focusOn(card);
  else moveOn(card);
  sayProgress();
});

const say = (words) => document.dispatchEvent(new CustomEvent("hindsight:announce", { detail: words }));

function sayProgress() {
  const announced = document.getElementById("progress")?.dataset.announce;
  if (announced) say(announced);
}

document.body.addEventListener("hindsight:say", (event) => {
  const notice = document.getElementById("finds-said");
  notice.textContent = event.detail.value;
  notice.hidden = false;
});

/* --- What changes elsewhere on the page ----------------------------------------------------------------------------- */

const touched = new WeakSet();
page.addEventListener("input", (event) => {
  const card = event.target.closest(".find-card");
  if (card) touched.add(card);
});

/* What somebody is typing stays, whatever others decide meanwhile; sending it will say so. */
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const card = event.detail.target;
  if (!card.matches?.(".find-card") || card.id !== event.detail.fragment.firstElementChild?.id) return;
  if (!touched.has(card) || card.dataset.state !== "pending") {
    if (card.contains(document.activeElement)) held = card.id;
    return;
  }
  event.detail.shouldSwap = false;
  if (!card.dataset.taken) say(page.dataset.taken);
  card.dataset.taken = "";
});

let replaced = ""; // the card that came last in place of its older self
let held = ""; // the card that had the focus when its newer self came

document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target.matches?.(".find-card")) replaced = event.detail.target.id;
  if (!event.detail.target.matches?.(".find-card, #finds, #marked-text")) return;
  renumber();
  for (const card of cards()) paint(card);
  if (held !== event.detail.target.id) return;
  focusOn(document.getElementById(held));
  held = "";
});

let known = new Set(cards().map((card) => card.id));

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt: asked, path } = event.detail.requestConfig; // what asked may have been replaced by the answer
  const fresh = cards().find((card) => !known.has(card.id));
  known = new Set(cards().map((card) => card.id));
  if (!event.detail.successful) return;
  if (asked.matches("[data-selection]") && fresh) {
    getSelection().removeAllRanges();
    asked.hidden = true;
    focusOn(fresh);
    sayProgress();
  } else if (path.endsWith("/confirm/undo/") && replaced) {
    focusOn(document.getElementById(replaced));
    sayProgress();
  }
});

/* A card whose neighbour is on another page has no place here. */
document.addEventListener("htmx:oobErrorNoTarget", () => location.reload());

const OTHERS_EVERY = 8_000;

function states() {
  const shown = [...page.querySelectorAll(".find-card, .find-repeat")];
  return shown.map((each) => `${each.dataset.find}.${each.dataset.state}`).join(" ");
}

function askForChanges() {
  if (document.visibilityState !== "visible" || !cards().length || document.querySelector(".htmx-request")) return;
  const address = `${page.dataset.changes}?states=${encodeURIComponent(states())}`;
  window.htmx.ajax("GET", address, { source: "#progress", target: "#progress", swap: "none" });
}

setInterval(askForChanges, OTHERS_EVERY);
document.addEventListener("visibilitychange", askForChanges);
document.body.addEventListener("hindsight:outdated", () => {
  const notice = document.getElementById("finds-outdated");
  if (!notice.hidden) return;
  notice.hidden = false;
  say(page.dataset.outdated);
});

/* Words that nobody found: selected in one paragraph, they become a find at their place. Places count code points. */
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
  const offer = page.querySelector("[data-selection]");
  if (offer.contains(document.activeElement) && getSelection().isCollapsed) return;
  const span = selectedSpan();
  offer.hidden = !span;
  if (!span) return;
  for (const [name, place] of Object.entries(span)) offer.elements[name].value = place;
});

/* By keyboard: [ and ] select the sentence before and the one after, from the find at hand on. */
let sentences = null;
let selected = -1;

function allSentences() {
  const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
  return [...page.querySelectorAll(".reading [data-start]")].flatMap((paragraph) =>
    [...segmenter.segment(paragraph.textContent)]
      .map(({ index, segment }) => ({ paragraph, start: index, end: index + segment.trimEnd().length }))
      .filter(({ start, end }) => end > start));
}

/* The text node and the offset in it of a place in a paragraph's text. */
function placeIn(paragraph, place) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = place;
  let node = walker.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walker.nextNode();
  }
  return node && [node, left];
}

function firstSentence() {
  const mark = page.querySelector('.find[aria-current="true"]');
  const paragraph = mark?.closest("[data-start]");
  return Math.max(sentences.findIndex((each) => each.paragraph === paragraph), 0);
}

function selectSentence(step) {
  if (!sentences?.[0]?.paragraph.isConnected) [sentences, selected] = [allSentences(), -1];
  if (!sentences.length) return;
  selected = selected < 0 ? firstSentence() : Math.min(Math.max(selected + step, 0), sentences.length - 1);
  const { paragraph, start, end } = sentences[selected];
  const [from, to] = [placeIn(paragraph, start), placeIn(paragraph, end)];
  getSelection().setBaseAndExtent(...from, ...to);
  scrollTextTo(paragraph);
  say(getSelection().toString());
}

const named = location.hash.startsWith("#find-") && document.getElementById(location.hash.slice(1))?.closest(".find-card");
const first = named || cards().find((card) => card.dataset.state === "pending");
if (first && !document.querySelector("[data-error-summary]")) {
  focusOn(first);
  // Going to the place that the address names takes the focus away again, after the page has loaded.
  addEventListener("load", () => setTimeout(() => document.activeElement === document.body && focusOn(first)));
}
