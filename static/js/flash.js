/* What is said in passing: the polite live region, the seconds left to undo, and errors that take the focus. */
const region = document.getElementById("announce");

document.addEventListener("hindsight:announce", (event) => {
  region.textContent = event.detail;
});

function announce(text) {
  document.dispatchEvent(new CustomEvent("hindsight:announce", { detail: text }));
}

function finish(form) {
  const held = form.contains(document.activeElement);
  announce(form.dataset.over);
  form.remove();
  if (held) document.getElementById("main").focus();
}

/* The end is a point in time: a tab in the background ticks late and must not offer more than the ten seconds. */
function countDown(form) {
  const end = performance.now() + Number(form.dataset.countdown) * 1000;
  const left = form.querySelector("[data-countdown-left]");
  announce(form.querySelector("p").textContent);
  const tick = () => {
    if (!form.isConnected) return;
    const seconds = Math.ceil((end - performance.now()) / 1000);
    if (seconds <= 0) return finish(form);
    left.textContent = seconds;
    setTimeout(tick, 250);
  };
  tick();
}

function start(root) {
  for (const form of root.querySelectorAll("[data-countdown]:not([data-counting])")) {
    form.dataset.counting = "";
    countDown(form);
  }
  root.querySelector("[data-error-summary]")?.focus();
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target.parentElement ?? event.target);
});
