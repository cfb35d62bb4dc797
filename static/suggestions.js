// Keys for the buttons and fields that the page has anyway.

const form = document.getElementById("decide");
const rows = [...form.querySelectorAll(".proposed > li")];
let at = 0;

function activate(to, { focus = true, scroll = true } = {}) {
  if (!rows.length) return;
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows.forEach((row, place) => row.classList.toggle("active", place === at));
  if (focus) rows[at].focus({ preventScroll: !scroll });
}

function press(selector, within = document) {
  within.querySelector(selector)?.click();
}

function level(letter) {
  const field = rows[at]?.querySelector("select");
  if (field) field.value = letter;
}

const KEYS = {
  j: () => activate(at + 1),
  k: () => activate(at - 1),
  ArrowDown: () => activate(at + 1),
  ArrowUp: () => activate(at - 1),
  Enter: () => press("[name=accept]", rows[at]),
  a: () => press("[name=accept]", rows[at]),
  x: () => press("[name=reject]", rows[at]),
  i: () => level("I"),
  I: () => level("I"),
  d: () => level("D"),
  D: () => level("D"),
  A: () => level("A"),
  u: () => press("[name=undo]"),
  n: () => press("#next-course"),
};
const FOR_THE_PAGE = ["u", "n"];

function take(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const own = event.target.closest("input, textarea, select, button, a, summary");
  const act = KEYS[event.key];
  if (own || !act || (!rows.length && !FOR_THE_PAGE.includes(event.key))) return;
  event.preventDefault();
  act();
}

document.documentElement.classList.add("scripted");
document.addEventListener("keydown", take);
rows.forEach((row, place) => row.addEventListener("focusin", () => activate(place, { focus: false })));
// One decision a page: a second press while the first is on its way would fall on the next proposal.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => delete form.dataset.sent);
activate(0, { scroll: false });
