// One cell as a spreadsheet has it: "D", "D 40%", "H", "✓", "40%", "" for an empty one.

const TICKS = new Set([..."√✓✔☑✅×*●■▲○◎◉□△★☆◆◇xy是有1", "yes", "true", "[x]"]);
const DENIALS = new Set(["", "-", "–", "n", "0", "否", "no", "false", "[ ]"]);
const STRENGTHS = { h: "H", m: "M", l: "L", 高: "H", 强: "H", 中: "M", 低: "L", 弱: "L" };
const LEVELS = { i: "I", d: "D", a: "A" };
const WRITTEN = /^([idahml高强中低弱✓√]?)[\s/:(]*(?:(\d+(?:[.,]\d+)?|[.,]\d+)\s*(%?)\)?)?$/;

// {level, share, strength} without what is not said; null empties the cell, undefined is no mark.
export function readMark(text) {
  const word = text.normalize("NFKC").trim().toLowerCase();
  if (DENIALS.has(word)) return null;
  if (TICKS.has(word)) return { level: "mapped" };
  const match = WRITTEN.exec(word);
  if (!match) return undefined;
  const share = match[2] === undefined ? undefined : percent(match[2], match[3]);
  if (share !== undefined && !(share >= 0 && share <= 100)) return undefined;
  return { ...meaning(match[1]), ...(share === undefined ? {} : { share }) };
}

function percent(figure, sign) {
  const number = Number(figure.replace(",", "."));
  return Math.round((sign || number > 1 ? number : 100 * number) * 1e9) / 1e9;
}

function meaning(letter) {
  if (letter in LEVELS) return { level: LEVELS[letter], strength: "" };
  if (letter in STRENGTHS) return { level: "mapped", strength: STRENGTHS[letter] };
  return letter ? { level: "mapped", strength: "" } : {};
}

export function writeMark(cell) {
  if (!cell) return "";
  const letter = cell.level === "mapped" ? cell.strength || "✓" : cell.level;
  return cell.share === null ? letter : `${letter} ${Math.round(cell.share * 100) / 100}%`;
}

// Rows of cells as a spreadsheet puts them on the clipboard.
export function readTable(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t").map((value) => value.replace(/^"([\s\S]*)"$/, "$1")));
}
