// The grid itself: drawn once for each choice of rows and columns, then painted cell by cell.

import { say, short } from "./cells.js";

const LETTERS = { I: "I", D: "D", A: "A", mapped: "✓" };

export class Grid {
  constructor(box, { cells, words, editable, isWaiting }) {
    Object.assign(this, { box, cells, words, editable, isWaiting });
    this.courses = [];
    this.abilities = [];
    this.active = null;
  }

  // groups: [{title, courses}], abilities in the order of their areas.
  draw(groups, abilities) {
    this.courses = groups.flatMap((group) => group.courses);
    this.abilities = abilities;
    this.column = new Map(abilities.map((ability, index) => [ability.pk, index]));
    this.rows = new Map();
    this.root = part("div", "mx", { role: "grid", "aria-label": this.words.grid, "aria-readonly": String(!this.editable) });
    this.root.append(this.areaRow(), this.headRow());
    const pattern = this.emptyRow();
    for (const group of groups) {
      if (group.title) this.root.append(groupRow(group.title, abilities.length));
      for (const course of group.courses) this.root.append(this.courseRow(course, pattern));
    }
    this.box.replaceChildren(this.root);
    for (const ability of abilities) this.paintHead(ability.pk);
    for (const course of this.courses) this.paintRow(course.pk);
    this.paintWhole();
    this.restoreActive();
  }

  areaRow() {
    const row = part("div", "mx-areas", { role: "row" });
    row.append(part("div", "mx-corner", { role: "columnheader" }));
    for (const [area, count] of runs(this.abilities.map((ability) => ability.area))) {
      const head = part("div", "mx-area", { role: "columnheader", "aria-colspan": count, title: area });
      head.style.setProperty("--span", count);
      head.append(text("span", "", area));
      row.append(head);
    }
    return row;
  }

  headRow() {
    const row = part("div", "mx-heads", { role: "row" });
    const corner = part("div", "mx-corner", { role: "columnheader" });
    corner.append(text("span", "", this.words.course));
    row.append(corner);
    this.heads = new Map();
    for (const ability of this.abilities) {
      const head = part("div", "mx-head", { role: "columnheader", title: `${ability.code} ${ability.title}` });
      head.append(text("span", "mx-title", ability.title), part("small", "mx-count"));
      this.heads.set(ability.pk, head);
      row.append(head);
    }
    return row;
  }

  emptyRow() {
    const row = part("div", "mx-row", { role: "row" });
    row.append(part("div", "mx-name", { role: "rowheader" }));
    const cell = part("div", "mx-cell", { role: "gridcell", tabindex: -1 });
    for (let count = 0; count < this.abilities.length; count += 1) row.append(cell.cloneNode());
    return row;
  }

  courseRow(course, pattern) {
    const row = pattern.cloneNode(true);
    row.dataset.course = course.pk;
    const name = row.firstChild;
    name.title = `${course.code} ${course.title}`;
    name.append(text("b", "", course.code), " ", text("span", "mx-title", course.title), part("small", "mx-count"));
    this.rows.set(course.pk, row);
    return row;
  }

  cell(course, ability) {
    return this.rows.get(course)?.children[1 + this.column.get(ability)];
  }

  // Where nothing is mapped at all, marking every line would mark none.
  paintWhole() {
    this.root.classList.toggle("untouched", this.cells.isEmpty());
  }

  // Whole rows, because one share changes what the others are assumed to be.
  paintAll(places) {
    this.paintWhole();
    for (const course of new Set(places.map((place) => place.course))) if (this.rows.has(course)) this.paintRow(course);
    for (const ability of new Set(places.map((place) => place.ability))) if (this.column.has(ability)) this.paintHead(ability);
    for (const { course, ability } of places) {
      const place = this.cell(course, ability);
      if (place && !this.cells.get(course, ability)) this.fill(place, course, ability);
    }
  }

  paintRow(course) {
    const row = this.rows.get(course);
    const count = this.cells.countOfCourse(course);
    const total = this.cells.statedShare(course);
    row.classList.toggle("unmapped", count === 0);
    const note = row.firstChild.lastChild;
    note.textContent = count === 0 ? this.words.unmapped : total ? `${count} · ${say(this.words.percent, { share: short(total) })}` : count;
    for (const [ability] of this.cells.ofCourse(course)) {
      const place = this.cell(course, ability);
      if (place) this.fill(place, course, ability);
    }
  }

  paintHead(ability) {
    const count = this.cells.countOfAbility(ability);
    const head = this.heads.get(ability);
    head.lastChild.textContent = count;
    const unmapped = count === 0;
    if (head.classList.contains("unmapped") === unmapped) return;
    head.classList.toggle("unmapped", unmapped);
    for (const course of this.courses) this.cell(course.pk, ability).classList.toggle("bare", unmapped);
  }

