// The block of cells between the one where a selection began and the active one.

export class Selection {
  constructor(grid) {
    this.grid = grid;
    this.anchor = null;
    this.painted = [];
  }

  begin(place) {
    this.anchor = place;
    this.paint();
  }

  // Rows and columns of the drawn grid, both ends included.
  get span() {
    const { grid, anchor } = this;
    const here = this.index(grid.active);
    const there = (anchor && this.index(anchor)) ?? here;
    if (!here || !there) return null;
    return {
      top: Math.min(here.row, there.row),
      bottom: Math.max(here.row, there.row),
      left: Math.min(here.column, there.column),
      right: Math.max(here.column, there.column),
    };
  }

  index(place) {
    if (!place) return null;
    const row = this.grid.courses.findIndex((course) => course.pk === place.course);
    const column = this.grid.column.get(place.ability);
    return row < 0 || column === undefined ? null : { row, column };
  }

  get size() {
    const span = this.span;
    return span ? (span.bottom - span.top + 1) * (span.right - span.left + 1) : 0;
  }

  // [[{course, ability}]], row by row.
  rows() {
    const span = this.span;
    return span ? this.block(span.top, span.left, span.bottom - span.top + 1, span.right - span.left + 1) : [];
  }

  // What lies beyond the last row or column is left out.
  block(top, left, height, width) {
    const abilities = this.grid.abilities.slice(left, left + width);
    return this.grid.courses
      .slice(top, top + height)
      .map((course) => abilities.map((ability) => ({ course: course.pk, ability: ability.pk })));
  }

  paint() {
    for (const place of this.painted) place.classList.remove("selected");
    this.painted = [];
    if (this.size < 2) return;
    for (const place of this.rows().flat()) {
      const cell = this.grid.cell(place.course, place.ability);
      cell.classList.add("selected");
      this.painted.push(cell);
    }
  }
}
