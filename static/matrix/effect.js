// What the mapping makes of the gaps, asked for once nothing is being saved any more.

import { say } from "./cells.js";

const QUIET = 1500;
let timer = null;
let asked = 0;

export function showEffect(place, { effect, gaps }, words) {
  if (!place || !effect) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(place, effect, gaps, words), QUIET);
}

async function ask(place, address, before, words) {
  const number = (asked += 1);
  let answer;
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!response.ok) return;
    answer = await response.json();
  } catch {
    return; // what was shown stays; the next save asks again
  }
  if (number !== asked) return;
  const told = answer.gaps === null ? "" : say(before === null ? words.gaps : words.gaps_from, { gaps: answer.gaps, before });
  place.textContent = [told, answer.sentence].filter(Boolean).join(" · ");
}
