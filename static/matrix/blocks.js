// What is done to many cells at once: copied, pasted, filled.

import { say } from "./cells.js";
import { readMark, readTable, writeMark } from "./marks.js";

const NOTHING = { level: "mapped", share: null, provenance: "declared", evidence: "" };

export class Blocks {
  constructor({ cells, selection, changeAll, refuse, words }) {
    Object.assign(this, { cells, selection, changeAll, refuse, words });
  }

  stated({ course, ability }) {
    return this.cells.get(course, ability) ?? { ...NOTHING };
  }

  copied() {
    const rows = this.selection.rows();
    return rows.map((row) => row.map(({ course, ability }) => writeMark(this.cells.get(course, ability))).join("\t")).join("\n");
  }

  // Where the evidence of a cell stands stays with it: what is pasted is the level, the share and the strength.
  marked(place, mark) {
    if (!mark) return null;
    const present = this.stated(place);
    return { ...present, strength: present.strength || "", ...mark, share: mark.share ?? null };
  }

  // The block that was written; null where something in it is no mark, and nothing was.
  paste(text) {
    const rows = readTable(text);
    const unread = rows.flat().find((value) => readMark(value) === undefined);
    if (unread !== undefined) {
      this.refuse(say(this.words.bad_mark, { typed: unread.slice(0, 40) }));
      return null;
    }
    const table = rows.map((row) => row.map(readMark));
    const { top, left, height, width } = this.target(table);
    const block = this.selection.block(top, left, height, width);
    const at = (row, column) => table[row % table.length][column % widthOf(table)] ?? null;
    this.changeAll(block.flatMap((row, r) => row.map((place, c) => ({ ...place, cell: this.marked(place, at(r, c)) }))));
    if (block.length < height || block[0].length < width) this.refuse(this.words.left_out);
    return block;
  }

  // What is pasted fills a selection that is a multiple of it, as in a spreadsheet.
  target(table) {
    const { top, left, bottom, right } = this.selection.span;
    const [height, width, rows, columns] = [table.length, widthOf(table), bottom - top + 1, right - left + 1];
    if (rows % height || columns % width) return { top, left, height, width };
    return { top, left, height: rows, width: columns };
  }

  fill(down) {
    const rows = this.selection.rows();
    const source = (row, column) => (down ? rows[0][column] : rows[row][0]);
    const marks = (place) => {
      const cell = this.cells.get(place.course, place.ability);
      return cell && { level: cell.level, share: cell.share, strength: cell.strength || "" };
    };
    this.changeAll(rows.flatMap((row, r) => row.map((place, c) => ({ ...place, cell: this.filled(place, source(r, c), marks) }))));
  }

  filled(place, source, marks) {
    const same = place.course === source.course && place.ability === source.ability;
    return same ? this.cells.get(place.course, place.ability) : this.marked(place, marks(source));
  }
}

function widthOf(table) {
  return Math.max(...table.map((row) => row.length));
}
