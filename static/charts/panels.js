// Panels that share their rows: beside one another where there is room, else one line a panel below the row's name.
"use strict";
(() => {
  const NARROW = 720, STEP = 35, TALL = 41, LINE = 24;

  const axes = (layout) => Object.keys(layout).filter((name) => /^xaxis\d*$/.test(name)).sort((a, b) => (Number(a.slice(5)) || 1) - (Number(b.slice(5)) || 1));

  // Where a panel's name must be cut, its year stays, because that is what tells two years apart.
  function title(panel, room, most, tools) {
    const name = panel.name ? tools.broken(panel.name, room - tools.span(panel.year) - 6, most) + " " : "";
    return name + panel.year;
  }

  function name(row, y, room, tools, place) {
    return { text: `<a href="${row.hrefs[0]}" target="_self">${tools.broken(tools.unescaped(row.title), room, 2)}</a>`, xref: "paper", x: 0, xanchor: "left", yref: "y", y, showarrow: false, align: "left", font: { size: 13 }, ...place };
  }

  function wide(layout, width, tools) {
    const { rows, panels } = layout.meta, left = Math.min(250, Math.round(width * 0.26));
    const names = rows.map((row, y) => name(row, y, left - 22, tools, { xshift: -left, yanchor: "middle" }));
    const heads = panels.map((panel, i) => ({ text: `<b>${title(panel, (width - left) / panels.length - 36, 2, tools)}</b>`, xref: `x${i ? i + 1 : ""} domain`, x: 0, xanchor: "left", yref: "paper", y: 1, yanchor: "bottom", yshift: 4, showarrow: false, align: "left", font: { size: 13, color: tools.token("--soft") } }));
    const step = names.some((each) => each.text.includes("<br>")) ? TALL : STEP;
    const out = { ...layout, height: rows.length * step + 74, margin: { l: left, r: 8, t: 42, b: 30 }, annotations: [...names, ...heads] };
    for (const axis of axes(layout)) out[axis] = tools.axis(layout[axis]);
    return out;
  }

  function narrow(layout, width, tools) {
    const { rows, panels } = layout.meta, block = panels.length + 1.3;
    const longest = Math.max(...panels.map((panel) => tools.span(`${panel.name} ${panel.year}`))) + 14, left = Math.min(longest, Math.round(width * 0.42));
    const names = rows.map((row, i) => name(row, i * block - 0.25, width - 8, tools, { xshift: -left, yanchor: "bottom" }));
    const lines = rows.flatMap((_row, i) => panels.map((panel, k) => ({ text: title(panel, left - 4, 1, tools), xref: "paper", x: 0, xanchor: "left", xshift: -left, yref: "y", y: i * block + k + 0.2, yanchor: "middle", showarrow: false, font: { size: 11.5, color: tools.token("--soft") } })));
    const out = { ...layout, margin: { l: left, r: 8, t: 4, b: 30 }, height: rows.length * block * LINE + 40, annotations: [...names, ...lines], yaxis: { ...layout.yaxis, range: [rows.length * block - 0.7, -1.6] } };
    for (const axis of axes(layout)) delete out[axis];
    return { ...out, xaxis: tools.axis({ ...layout.xaxis, domain: [0, 1] }) };
  }

  // On a narrow screen every trace moves to the one axis and to the lines of its panel.
  function data(traces, meta, width) {
    if (width >= NARROW) return traces;
    const block = meta.panels.length + 1.3;
    return traces.map((trace, i) => ({ ...trace, xaxis: "x", y: trace.y.map((y) => y === null ? null : y * block + Math.floor(i / meta.traces) + 0.2) }));
  }

  const layout = (given, width, tools) => (width < NARROW ? narrow : wide)(given, width, tools);

  // A mark opens the ability in the plan of its panel.
  function opened(point, meta, width) {
    const panel = Math.floor(point.curveNumber / meta.traces), block = meta.panels.length + 1.3;
    const row = width < NARROW ? Math.floor(point.y / block) : point.y;
    return meta.rows[row] && meta.rows[row].hrefs[panel];
  }

  window.chartKinds = { ...window.chartKinds, panels: { layout, data, opened } };
})();
