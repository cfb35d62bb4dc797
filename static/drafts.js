// What was typed into a form stays in this tab until it is saved: a failed save, a lost connection or a session that
// ended takes nothing away. Passwords, files and hidden fields are never kept, and signing out forgets everything.

import { addRowsFor } from "./rows.js";

const KEY = "draft:";
const user = document.body.dataset.user;
const saved = document.querySelector(".message.success");
const notice = document.getElementById("draft-notice");
const TYPES = ["text", "number", "url", "date", "search", "checkbox", "radio", "textarea", "select-one", "select-multiple"];

const isKept = (field) => field.name && TYPES.includes(field.type) && !field.disabled;
const keyOf = (form) => `${KEY}${user}:${location.pathname}:${form.dataset.draft}`;
const valueOf = (field) =>
  field.type === "select-multiple"
    ? [...field.selectedOptions].map((option) => option.value).join("\n")
    : ["checkbox", "radio"].includes(field.type)
      ? String(field.checked)
      : field.value;

function put(field, value) {
  if (field.type === "select-multiple") {
    const chosen = value.split("\n");
    for (const option of field.options) option.selected = chosen.includes(option.value);
  } else if (["checkbox", "radio"].includes(field.type)) field.checked = value === "true";
  else field.value = value;
}

// Two boxes of one name are told apart by what they stand for.
const nameOf = (field) => (["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name);
const fieldsOf = (form) => [...form.elements].filter(isKept);
const all = () => Object.keys(sessionStorage).filter((key) => key.startsWith(KEY));
const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? "null");

function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    sessionStorage.removeItem(key); // the tab holds no more
  }
}

function bringBack(form, draft) {
  addRowsFor(form, Object.keys(draft.typed));
  const changed = fieldsOf(form).filter((field) => (draft.typed[nameOf(field)] ?? valueOf(field)) !== valueOf(field));
  if (!changed.length) {
    // The form as it was refused, or what was saved without a word.
    if (!form.querySelector(".is-invalid, .invalid-feedback")) sessionStorage.removeItem(keyOf(form));
    return;
  }
  const before = changed.map((field) => [field, valueOf(field)]);
  for (const field of changed) put(field, draft.typed[nameOf(field)]);
  const told = notice.content.firstElementChild.cloneNode(true);
  told.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    for (const [field, value] of before) put(field, value);
    told.remove();
  });
  form.before(told);
}

function watch(form) {
  const draft = read(keyOf(form));
  if (draft) bringBack(form, draft);
  const keep = ({ target }) => {
    if (!isKept(target) || target.form !== form) return;
    const typed = { ...read(keyOf(form))?.typed, [nameOf(target)]: valueOf(target) };
    write(keyOf(form), { typed });
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    const draft = read(keyOf(form));
    if (draft) write(keyOf(form), { ...draft, sent: true });
  });
}

if (user) {
  for (const key of all()) {
    const ended = saved && read(key).sent;
    if (ended || !key.startsWith(`${KEY}${user}:`)) sessionStorage.removeItem(key);
  }
  document.querySelectorAll("form[data-draft]").forEach(watch);
  document.querySelector("form[data-forgets]")?.addEventListener("submit", () => {
    for (const key of all()) sessionStorage.removeItem(key);
  });
}
