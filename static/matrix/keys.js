// A spreadsheet's keys. Each handler says what to do; nothing here knows how it is done.

const LEVELS = { i: "I", d: "D", a: "A", x: "mapped", "✓": "mapped", "√": "mapped" };
const PAGE = 10;

const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

export class Keys {
  // act: move(down, right), extend(down, right), jump(down, right), step(±1) -> moved?, level(letter), share(text), clear(),
  // fill(down?), all(), undo(), redo(), edit(), comments(), help(), typing(text|null)
  constructor(act, { editable }) {
    this.act = act;
    this.editable = editable;
    this.typed = null;
    this.leaving = false;
  }

  // True when the key was taken.
  take(event) {
    const leaving = this.leaving;
    this.leaving = false;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) return this.command(event);
    if (event.altKey || event.isComposing) return false;
    if (event.key in MOVES) return event.shiftKey ? this.extend(...MOVES[event.key]) : this.move(...MOVES[event.key]);
    if (event.key === "Tab") return !leaving && this.tab(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") return this.escape();
    if (event.key === "?") return this.done(() => this.act.help());
    if (event.key.toLowerCase() === "c" && this.typed === null) return this.done(() => this.act.comments());
    return this.editable && (this.editing(event) || this.letter(event));
  }

  command(event) {
    const key = event.key.toLowerCase();
    if (event.key.startsWith("Arrow")) return this.done(() => this.act.jump(...MOVES[event.key]));
    if (key === "a") return this.done(() => this.act.all());
    if (this.editable && key === "z" && !event.shiftKey) return this.done(() => this.act.undo());
    if (this.editable && (key === "y" || key === "z")) return this.done(() => this.act.redo());
    if (this.editable && (key === "d" || key === "r")) return this.done(() => this.act.fill(key === "d"));
    if (event.key === "Home") return this.move(-Infinity, -Infinity);
    if (event.key === "End") return this.move(Infinity, Infinity);
    return false;
  }

  move(down, right) {
    this.finish();
    this.act.move(down, right);
    return true;
  }

  extend(down, right) {
    this.finish();
    this.act.extend(down, right);
    return true;
  }

  tab(step) {
    this.finish();
    return this.act.step(step);
  }

  editing(event) {
    if (event.key === "Enter") return this.enter();
    if (event.key === "F2") return this.done(() => this.act.edit());
    if (event.key === "Delete") return this.done(() => this.act.clear());
    if (event.key === "Backspace") return this.backspace();
    return false;
  }

  letter(event) {
    // An input method in between reports the key by its place only.
    const key = event.key === "Process" ? event.code.replace(/^(Key|Digit)/, "") : event.key;
    if (/^[0-9]$/.test(key) || (this.typed !== null && /^[.,]$/.test(key))) return this.digit(key.replace(",", "."));
    const level = LEVELS[key.toLowerCase()];
    return level ? this.done(() => this.act.level(level)) : false;
  }

  digit(key) {
    this.typed = (this.typed ?? "") + key;
    this.act.typing(this.typed);
    return true;
  }

  enter() {
    if (this.typed === null) this.act.edit();
    else if (this.finish()) this.act.move(1, 0);
    return true;
  }

  escape() {
    this.leaving = this.typed === null;
    this.drop();
    return true;
  }

  backspace() {
    if (this.typed === null) this.act.clear();
    else this.shorten();
    return true;
  }

  shorten() {
    this.typed = this.typed.slice(0, -1);
    if (this.typed) this.act.typing(this.typed);
    else this.drop();
  }

  // Takes what was typed as a share; false when it was not a share.
  finish() {
    if (this.typed === null) return true;
    const typed = this.typed;
    this.drop();
    return this.act.share(typed);
  }

  drop() {
    if (this.typed === null) return;
    this.typed = null;
    this.act.typing(null);
  }

  done(act) {
    this.drop();
    act();
    return true;
  }
}