  fill(place, course, ability) {
    if (place.classList.contains("typing")) return;
    const cell = this.cells.get(course, ability);
    place.classList.toggle("waiting", this.isWaiting(course, ability));
    place.dataset.level = cell?.level ?? "";
    place.classList.toggle("doubtful", Boolean(cell) && cell.state !== "accepted");
    if (!cell) {
      place.replaceChildren();
      return;
    }
    const bar = part("i", cell.share === null ? "assumed" : "");
    bar.style.setProperty("--share", `${cell.given ?? 0}%`);
    place.replaceChildren(cell.level === "mapped" ? cell.strength || LETTERS.mapped : LETTERS[cell.level], bar);
  }

  showTyping(course, ability, typed) {
    const place = this.cell(course, ability);
    place.classList.toggle("typing", typed !== null);
    if (typed === null) this.fill(place, course, ability);
    else place.textContent = typed;
  }

  activate(course, ability, { focus = true } = {}) {
    this.mark(false);
    this.active = { course, ability };
    this.mark(true);
    const place = this.cell(course, ability);
    place.setAttribute("aria-label", this.label(course, ability));
    if (focus) place.focus();
  }

  mark(on) {
    const place = this.active && this.cell(this.active.course, this.active.ability);
    if (!place) return;
    place.tabIndex = on ? 0 : -1;
    place.classList.toggle("active", on);
    place.parentElement.classList.toggle("here", on);
    this.heads.get(this.active.ability).classList.toggle("here", on);
  }

  // After a new choice of rows the first cell can be reached, unless the active one is still there.
  restoreActive() {
    const kept = this.active && this.cell(this.active.course, this.active.ability);
    if (kept) this.mark(true);
    else this.active = null;
    if (!kept && this.courses.length && this.abilities.length) {
      this.activate(this.courses[0].pk, this.abilities[0].pk, { focus: false });
    }
  }

  // The cell that many rows and columns away, stopping at the edges.
  neighbour(down, right) {
    return this.step(this.active, down, right);
  }

  step(place, down, right) {
    const row = this.courses.findIndex((course) => course.pk === place.course) + down;
    const column = this.column.get(place.ability) + right;
    const course = this.courses[Math.max(0, Math.min(row, this.courses.length - 1))];
    const ability = this.abilities[Math.max(0, Math.min(column, this.abilities.length - 1))];
    return { course: course.pk, ability: ability.pk };
  }

  // The next cell in a direction that holds something, or the edge.
  nextMapped(down, right) {
    let place = this.neighbour(down, right);
    while (!this.cells.get(place.course, place.ability)) {
      const further = this.step(place, down, right);
      if (further.course === place.course && further.ability === place.ability) break;
      place = further;
    }
    return place;
  }

  // Left to right, then the next row; null past either end, so that Tab can leave the grid.
  next(step) {
    const row = this.courses.findIndex((course) => course.pk === this.active.course);
    const place = row * this.abilities.length + this.column.get(this.active.ability) + step;
    if (place < 0 || place >= this.courses.length * this.abilities.length) return null;
    const course = this.courses[Math.floor(place / this.abilities.length)];
    return { course: course.pk, ability: this.abilities[place % this.abilities.length].pk };
  }

  placeOf(target) {
    const place = target.closest?.(".mx-cell");
    const row = place?.parentElement;
    if (!row) return null;
    const column = [...row.children].indexOf(place) - 1;
    return { course: Number(row.dataset.course), ability: this.abilities[column].pk };
  }

  label(course, ability) {
    const named = (records, pk) => records.find((record) => record.pk === pk).title;
    return say(this.words.cell, {
      course: named(this.courses, course),
      ability: named(this.abilities, ability),
      state: this.state(course, ability),
    });
  }

  state(course, ability) {
    const cell = this.cells.get(course, ability);
    if (!cell) return this.words.not_mapped;
    const words = cell.share === null ? this.words.share_assumed : this.words.share;
    const parts = [
      this.words[`level_${cell.level}`],
      cell.given === null ? "" : say(words, { share: short(cell.given) }),
      this.words[cell.state],
    ];
    return parts.filter(Boolean).join(", ");
  }
}

function groupRow(title, columns) {
  const row = part("div", "mx-group", { role: "row" });
  const name = part("div", "mx-name", { role: "rowheader", "aria-colspan": columns + 1 });
  name.textContent = title;
  row.append(name);
  return row;
}

function runs(values) {
  const found = [];
  for (const value of values) {
    if (found.length && found.at(-1)[0] === value) found.at(-1)[1] += 1;
    else found.push([value, 1]);
  }
  return found;
}

function part(tag, className = "", attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function text(tag, className, content) {
  const made = part(tag, className);
  made.textContent = content;
  return made;
}
