// Changes go to the server one after another. What cannot be sent stays in the queue and is tried again;
// what is refused comes back with what the cell really holds.

const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;

export class Saver {
  // send(change) resolves to {kind: "saved" | "refused" | "forbidden" | "offline" | "trouble" | "signed_out", cell, message}
  constructor({ send, onSettled, onStatus }) {
    Object.assign(this, { send, onSettled, onStatus });
    this.queue = [];
    this.running = false;
    this.wait = FIRST_WAIT;
    this.timer = null;
  }

  // change: {course, ability, cell, known}; known is what the page showed before.
  put(change) {
    const waiting = this.queue.findLast((other) => samePlace(other, change) && !other.sending);
    if (waiting) waiting.cell = change.cell;
    else this.queue.push({ ...change });
    this.onStatus("saving", this.queue.length);
    this.run();
  }

  holds(course, ability) {
    return this.queue.some((change) => change.course === course && change.ability === ability);
  }

  holdsCourse(course) {
    return this.queue.some((change) => change.course === course);
  }

  retry() {
    clearTimeout(this.timer);
    this.timer = null;
    this.run();
  }

  async run() {
    if (this.running || this.timer) return;
    this.running = true;
    while (this.queue.length && (await this.sendFirst()));
    this.running = false;
  }

  async sendFirst() {
    const change = this.queue[0];
    change.sending = true;
    const answer = await this.send(change);
    change.sending = false;
    if (["offline", "trouble", "signed_out"].includes(answer.kind)) return this.later(answer.kind);
    this.wait = FIRST_WAIT;
    this.queue.shift();
    const following = this.queue.find((other) => samePlace(other, change));
    if (following && answer.cell !== undefined) following.known = answer.cell;
    this.onSettled(change, answer, Boolean(following));
    const done = answer.kind === "saved" ? "saved" : "refused";
    this.onStatus(this.queue.length ? "saving" : done, this.queue.length);
    return true;
  }

  later(kind) {
    this.onStatus(kind, this.queue.length);
    this.timer = setTimeout(() => this.retry(), this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
    return false;
  }
}

function samePlace(left, right) {
  return left.course === right.course && left.ability === right.ability;
}

// One change over the network, told apart by what the page must do about it.
export async function sendByPost(address, { token, rater }, change) {
  const body = new URLSearchParams({ course: change.course, ability: change.ability, rater, ...fields(change.cell) });
  body.set("known", JSON.stringify(change.known));
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      redirect: "manual",
    });
  } catch {
    return { kind: "offline" };
  }
  return answerOf(response);
}

async function answerOf(response) {
  if (response.type === "opaqueredirect") return { kind: "signed_out" };
  if (response.status === 403 || response.status === 404) return { kind: "forbidden" };
  let answer;
  try {
    answer = await response.json();
  } catch {
    return { kind: "trouble" };
  }
  return response.ok ? { kind: "saved", ...answer } : { kind: "refused", ...answer };
}

function fields(cell) {
  if (!cell) return { level: "none" };
  return { level: cell.level, share: cell.share ?? "", provenance: cell.provenance, evidence: cell.evidence };
}
