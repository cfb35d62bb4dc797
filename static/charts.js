// Draws the figures of a page. A figure is JSON in a script tag; its place names it by data-figure.
"use strict";
(() => {
  // The one place that configures Plotly: the mode bar waits until wanted, and nothing is ever sent to another host.
  const CONFIG = { displaylogo: false, displayModeBar: false, responsive: true, plotlyServerURL: "", modeBarButtonsToRemove: ["sendChartToCloud", "lasso2d", "select2d"], showSendToCloud: false, showEditInChartStudio: false, showLink: false };
  const TOKENS = { "#0072B2": "--theory", "#D55E00": "--practice", "#1c2430": "--demand", "#c9d1da": "--line-strong", "#ffffff": "--paper", "#e3e7ec": "--line", "#5b6675": "--soft", "#0b4f8a": "--accent", "#b3261e": "--gap", "#00694d": "--ok", "#6b4fa0": "--over" };
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const NARROW = 560;
  const PAPER = 650; // what A4 leaves for a figure
  let printing = false;

  function themed(value) {
    if (Array.isArray(value)) return value.map(themed);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, themed(v)]));
    if (typeof value !== "string" || value[0] !== "#") return value;
    const name = TOKENS[value.slice(0, 7)];
    return name ? token(name) + value.slice(7) : value;
  }

  const axis = (given) => ({ gridcolor: token("--line"), zerolinecolor: token("--line"), tickfont: { color: token("--soft"), size: 12 }, automargin: true, ...given });

  function base(layout) {
    return {
      ...layout,
      font: { family: token("--font"), size: 13, color: token("--ink") },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      hoverlabel: { bgcolor: token("--paper"), bordercolor: token("--line-strong"), font: { color: token("--ink"), family: token("--font"), size: 13 }, align: "left" },
      xaxis: axis(layout.xaxis), yaxis: axis(layout.yaxis),
    };
  }

  const unescaped = (text) => { const area = document.createElement("textarea"); area.innerHTML = text; return area.value; };
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const span = (text) => [...text].reduce((sum, c) => sum + (c > "\u2e7f" ? 13.2 : 7), 0);

  // Plotly does not wrap: so many lines at most, broken between words, or between characters in Chinese.
  function linesOf(text, room, most, wide = span) {
    const pieces = /[\u2e80-\uffff]/.test(text) ? [...text] : text.split(/(?<= )/);
    const lines = [""];
    for (const piece of pieces) {
      const here = lines[lines.length - 1];
      if (lines.length < most && here && wide(here + piece.trimEnd()) > room) lines.push("");
      lines[lines.length - 1] += piece;
    }
    let last = lines[lines.length - 1];
    if (wide(last) > room) { while (wide(last + "…") > room) last = last.slice(0, -1); lines[lines.length - 1] = last.trimEnd() + "…"; }
    return lines;
  }

  const broken = (text, room, most, wide) => linesOf(text, room, most, wide).map((line) => escaped(line.trim())).join("<br>");

  function wrapped(row, room) {
    return `<a href="${row.href}" target="_self">${broken(unescaped(row.title), room, 2)}</a>`;
  }

  // Rows with a name, marks and a word: beside one another where there is room, else the name above its marks.
  function rows(layout, width) {
    const narrow = width < NARROW;
    // On a phone a long word gives way to the name: it breaks after its comma.
    const list = layout.meta.rows.map((row) => narrow ? { ...row, label: row.label.replace(/([,，、]) ?/, "$1<br>") } : row);
    const wide = (label) => Math.max(...label.split("<br>").map(span));
    const tagRoom = Math.max(...list.map((row) => wide(row.label))) + 12;
    const left = narrow ? 16 : Math.min(330, Math.round(width * 0.36)), right = narrow ? 14 : tagRoom + 22;
    const names = list.map((row, y) => {
      const name = wrapped(row, narrow ? width - wide(row.label) - 44 : left - 26);
      return { text: name, xref: "paper", x: 0, xanchor: "left", xshift: narrow ? -14 : -left + 2, yref: "y", y, yshift: narrow ? 16 : 0, yanchor: narrow ? "bottom" : "middle", showarrow: false, align: "left" };
    });
    const words = list.map((row, y) => ({ text: row.label, xref: "paper", x: 1, xanchor: narrow ? "right" : "left", xshift: narrow ? 6 : 18, yref: "y", y, yshift: narrow ? 18 : 0, yanchor: narrow ? "bottom" : "middle", showarrow: false, font: { size: 12, color: token(`--${row.tone}`) }, bgcolor: token(`--${row.tone}-bg`), borderpad: 3 }));
    // Names of two lines need air between one another.
    const tall = names.some((name) => name.text.includes("<br>"));
    const step = narrow ? (tall ? 62 : 54) : tall ? 37 : 31;
    const yaxis = { ...layout.yaxis, range: [list.length - 0.6, narrow ? -0.85 : -0.6] };
    return { ...layout, yaxis, height: list.length * step + 40, annotations: [...names, ...words], margin: { l: left, r: right, t: 2, b: 30 } };
  }

  // Kinds of figures that need more than Plotly gives; other scripts of this folder add theirs before this one runs.
  const kinds = { rows: { layout: rows }, ...window.chartKinds };
  const tools = { token, span, escaped, unescaped, broken, axis };

  function draw(place) {
    const source = JSON.parse(document.getElementById(place.dataset.figure).textContent);
    const figure = themed(source), width = printing ? PAPER : place.clientWidth;
    let layout = base({ margin: { l: 48, r: 12, t: 12, b: 40 }, ...figure.layout, ...(printing ? { width } : {}) });
    const meta = source.layout.meta || {}, kind = kinds[meta.kind];
    if (kind) layout = kind.layout(layout, width, tools);
    const data = kind && kind.data ? kind.data(figure.data, meta, width) : figure.data;
    Plotly.react(place, data, layout, CONFIG).then(() => {
      place.removeAllListeners && place.removeAllListeners("plotly_click");
      if (kind && kind.drawn) kind.drawn(place, meta);
      const list = meta.kind === "rows" && meta.rows;
      if (kind && kind.opened) place.on("plotly_click", (event) => { const href = kind.opened(event.points[0], meta, width); if (href) window.location.assign(href); });
      if (list) place.on("plotly_click", (event) => { const row = list[event.points[0].y]; if (row) window.location.assign(row.href); });
      const links = meta.links;
      if (links) place.on("plotly_click", (event) => { const p = event.points[0], href = (links[p.curveNumber] || [])[p.pointNumber]; if (href) window.location.assign(href); });
    });
  }

  const places = () => document.querySelectorAll("[data-figure]");
  const drawAll = () => places().forEach((place) => { if (place.offsetParent !== null) draw(place); });
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("toggle", drawAll, true);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  // What is folded on the page is open on paper; a figure in it is drawn when it opens.
  const folded = () => document.querySelectorAll("details.printed");
  window.addEventListener("beforeprint", () => { printing = true; folded().forEach((each) => { each.dataset.was = each.open ? "open" : ""; each.open = true; }); drawAll(); });
  window.addEventListener("afterprint", () => { printing = false; folded().forEach((each) => { each.open = each.dataset.was === "open"; }); drawAll(); });
  let width = window.innerWidth, timer = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth; clearTimeout(timer); timer = setTimeout(drawAll, 120);
  });
})();
