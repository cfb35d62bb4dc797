// Reads the kept file again as soon as a choice changes; without script a button of the form does the same.

document.documentElement.classList.add("scripted");
let waiting = new AbortController();

async function reread(form, name) {
  waiting.abort();
  waiting = new AbortController();
  const before = document.getElementById("preview");
  before.setAttribute("aria-busy", "true");
  const sent = { method: "POST", body: new URLSearchParams(new FormData(form)), signal: waiting.signal };
  const answer = await fetch(form.action, sent);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("preview");
  if (!fresh) return location.assign(answer.url);
  const opened = [...before.querySelectorAll("details")].map((each) => each.open);
  before.replaceWith(fresh);
  fresh.querySelectorAll("details").forEach((each, place) => (each.open = opened[place] ?? false));
  [...fresh.querySelectorAll("select, input")].find((field) => field.name === name)?.focus({ preventScroll: true });
}

document.addEventListener("change", (event) => {
  const { form, name } = event.target;
  if (form?.id !== "reread" || !form.reportValidity()) return;
  reread(form, name).catch((error) => error.name === "AbortError" || form.submit());
});

// What was found before is no longer good: it is asked for anew without a press, but not twice running.
const anew = document.getElementById("look");
if (anew && Date.now() - Number(sessionStorage.getItem("looked")) > 10_000) {
  sessionStorage.setItem("looked", Date.now());
  anew.requestSubmit();
}
