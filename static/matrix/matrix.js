// Joins the parts of the matrix page: payload, grid, keys, editor bar and saving.

import { Cells, sameCell, say, short } from "./cells.js";
import { Blocks } from "./blocks.js";
import { askWhose } from "./conflict.js";
import { Editor } from "./editor.js";
import { showEffect } from "./effect.js";
import { Grid } from "./grid.js";
import { Keys } from "./keys.js";
import { Saver, sendByPost } from "./saving.js";
import { Selection } from "./selection.js";
import { Steps } from "./steps.js";

const find = (id) => document.getElementById(id);
const payload = JSON.parse(find("matrix-data").textContent);
const { words, editable } = payload;
const cells = new Cells(payload.cells);
const courses = new Map(payload.courses.map((course) => [course.pk, course]));
const abilities = new Map(payload.abilities.map((ability) => [ability.pk, ability]));
const form = find("cell-form");
const mine = new Set(payload.mine);
const unsettled = new Set(payload.unsettled.map(([course]) => course));
const steps = new Steps();
// So many rows are drawn at once; a whole catalogue would make the page slow.
const ROWS_AT_ONCE = 300;
let most = ROWS_AT_ONCE;

const saver = new Saver({ send, onSettled: settled, onStatus: tellStatus });
const grid = new Grid(find("matrix-box"), { cells, words, editable, isWaiting: (...place) => saver.holds(...place) });
const selection = new Selection(grid);
const blocks = new Blocks({ cells, selection, changeAll, refuse, words });
const editor = new Editor(form, { words, others: payload.others, threads: payload.threads, onChange: fieldChanged, onLeave: backToGrid });
const fill = (down) => blocks.fill(down);
const acts = { move, extend, jump, all, step, level, share, clear, fill, undo, redo, edit, comments, help, typing };
const keys = new Keys(acts, { editable });

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
      (!bare("only-courses") || !cells.countOfCourse(course.pk)) &&
      (!bare("only-mine") || mine.has(course.pk)) &&
      (!bare("only-disputed") || disputed(course)),
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
  selection.begin(grid.active);
  showActive();
}

// Raters differ, or somebody disputes it, and no meeting has settled it.
function disputed(course) {
  return unsettled.has(course.pk) || cells.ofCourse(course.pk).some(([, cell]) => cell.state === "disputed");
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
  selection.begin(place);
  showActive();
}

// The other end of the selection stays where it is.
function extendTo(place) {
  grid.activate(place.course, place.ability);
  selection.paint();
  showActive();
}

function move(down, right) {
  select(grid.neighbour(down, right));
}

function extend(down, right) {
  extendTo(grid.neighbour(down, right));
}

function jump(down, right) {
  select(grid.nextMapped(down, right));
}

function all() {
  selection.begin({ course: grid.courses[0].pk, ability: grid.abilities[0].pk });
  extendTo({ course: grid.courses.at(-1).pk, ability: grid.abilities.at(-1).pk });
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

function comments() {
  editor.openComments();
}

function help() {
  find("matrix-keys").showModal();
}

// Changes

function change(place, cell) {
  changeAll([{ ...place, cell }]);
}

// One step to undo, and one request, however many cells.
function changeAll(edits, { keep = true } = {}) {
  refuse("");
  if (!editable) return;
  const known = edits.map((edit) => ({ ...edit, known: cells.get(edit.course, edit.ability) }));
  const wanted = known
    .filter((edit) => !sameCell(edit.known, edit.cell))
    .map((edit) => ({ ...edit, cell: edit.cell && { strength: edit.known?.strength, ...edit.cell, state: "accepted" } }));
  if (!wanted.length) return;
  if (keep) steps.push(wanted.map(({ course, ability, known, cell }) => ({ course, ability, before: known, after: cell })));
  for (const edit of wanted) cells.set(edit.course, edit.ability, edit.cell);
  for (const course of coursesOf(wanted)) cells.preview(course);
  const [first] = wanted;
  const single = wanted.length === 1 && (!first.cell || (first.cell.strength || "") === (first.known?.strength || ""));
  saver.put(single ? first : { edits: wanted });
  repaintAll(wanted);
}

function coursesOf(edits) {
  return new Set(edits.map((edit) => edit.course));
}

function repaintAll(edits) {
  grid.paintAll(edits);
  tellCounts();
  selection.paint();
  if (!grid.active) return;
  grid.cell(grid.active.course, grid.active.ability)?.setAttribute("aria-label", grid.label(grid.active.course, grid.active.ability));
  showActive({ keepTyped: true });
}

function stated() {
  return blocks.stated(grid.active);
}

function level(letter) {
  changeAll(selection.rows().flat().map((place) => ({ ...place, cell: { ...blocks.stated(place), level: letter } })));
}

function clear() {
  changeAll(selection.rows().flat().map((place) => ({ ...place, cell: null })));
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
  if (name === "level" && value === "none") change(grid.active, null);
  else if (name === "level") change(grid.active, { ...stated(), level: value });
  else if (name === "share" && value) share(value);
  else if (name === "share" && present) change(grid.active, { ...present, share: null });
  else if (present || (name === "evidence" && value)) change(grid.active, { ...stated(), [name]: value });
  showActive();
}

function undo() {
  replay(steps.undo(), "before", words.undone, words.nothing_to_undo);
}

function redo() {
  replay(steps.redo(), "after", words.redone, words.nothing_to_redo);
}

function replay(step, side, told, none) {
  if (!step) {
    tell(none);
    return;
  }
  changeAll(step.edits.map((edit) => ({ course: edit.course, ability: edit.ability, cell: edit[side] })), { keep: false });
  const [first] = step.edits;
  if (grid.cell(first.course, first.ability)) select({ course: first.course, ability: first.ability });
  const name = `${courses.get(first.course).title} × ${abilities.get(first.ability).title}`;
  tell(say(told, { cell: step.edits.length === 1 ? name : say(words.cells, { count: step.edits.length }) }));
}

// Saving

function token() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.namedItem("csrfmiddlewaretoken").value;
}

