// The bar that shows the active cell in full. Without the script it is a plain form; with it, every change is saved at once.

import { say, short } from "./cells.js";

const FIELDS = ["level", "share", "provenance", "evidence"];

export class Editor {
  constructor(form, { words, others, threads, onChange, onLeave }) {
    Object.assign(this, { form, words, others, onChange, onLeave });
    this.threads = new Map(threads.map(([course, ability, count]) => [`${course} ${ability}`, count]));
    this.fields = Object.fromEntries(FIELDS.map((name) => [name, form.elements.namedItem(name)]));
    form.classList.toggle("rated", others.length > 0);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.changed(event.target.name));
    form.addEventListener("keydown", (event) => this.key(event));
  }

  changed(name) {
    if (FIELDS.includes(name)) this.onChange(name, this.fields[name].value.trim());
  }

  key(event) {
    if (event.key === "Escape") this.onLeave();
    if (event.key === "Enter" && event.target.tagName === "INPUT") {
      this.changed(event.target.name);
      this.onLeave();
    }
  }

  focus() {
    this.fields.level.focus();
  }

  show(course, ability, cell, { keepTyped, sayState }) {
    link(this.form.querySelector("[data-show=course]"), course);
    link(this.form.querySelector("[data-show=ability]"), ability);
    const hours = this.form.querySelector("[data-show=hours]");
    hours.textContent = course.hours === null ? this.words.no_hours : say(this.words.hours, { hours: short(course.hours) });
    const suggestions = this.form.querySelector("[data-show=suggestions]");
    if (suggestions) suggestions.href = `${suggestions.dataset.page}?course=${course.pk}`;
    this.showComments(course, ability);
    const statement = this.form.querySelector("[data-show=statement]");
    statement.textContent = statement.title = ability.statement || ability.area;
    const values = {
      level: cell?.level ?? "none",
      share: cell && cell.share !== null ? short(cell.share) : "",
      provenance: cell?.provenance ?? "declared",
      evidence: cell?.evidence ?? "",
    };
    this.fields.share.placeholder = cell && cell.share === null && cell.given !== null ? short(cell.given) : "";
    for (const [name, value] of Object.entries(values)) {
      // An answer of the server may come while the next field is being typed in.
      if (!keepTyped || this.fields[name] !== document.activeElement) this.fields[name].value = value;
    }
    this.showRaters(course.pk, ability.pk, sayState);
  }

  showComments(course, ability) {
    const comments = this.form.querySelector("[data-show=comments]");
    if (!comments) return;
    const count = this.threads.get(`${course.pk} ${ability.pk}`);
    comments.textContent = count ? say(this.words.comments_open, { count }) : this.words.comments;
    comments.href = `${comments.dataset.page}?${new URLSearchParams({ course: course.code, ability: ability.code })}`;
  }

  // Where nobody but the rater is to be heard there is no such link.
  openComments() {
    this.form.querySelector("[data-show=comments]")?.click();
  }

  showRaters(course, ability, sayState) {
    const found = this.others.filter((cell) => cell.course === course && cell.ability === ability);
    const said = found.map((cell) => `${cell.rater}: ${sayState(cell)}`).join(" · ");
    this.form.querySelector("[data-show=raters]").textContent = said;
  }
}

function link(anchor, record) {
  anchor.textContent = `${record.code} ${record.title}`;
  anchor.href = record.url;
}
