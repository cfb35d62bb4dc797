// A button that adds one more empty row to the rows of a form; what was typed into such rows comes back in as many.

const MOST = 50; // at once

const total = (button) => button.form.elements[`${button.dataset.adds}-TOTAL_FORMS`];

function add(button) {
  const blank = document.getElementById(button.dataset.row);
  const rows = blank.previousElementSibling.tBodies[0];
  const count = total(button);
  const row = blank.content.firstElementChild.cloneNode(true);
  for (const field of row.querySelectorAll("[name]")) {
    field.name = field.name.replace("__prefix__", count.value);
    field.id = field.id.replace("__prefix__", count.value);
  }
  count.value = Number(count.value) + 1;
  rows.append(row);
  return row;
}

// As many rows as the fields need that were typed before the page was left.
export function addRowsFor(form, names) {
  for (const button of form.querySelectorAll("[data-adds]")) {
    const missing = () => names.some((name) => name.startsWith(`${button.dataset.adds}-`) && !form.elements[name]);
    for (let more = 0; more < MOST && missing(); more += 1) add(button);
  }
}

for (const button of document.querySelectorAll("[data-adds]")) {
  button.hidden = false;
  button.addEventListener("click", () => add(button).querySelector("select, input:not([type=hidden])").focus());
}