function send(wanted) {
  return sendByPost(payload, { token, rater: payload.rater }, wanted);
}

function settled(change, answer, followed) {
  if (change.edits) return settledBlock(change.edits, answer);
  if (answer.kind !== "saved" && !followed) {
    const real = answer.cell === undefined ? change.known : answer.cell;
    cells.set(change.course, change.ability, real && { ...real, strength: change.known?.strength, state: "accepted" });
    steps.forget(change);
    cells.preview(change.course);
  }
  if (answer.given && !saver.holdsCourse(change.course)) cells.take(change.course, answer.given);
  repaintAll([change]);
  if (answer.kind !== "saved") tellRefusal(answer);
}

// All of a block was saved or nothing: then what others wrote is shown, and whose it shall be is asked.
function settledBlock(edits, answer) {
  if (answer.kind !== "saved") {
    for (const edit of edits) {
      cells.set(edit.course, edit.ability, edit.known);
      steps.forget(edit);
    }
    for (const { course, ability, cell } of answer.changed ?? []) cells.set(course, ability, cell);
    for (const course of coursesOf(edits)) cells.preview(course);
  }
  for (const [course, given] of Object.entries(answer.given ?? {})) {
    if (!saver.holdsCourse(Number(course))) cells.take(Number(course), given);
  }
  repaintAll(edits);
  if (answer.changed) askWhose({ edits, changed: answer.changed, courses, abilities, words, changeAll });
  else if (answer.kind !== "saved") tellRefusal(answer);
}

function tellRefusal(answer) {
  const reason = answer.kind === "forbidden" ? words.forbidden : answer.message;
  refuse(say(words.refused, { reason }));
}

function tellStatus(kind, waiting) {
  if (keys.typed !== null) return;
  const count = say(waiting === 1 ? words.changes_one : words.changes, { count: waiting });
  // Beside a refusal it would mislead to say that all is saved.
  tell(kind === "refused" ? "" : say(words[kind], { count }));
  if (kind === "saved") showEffect(find("matrix-effect"), payload, words);
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

function clipboard(event, name) {
  if (!grid.placeOf(event.target) || (name !== "copy" && !editable)) return;
  event.preventDefault();
  keys.drop();
  if (name === "paste") return pasted(blocks.paste(event.clipboardData.getData("text/plain")));
  event.clipboardData.setData("text/plain", blocks.copied());
  tell(say(words.copied, { count: selection.size }));
  if (name === "cut") clear();
}

function pasted(block) {
  if (!block) return;
  const [first, last] = [block[0][0], block.at(-1).at(-1)];
  select(first);
  extendTo(last);
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
  if (event.shiftKey) extendTo(place);
  else select(place);
});
grid.box.addEventListener("mouseover", (event) => {
  const place = event.buttons === 1 && grid.placeOf(event.target);
  if (place && selection.anchor) extendTo(place);
});
for (const name of ["copy", "cut", "paste"]) grid.box.addEventListener(name, (event) => clipboard(event, name));
for (const id of ["filter-courses", "filter-abilities"]) find(id).addEventListener("input", draw);
for (const id of ["only-courses", "only-abilities", "only-mine", "only-disputed", "group-by"]) find(id).addEventListener("change", draw);
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
