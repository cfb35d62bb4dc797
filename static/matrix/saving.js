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

  // change: {course, ability, cell, known}; known is what the page showed before. A block is {edits: [change]}.
  put(change) {
    const waiting = change.edits ? null : this.waiting(change);
    if (waiting) waiting.cell = change.cell;
    else this.queue.push({ ...change });
    this.onStatus("saving", this.count());
    this.run();
  }

  // A single change that is not under way, and that no block follows.
  waiting(change) {
    const last = this.queue.findLast((other) => other.edits || samePlace(other, change));
    return last && !last.edits && !last.sending ? last : null;
  }

  all() {
    return this.queue.flatMap((change) => change.edits ?? [change]);
  }

  count() {
    return this.all().length;
  }

  holds(course, ability) {
    return this.all().some((change) => change.course === course && change.ability === ability);
  }

  holdsCourse(course) {
    return this.all().some((change) => change.course === course);
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
    this.onStatus(this.queue.length ? "saving" : done, this.count());
    return true;
  }

  later(kind) {
    this.onStatus(kind, this.count());
    this.timer = setTimeout(() => this.retry(), this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
    return false;
  }
}

function samePlace(left, right) {
  return !left.edits && left.course === right.course && left.ability === right.ability;
}

// One change or one block over the network, told apart by what the page must do about it.
export async function sendByPost({ save, saveBlock }, { token, rater }, change) {
  const address = change.edits ? saveBlock : save;
  const body = change.edits ? blockBody(change.edits, rater) : cellBody(change, rater);
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

function cellBody(change, rater) {
  const body = new URLSearchParams({ course: change.course, ability: change.ability, rater, ...fields(change.cell) });
  body.set("known", JSON.stringify(change.known));
  return body;
}

function blockBody(edits, rater) {
  const sent = edits.map(({ course, ability, cell, known }) => ({ course, ability, cell: stated(cell), known: stated(known) }));
  return new URLSearchParams({ rater, block: JSON.stringify({ edits: sent }) });
}

function stated(cell) {
  if (!cell) return null;
  const { level, share, provenance, evidence, strength } = cell;
  return { level, share, provenance, evidence, strength: strength || "" };
}

function fields(cell) {
  if (!cell) return { level: "none" };
  return { level: cell.level, share: cell.share ?? "", provenance: cell.provenance, evidence: cell.evidence };
}
