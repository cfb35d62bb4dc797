// What each cell holds, and what rows and columns add up to. A cell is {level, share, strength, provenance, evidence, state,
// given}; level is "mapped" where none is stated, share is in percent or null, given what the server says that the course
// gives, null where it counts nothing.

const STRENGTHS = { H: 3, M: 2, L: 1 };

export class Cells {
  constructor(cells) {
    this.rows = new Map();
    this.columns = new Map();
    for (const cell of cells) this.set(cell.course, cell.ability, cell);
  }

  get(course, ability) {
    return this.rows.get(course)?.get(ability) ?? null;
  }

  set(course, ability, cell) {
    if (!this.rows.has(course)) this.rows.set(course, new Map());
    const row = this.rows.get(course);
    const change = (cell ? 1 : 0) - (row.has(ability) ? 1 : 0);
    if (cell) row.set(ability, cell);
    else row.delete(ability);
    this.columns.set(ability, this.countOfAbility(ability) + change);
  }

  isEmpty() {
    return [...this.rows.values()].every((row) => row.size === 0);
  }

  countOfAbility(ability) {
    return this.columns.get(ability) ?? 0;
  }

  ofCourse(course) {
    return [...(this.rows.get(course)?.entries() ?? [])];
  }

  countOfCourse(course) {
    return this.rows.get(course)?.size ?? 0;
  }

  statedShare(course) {
    return this.ofCourse(course).reduce((sum, [, cell]) => sum + (cell.share ?? 0), 0);
  }

  // What the server says of a row: {ability: percent}.
  take(course, given) {
    for (const [ability, cell] of this.ofCourse(course)) cell.given = given[ability] ?? null;
  }

  // Until the server has spoken: its rule for what is being typed. A test holds it to curricula.analysis.exposure.
  preview(course) {
    const counted = this.ofCourse(course).map(([, cell]) => cell).filter((cell) => cell.state === "accepted");
    const open = counted.filter((cell) => cell.share === null);
    const weight = (cell) => STRENGTHS[cell.strength] ?? STRENGTHS.M;
    const all = open.reduce((sum, cell) => sum + weight(cell), 0);
    const left = Math.max(0, 100 - counted.reduce((sum, cell) => sum + (cell.share ?? 0), 0));
    for (const [, cell] of this.ofCourse(course)) cell.given = null;
    for (const cell of counted) cell.given = cell.share ?? (left * weight(cell)) / all;
  }
}

export function sameCell(left, right) {
  if (!left || !right) return left === right;
  const same = ["level", "share", "provenance", "evidence"].every((name) => left[name] === right[name]);
  return same && (right.strength === undefined || (left.strength || "") === (right.strength || ""));
}

export function short(number) {
  return String(Math.round(number * 100) / 100);
}

export function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
