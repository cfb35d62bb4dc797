// What was done on this page, so that it can be undone and done again: a step is a list of {course, ability, before, after}.

export class Steps {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  push(edits) {
    const step = { edits };
    this.done.push(step);
    this.undone = [];
    return step;
  }

  undo() {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step;
  }

  redo() {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step;
  }

  // The last of what was done to this place did not last.
  forget({ course, ability }) {
    const at = (step) => step.edits.findIndex((edit) => edit.course === course && edit.ability === ability);
    const index = this.done.findLastIndex((step) => at(step) >= 0);
    if (index < 0) return;
    this.done[index].edits.splice(at(this.done[index]), 1);
    if (!this.done[index].edits.length) this.done.splice(index, 1);
  }
}
