// Joins the parts of the matrix page: payload, grid, keys, editor bar and saving.

import { Cells, sameCell, say, short } from "./cells.js";
import { Editor } from "./editor.js";
import { Grid } from "./grid.js";
import { Keys } from "./keys.js";
import { Saver, sendByPost } from "./saving.js";

const find = (id) => document.getElementById(id);
const payload = JSON.parse(find("matrix-data").textContent);
const { words, editable } = payload;
const cells = new Cells(payload.cells);
const courses = new Map(payload.courses.map((course) => [course.pk, course]));
const abilities = new Map(payload.abilities.map((ability) => [ability.pk, ability]));
const form = find("cell-form");
const undoable = [];
// So many rows are drawn at once; a whole catalogue would make the page slow.
const ROWS_AT_ONCE = 300;
let most = ROWS_AT_ONCE;

const saver = new Saver({ send, onSettled: settled, onStatus: tellStatus });
const grid = new Grid(find("matrix-box"), { cells, words, editable, isWaiting: (...place) => saver.holds(...place) });
const editor = new Editor(form, { words, others: payload.others, onChange: fieldChanged, onLeave: backToGrid });
const keys = new Keys({ move, step, level, share, clear, undo, edit, help, typing }, { editable });

// Rows and columns

function chosen(record, wanted, fields) {
  return fields.some((name) => String(record[name]).toLowerCase().includes(wanted));
}

function draw() {
  const wanted = (id) => find(id).value.trim().toLowerCase();
  const bare = (id) => find(id).checked;
  const rows = payload.courses.filter(
    (course) =>
      chosen(course, wanted("filter-courses"), ["code", "title", "module", "term"]) &&
      (!bare("only-courses") || !cells.countOfCourse(course.pk)),
  );
  const columns = payload.abilities.filter(
    (ability) =>
      chosen(ability, wanted("filter-abilities"), ["code", "title", "area", "statement"]) &&
      (!bare("only-abilities") || !cells.countOfAbility(ability.pk)),
  );
  const empty = !rows.length || !columns.length;
  grid.draw(grouped(rows.slice(0, most), find("group-by").value), columns);
  find("more-rows").hidden = rows.length <= most;
  find("rows-shown").textContent = say(words.rows_shown, { shown: Math.min(most, rows.length), all: rows.length });
  find("matrix-box").hidden = empty;
  find("no-match").hidden = !empty;
  showActive();
}

function grouped(rows, name) {
  if (!name) return [{ title: "", courses: rows }];
  const groups = new Map();
  for (const course of rows) {
    const title = course[name] || words.no_group;
    groups.set(title, [...(groups.get(title) ?? []), course]);
  }
  const found = [...groups].map(([title, members]) => ({ title, courses: members }));
  return name === "term" ? found.sort(byNumber) : found; // a course that moved may stand before those of earlier terms
}

function byNumber(one, other) {
  if (one.title === words.no_group || other.title === words.no_group) return one.title === words.no_group ? 1 : -1;
  return one.title.localeCompare(other.title, undefined, { numeric: true });
}

// The active cell

function showActive({ keepTyped = false } = {}) {
  form.hidden = !grid.active;
  if (!grid.active) return;
  const { course, ability } = grid.active;
  editor.show(courses.get(course), abilities.get(ability), cells.get(course, ability), {
    keepTyped,
    sayState: (cell) => [words[`level_${cell.level}`], cell.share === null ? "" : say(words.percent, { share: short(cell.share) })].filter(Boolean).join(" "),
  });
}

function select(place, options) {
  grid.activate(place.course, place.ability, options);
  showActive();
}

function move(down, right) {
  select(grid.neighbour(down, right));
}

function step(by) {
  const place = grid.next(by);
  if (place) select(place);
  return Boolean(place);
}

// What was typed in the bar and not taken is put back, or leaving the field would still save it.
function backToGrid() {
  showActive();
  select(grid.active);
}

function edit() {
  if (editable) editor.focus();
}

function help() {
  find("matrix-keys").showModal();
}

// Changes

function change(place, cell, { keep = true } = {}) {
  const known = cells.get(place.course, place.ability);
  refuse("");
  if (!editable || sameCell(known, cell)) return;
  if (keep) undoable.push({ ...place, cell: known });
  cells.set(place.course, place.ability, cell && { strength: known?.strength, ...cell, state: "accepted" });
  cells.preview(place.course);
  saver.put({ ...place, cell, known });
  repaint(place);
}

function repaint({ course, ability }) {
  grid.paint(course, ability);
  tellCounts();
  if (grid.active?.course !== course) return;
  grid.cell(grid.active.course, grid.active.ability)?.setAttribute("aria-label", grid.label(grid.active.course, grid.active.ability));
  showActive({ keepTyped: true });
}

function stated() {
  const cell = cells.get(grid.active.course, grid.active.ability);
  return cell ?? { level: "mapped", share: null, provenance: "declared", evidence: "" };
}

function level(letter) {
  change(grid.active, { ...stated(), level: letter });
}

function clear() {
  change(grid.active, null);
}

