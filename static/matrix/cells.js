// What each cell holds, and what rows and columns add up to. A cell is {level, share, provenance, evidence, state};
// level is "mapped" where none is stated, share is in percent or null.

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

  // Cells without a share split what is left equally, as the analysis does.
  assumedShare(course) {
    const missing = this.ofCourse(course).filter(([, cell]) => cell.share === null).length;
    return missing ? Math.max(0, 100 - this.statedShare(course)) / missing : 0;
  }
}

export function sameCell(left, right) {
  if (!left || !right) return left === right;
  return ["level", "share", "provenance", "evidence"].every((name) => left[name] === right[name]);
}

export function short(number) {
  return String(Math.round(number * 100) / 100);
}

export function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
