// The prerequisite graph: courses as boxes that open them, and what hangs on the one that is pointed at or focused.
"use strict";
(() => {
  const MARGIN = 4, SIZE = 11;
  const pen = document.createElement("canvas").getContext("2d");

  function wide(text, tools, weight = "") {
    pen.font = `${weight} ${SIZE}px ${tools.token("--font")}`;
    return pen.measureText(text).width;
  }

  const crowded = (node, width, tools) => wide(`${node.code}  ${node.figure}`, tools, "bold") > width - 3 * MARGIN;

  // One box a course, as wide as its column allows; a box is an annotation, so that its text is a real link.
  function box(node, width, meta, tools) {
    const height = (node.tied ? meta.row : meta.row * 0.72) - 8;
    // A box that no line reaches is lower, and one whose code fills its first line leaves the last to the figure.
    const most = node.tied && !crowded(node, width, tools) ? 2 : 1;
    const title = tools.broken(node.title, width - 2 * MARGIN - 4, most, (text) => wide(text, tools));
    return {
      x: node.x, y: node.y, width: width - 2 * MARGIN, height: height - 2 * MARGIN, align: "left", valign: "top", borderpad: MARGIN - 1, showarrow: false,
      // Plotly cuts a link at each line break, so the code alone is one: a single stop for the Tab key.
      text: `<a href="${node.href}" target="_self"><b>${tools.escaped(node.code)}</b></a><br>${title}`,
      font: { size: SIZE, color: tools.token(node.tied ? "--ink" : "--soft") },
      bgcolor: tools.token("--paper"), bordercolor: tools.token(node.critical ? "--accent" : node.tied ? "--line-strong" : "--line"), borderwidth: node.critical ? 2.5 : 1,
    };
  }

  function figure(node, width, meta, tools) {
    const low = crowded(node, width, tools), edge = meta.row / 2 - 6;
    return { x: node.x, y: node.y, xanchor: "right", yanchor: low ? "bottom" : "top", xshift: width / 2 - 5, yshift: low ? 3 - edge : edge, text: `${node.figure}`, showarrow: false, align: "right", font: { size: 11.5, color: tools.token("--accent") }, borderpad: 0 };
  }

  function heading(term, x, room, tools) {
    // Where counts would run into the next term's they are left to the table.
    const words = wide(term.words, tools) < room ? `<br><span style="font-size:${SIZE}px">${tools.escaped(term.words)}</span>` : "";
    return { x, yref: "paper", y: 1, yanchor: "bottom", yshift: 6, showarrow: false, text: `<b>${tools.escaped(term.title)}</b>${words}`, font: { size: 12.5, color: tools.token("--soft") } };
  }

  // A line between the courses that prerequisites tie together and the others.
  function divider(meta, tools) {
    if (!meta.divider) return [];
    const y = meta.divider + 0.4;
    return [{ type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, line: { color: tools.token("--line"), width: 1 }, label: { text: tools.escaped(meta.loose), textposition: "start", yanchor: "bottom", xanchor: "left", font: { size: 11.5, color: tools.token("--soft") } } }];
  }

  function layout(given, width, tools) {
    const meta = given.meta, room = (width / meta.terms.length) * 2 * meta.half;
    const tied = meta.nodes.filter((node) => node.tied);
    return {
      ...given, shapes: divider(meta, tools),
      annotations: [
        ...meta.nodes.map((node) => box(node, room, meta, tools)),
        ...tied.map((node) => figure(node, room, meta, tools)),
        ...meta.terms.map((term, x) => heading(term, x, width / meta.terms.length - 6, tools)),
      ],
    };
  }

  function reached(code, edges, from, to) {
    const seen = new Set(), waiting = [code];
    while (waiting.length) {
      const here = waiting.pop();
      for (const edge of edges) if (edge[from] === here && !seen.has(edge[to])) { seen.add(edge[to]); waiting.push(edge[to]); }
    }
    return seen;
  }

  function light(place, meta, node) {
    const said = document.querySelector(place.dataset.said);
    place.classList.toggle("lit", Boolean(node));
    if (said) said.textContent = node ? node.said : said.dataset.idle;
    if (!node) return;
    const back = reached(node.code, meta.edges, 1, 0), forth = reached(node.code, meta.edges, 0, 1);
    const inside = (set, code) => code === node.code || set.has(code);
    meta.nodes.forEach((other, i) => {
      const on = inside(back, other.code) || forth.has(other.code);
      for (const part of place.querySelectorAll(`.annotation[data-index="${i}"], .annotation[data-index="${other.mark}"]`)) part.classList.toggle("off", !on);
    });
    place.querySelectorAll(".scatterlayer .trace").forEach((line, i) => {
      const [first, then] = meta.edges[i];
      line.classList.toggle("off", !((inside(back, first) && inside(back, then)) || (inside(forth, first) && inside(forth, then))));
    });
  }

  // Plotly draws anew at each change of width or theme, so one listener waits outside what it draws.
  function drawn(place, meta) {
    let mark = meta.nodes.length;
    meta.nodes.forEach((node, i) => {
      node.mark = node.tied ? mark++ : -1;
      const link = place.querySelector(`.annotation[data-index="${i}"] a`);
      if (link) link.setAttribute("aria-label", `${node.code} ${node.title}`.trim());
    });
    if (place.dataset.listens) return;
    place.dataset.listens = "yes";
    const nodeAt = (target) => { const g = target.closest && target.closest(".annotation"); return g ? meta.nodes[Number(g.dataset.index)] : undefined; };
    for (const kind of ["pointerover", "focusin"]) place.addEventListener(kind, (event) => light(place, meta, nodeAt(event.target)));
    for (const kind of ["pointerleave", "focusout"]) place.addEventListener(kind, () => light(place, meta));
    place.addEventListener("click", (event) => { const node = nodeAt(event.target); if (node && !event.target.closest("a")) window.location.assign(node.href); });
  }

  window.chartKinds = { ...window.chartKinds, graph: { layout, drawn } };
})();
