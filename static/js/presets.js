/* A window chosen by its name fills the days in, and a day that is changed by hand takes the choice back. */
function later(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

function fill(radio) {
  const form = radio.form;
  const made = form.elements.made_on?.value || radio.closest("[data-made-on]")?.dataset.madeOn;
  if (!made || radio.dataset.opens === undefined) return;
  for (const [name, months] of [["opens_on", radio.dataset.opens], ["closes_on", radio.dataset.closes]]) {
    form.elements[name].value = months === "" ? "" : later(made, Number(months));
  }
  form.elements.closes_on.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-preset]")) fill(field);
  const chosen = field.form?.querySelector("[data-preset]:checked");
  if (!chosen) return;
  if (field.name === "made_on") fill(chosen);
  if (["opens_on", "closes_on"].includes(field.name)) field.form.querySelector("[data-preset]").checked = true;
});
