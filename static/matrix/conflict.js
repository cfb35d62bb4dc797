// Others wrote into cells of a block: what they wrote stands in the grid, and the second chooses.

import { say } from "./cells.js";
import { writeMark } from "./marks.js";

const NAMED = 8;

export function askWhose({ edits, changed, courses, abilities, words, changeAll }) {
  const dialog = document.getElementById("matrix-conflict");
  const key = ({ course, ability }) => `${course}:${ability}`;
  const theirs = new Map(changed.map((each) => [key(each), each.cell]));
  const lines = edits.filter((edit) => theirs.has(key(edit))).map((edit) => {
    const line = document.createElement("li");
    const [now, wanted] = [theirs.get(key(edit)), edit.cell].map((cell) => writeMark(cell) || words.not_mapped);
    const place = `${courses.get(edit.course).title} × ${abilities.get(edit.ability).title}`;
    line.textContent = say(words.conflict, { cell: place, theirs: now, mine: wanted });
    return line;
  });
  const more = document.createElement("li");
  more.textContent = say(words.and_more, { count: lines.length - NAMED });
  dialog.querySelector("ul").replaceChildren(...lines.slice(0, NAMED), ...(lines.length > NAMED ? [more] : []));
  const wanted = edits.map(({ course, ability, cell }) => ({ course, ability, cell }));
  dialog.onclose = () => {
    if (dialog.returnValue === "mine") changeAll(wanted);
    if (dialog.returnValue === "theirs") changeAll(wanted.filter((edit) => !theirs.has(key(edit))));
  };
  dialog.returnValue = "";
  dialog.showModal();
}