function share(typed) {
  const percent = Number(typed.replace(",", ".").replace("%", ""));
  if (!(percent >= 0 && percent <= 100)) {
    refuse(say(words.bad_share, { typed }));
    return false;
  }
  change(grid.active, { ...stated(), share: percent });
  return true;
}

function typing(typed) {
  grid.showTyping(grid.active.course, grid.active.ability, typed);
  if (typed === null) tellStatus(saver.queue.length ? "saving" : "saved", saver.queue.length);
  else tell(say(words.typing, { typed }));
}

function fieldChanged(name, value) {
  const present = cells.get(grid.active.course, grid.active.ability);
  if (name === "level" && value === "none") clear();
  else if (name === "level") level(value);
  else if (name === "share" && value) share(value);
  else if (name === "share" && present) change(grid.active, { ...present, share: null });
  else if (present || (name === "evidence" && value)) change(grid.active, { ...stated(), [name]: value });
  showActive();
}

function undo() {
  const last = undoable.pop();
  if (!last) {
    tell(words.nothing_to_undo);
    return;
  }
  change(last, last.cell, { keep: false });
  if (grid.cell(last.course, last.ability)) select(last);
  tell(say(words.undone, { cell: `${courses.get(last.course).title} × ${abilities.get(last.ability).title}` }));
}

// Saving

function token() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.namedItem("csrfmiddlewaretoken").value;
}

function send(wanted) {
  return sendByPost(payload.save, { token, rater: payload.rater }, wanted);
}

function settled(place, answer, followed) {
  if (answer.kind !== "saved" && !followed) {
    const real = answer.cell === undefined ? place.known : answer.cell;
    cells.set(place.course, place.ability, real && { ...real, state: "accepted" });
    const mine = undoable.findLastIndex((entry) => entry.course === place.course && entry.ability === place.ability);
    if (mine >= 0) undoable.splice(mine, 1);
    cells.preview(place.course);
  }
  if (answer.given && !saver.holdsCourse(place.course)) cells.take(place.course, answer.given);
  repaint(place);
  if (answer.kind !== "saved") {
    const reason = answer.kind === "forbidden" ? words.forbidden : answer.message;
    refuse(say(words.refused, { reason }));
  }
}

function tellStatus(kind, waiting) {
  if (keys.typed !== null) return;
  const count = say(waiting === 1 ? words.changes_one : words.changes, { count: waiting });
  // Beside a refusal it would mislead to say that all is saved.
  tell(kind === "refused" ? "" : say(words[kind], { count }));
  find("matrix-status").classList.toggle("stuck", ["offline", "trouble", "signed_out"].includes(kind));
}

function tell(message) {
  find("matrix-status").textContent = message;
}

// Stays until the next change, whatever is saved meanwhile.
function refuse(reason) {
  find("matrix-alert").textContent = reason;
}

function tellCounts() {
  const bareCourses = payload.courses.filter((course) => !cells.countOfCourse(course.pk)).length;
  const bareAbilities = payload.abilities.filter((ability) => !cells.countOfAbility(ability.pk)).length;
  find("matrix-counts").textContent = say(words.counts, {
    courses: bareCourses,
    all_courses: payload.courses.length,
    abilities: bareAbilities,
    all_abilities: payload.abilities.length,
  });
}

// Wiring

grid.box.addEventListener("keydown", (event) => {
  if (grid.placeOf(event.target) && keys.take(event)) event.preventDefault();
});
grid.box.addEventListener("focusin", (event) => {
  const place = grid.placeOf(event.target);
  if (place && (place.course !== grid.active?.course || place.ability !== grid.active?.ability)) select(place, { focus: false });
});
grid.box.addEventListener("mousedown", (event) => {
  const place = grid.placeOf(event.target);
  if (!place) return;
  event.preventDefault();
  // A field of the bar that is being left belongs to the cell that is active until now.
  if (form.contains(document.activeElement)) document.activeElement.blur();
  keys.finish();
  select(place);
});
for (const id of ["filter-courses", "filter-abilities"]) find(id).addEventListener("input", draw);
for (const id of ["only-courses", "only-abilities", "group-by"]) find(id).addEventListener("change", draw);
find("show-more").addEventListener("click", () => {
  most += ROWS_AT_ONCE;
  draw();
});
find("matrix-rater").addEventListener("change", (event) => event.target.form.requestSubmit());
find("show-keys").addEventListener("click", help);
find("close-keys").addEventListener("click", () => find("matrix-keys").close());
window.addEventListener("online", () => saver.retry());
window.addEventListener("beforeunload", (event) => {
  if (saver.queue.length) event.preventDefault();
});

document.documentElement.classList.add("matrix-scripted");
const wanted = new URLSearchParams(location.search);
const place = { course: Number(wanted.get("course")), ability: Number(wanted.get("ability")) };
most = Math.max(most, 1 + payload.courses.findIndex((course) => course.pk === place.course));
draw();
tellCounts();
if (editable) tell(words.saved);
if (courses.has(place.course) || abilities.has(place.ability)) {
  select({
    course: courses.has(place.course) ? place.course : grid.active.course,
    ability: abilities.has(place.ability) ? place.ability : grid.active.ability,
  });
}
