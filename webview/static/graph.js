"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const { nodes, edges, options, bands, words } = JSON.parse($("data").textContent);
  const node = new Map(nodes.map((n) => [n.id, n]));
  const edge = new Map(edges.map((e) => [e.id, e]));
  const focus = nodes.find((n) => n.focus);
  const degree = new Map(nodes.map((n) => [n.id, 0]));
  for (const e of edges) for (const id of [e.from, e.to]) degree.set(id, degree.get(id) + 1);
  const start = focus || nodes.reduce((a, b) => (degree.get(b.id) > degree.get(a.id) ? b : a));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const glide = still || nodes.length > 150 ? false : { duration: 250, easingFunction: "easeInOutQuad" };
  const FACE = '"Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif';
  const GUTTER = 76; // left of the nodes, for the names of the bands
  const LEGIBLE = 0.45; // below this scale no box can be read: 15 px become 7
  const NEAR = 0.55; // below this scale the labels of reports and units cannot be read: 13 px become 7

  root.classList.add("js");
  let theme = {};
  let hidden = new Set();
  let lit = null; // ids of the nodes that are not faded; null: all
  let found = [];
  let layered = true;
  const DENSE = edges.length > 150; // more lines than that hide the boxes, unless they are pale

  /* ---- drawing ---- */

  function readTheme() {
    const style = getComputedStyle(root);
    for (const name of ["paper", "ink", "quiet", "rule", "fill", "accent", "tint"])
      theme[name] = style.getPropertyValue(`--${name}`).trim();
  }

  const outline = {
    instrument(ctx, x, y, n) {
      ctx.beginPath();
      ctx.roundRect(x - n.width / 2, y - n.height / 2, n.width, n.height, 3);
    },
    report(ctx, x, y, n) {
      const [left, top, fold] = [x - n.width / 2, y - n.height / 2, 10];
      ctx.beginPath();
      ctx.moveTo(left, top);
      ctx.lineTo(left + n.width - fold, top);
      ctx.lineTo(left + n.width, top + fold);
      ctx.lineTo(left + n.width, top + n.height);
      ctx.lineTo(left, top + n.height);
      ctx.closePath();
    },
    unit(ctx, x, y, n) {
      ctx.beginPath();
      ctx.arc(x, y, n.width / 2, 0, 2 * Math.PI);
    },
  };

  const inside = {
    instrument(ctx, x, y, n) {
      ctx.fillStyle = theme.ink;
      ctx.font = `${n.focus ? "600 " : ""}15px ${FACE}`;
      n.lines.forEach((line, i) => {
        if (n.detail && i === n.lines.length - 1) [ctx.fillStyle, ctx.font] = [theme.quiet, `13px ${FACE}`];
        ctx.fillText(line, x, y + (i - (n.lines.length - 1) / 2) * 20 + 1, n.width - 16);
      });
    },
    report(ctx, x, y, n) {
      const [left, top] = [x - n.width / 2, y - n.height / 2];
      ctx.lineWidth = 1.2;
      ctx.beginPath();
      ctx.moveTo(left + n.width - 10, top);
      ctx.lineTo(left + n.width - 10, top + 10);
      ctx.lineTo(left + n.width, top + 10);
      for (const [i, w] of [[0, 20], [1, 20], [2, 14]]) {
        ctx.moveTo(left + 7, top + 19 + i * 7);
        ctx.lineTo(left + 7 + w, top + 19 + i * 7);
      }
      ctx.stroke();
    },
    unit(ctx, x, y, n) {
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.arc(x, y, n.width / 2 - 4, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.fillStyle = ctx.strokeStyle;
      ctx.beginPath();
      for (let i = 0; i < 10; i++) {
        const [r, a] = [i % 2 ? 3.6 : 9, (i * Math.PI) / 5 - Math.PI / 2];
        ctx.lineTo(x + r * Math.cos(a), y + r * Math.sin(a));
      }
      ctx.fill();
    },
  };

  const faded = (n) => lit && !lit.has(n.id);

  function drawNode(ctx, x, y, n, { selected, hover }) {
    const marked = n.focus || selected;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    outline[n.group](ctx, x, y, n);
    ctx.fillStyle = theme.paper; // first opaque, so that no line shows through a faded node
    ctx.fill();
    ctx.globalAlpha = faded(n) ? 0.25 : 1;
    ctx.fillStyle = marked ? theme.tint : theme.fill;
    ctx.fill();
    ctx.strokeStyle = marked || hover ? theme.accent : n.group === "instrument" ? theme.ink : theme.quiet;
    ctx.lineWidth = marked ? 2.5 : n.group === "instrument" ? 1.2 : 1.6;
    ctx.stroke();
    inside[n.group](ctx, x, y, n);
    if (n.more) drawMore(ctx, x + n.width / 2, y - n.height / 2, `+${n.more}`);
  }

  function drawMore(ctx, x, y, text) {
    ctx.font = `600 11px ${FACE}`;
    const width = ctx.measureText(text).width + 10;
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - 8, width, 16, 8);
    ctx.fillStyle = theme.quiet;
    ctx.fill();
    ctx.fillStyle = theme.paper;
    ctx.fillText(text, x, y + 0.5);
  }

  function drawLabel(ctx, x, y, n, { selected, hover }) {
    const scale = ctx.getTransform().a / (window.devicePixelRatio || 1);
    const wanted = n.focus || selected || hover || nodes.length <= 40 || (lit && lit.has(n.id) && lit.size <= 12);
    if (scale < NEAR && !wanted) return;
    const size = scale < NEAR ? Math.min(11 / scale, 30) : 13; // a label asked for stays readable
    ctx.globalAlpha = faded(n) ? 0.25 : 1;
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.font = `${n.focus ? "600 " : ""}${size}px ${FACE}`;
    ctx.lineJoin = "round";
    ctx.lineWidth = size / 3;
    ctx.strokeStyle = theme.paper;
    ctx.fillStyle = theme.ink;
    n.lines.forEach((line, i) => {
      if (n.detail && i === n.lines.length - 1) ctx.fillStyle = theme.quiet;
      const top = y + n.height / 2 + 6 + i * size * 1.3;
      ctx.strokeText(line, x, top);
      ctx.fillText(line, x, top);
    });
  }

  function render({ ctx, id, x, y, state }) {
    const n = node.get(id);
    return {
      drawNode: () => drawNode(ctx, x, y, n, state),
      drawExternalLabel: n.group === "instrument" ? null : () => drawLabel(ctx, x, y, n, state),
      nodeDimensions: { width: n.width, height: n.height },
    };
  }

  function drawBands(ctx) {
    if (!layered) return;
    const scale = network.getScale();
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const right = from.x + ctx.canvas.width / scale;
    ctx.save();
    ctx.lineWidth = 1 / scale;
    ctx.strokeStyle = theme.rule;
    ctx.fillStyle = theme.quiet;
    ctx.font = `${12 / Math.min(scale, 1)}px ${FACE}`;
    ctx.textBaseline = "top";
    bands.forEach((band, i) => {
      if (i) {
        ctx.beginPath();
        ctx.moveTo(from.x, band.top);
        ctx.lineTo(right, band.top);
        ctx.stroke();
      }
      ctx.fillText(band.name, from.x + 8 / scale, band.top + 6 / scale);
    });
    ctx.restore();
  }

  /* ---- the network ---- */

  readTheme();
  const canvas = $("canvas");
  const drawn = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges.map(shade)) };
  options.nodes.ctxRenderer = render;
  options.edges.font = edgeFont();
  const network = new vis.Network(canvas, drawn, options);
  network.on("beforeDrawing", drawBands);
  network.once("afterDrawing", () => canvas.setAttribute("aria-busy", "false"));

  function edgeFont() {
    return { face: FACE, size: 13, color: theme.quiet, strokeWidth: 0, background: theme.paper, align: "horizontal" };
  }

  function repaint() {
    readTheme();
    network.setOptions({ edges: { font: edgeFont() } });
    shadeAll();
    network.redraw();
  }

  // vis-network knows the sizes of nodes only after drawing them, and nothing of their labels; we know both before.
  function bounds(shown) {
    const at = network.getPositions();
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const n of shown) {
      const { x, y } = at[n.id];
      box.left = Math.min(box.left, x - n.cell[0] / 2 - 16);
      box.right = Math.max(box.right, x + n.cell[0] / 2 + 16);
      box.top = Math.min(box.top, y - n.height / 2 - 36);
      box.bottom = Math.max(box.bottom, y - n.height / 2 + n.cell[1] + 16);
    }
    if (layered) box.left -= GUTTER;
    return box;
  }

  function frame(shown, width, height, largest) {
    const { left, right, top, bottom } = bounds(shown);
    const scale = Math.min(width / (right - left), height / (bottom - top), largest);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
  }

  function show(animation = false) {
    network.moveTo({ ...frame(seen(), canvas.clientWidth, canvas.clientHeight, 1.15), animation });
  }

  // Where the whole would be dust, begin at the focus (or at the node with most lines), at a size that can be read.
  function begin() {
    show();
    if (network.getScale() < LEGIBLE) network.moveTo({ ...close(start.id), animation: false });
  }

  // The node in the middle, but no emptiness beyond the edge of the picture.
  function close(id) {
    const [scale, box, at] = [0.7, bounds(seen()), network.getPosition(id)];
    const [w, h] = [canvas.clientWidth / scale / 2, canvas.clientHeight / scale / 2];
    const clamp = (value, low, high) => (low < high ? Math.min(Math.max(value, low), high) : (low + high) / 2);
    return { position: { x: clamp(at.x, box.left + w, box.right - w), y: clamp(at.y, box.top + h, box.bottom - h) }, scale };
  }

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: glide });

  // The wheel scrolls the page; over the picture it zooms with Ctrl, or once the picture has the focus.
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !canvas.contains(document.activeElement)) event.stopPropagation();
  }, { capture: true });

  /* ---- which nodes and edges are seen ---- */

  function shade(e) {
    const shown = lit && lit.has(e.from) && lit.has(e.to);
    const colour = e.color || theme[e.tone];
    return {
      ...e,
      color: { color: colour, highlight: colour, hover: colour, opacity: shown ? 1 : lit ? 0.1 : DENSE ? 0.4 : 1 },
      label: shown || !(lit || DENSE) ? e.label : "",
    };
  }

  function light(ids) {
    lit = ids;
    shadeAll();
  }

  function shadeAll() {
    drawn.edges.update(edges.map(shade).map(({ id, color, label }) => ({ id, color, label })));
  }

  const seen = () => nodes.filter((n) => !hidden.has(n.id));

  // A node whose lines are all put away goes with them.
  function filter() {
    const off = new Set([...document.querySelectorAll("[name=relation]:not(:checked)")].map((box) => +box.value));
    const joined = new Set();
    for (const e of edges) if (!off.has(e.relation)) joined.add(e.from).add(e.to);
    hidden = new Set(nodes.filter((n) => degree.get(n.id) && !joined.has(n.id) && !n.focus).map((n) => n.id));
    drawn.nodes.update(nodes.map((n) => ({ id: n.id, hidden: hidden.has(n.id) })));
    drawn.edges.update(edges.map((e) => ({ id: e.id, hidden: off.has(e.relation) })));
    for (const row of document.querySelectorAll("#edges tbody tr")) row.hidden = off.has(+row.dataset.relation);
  }

  function arrange(free) {
    layered = !free;
    network.setOptions({ physics: { enabled: free }, edges: { smooth: free ? false : options.edges.smooth } });
    if (free) {
      network.once("stabilizationIterationsDone", () => {
        network.setOptions({ physics: { enabled: false } });
        show();
      });
      network.stabilize(200);
    } else {
      drawn.nodes.update(nodes.map(({ id, x, y }) => ({ id, x, y })));
      network.redraw(); // so that vis-network learns which nodes are on the screen again
      show();
    }
  }

  /* ---- the panel ---- */

  const panel = $("panel");
  const silence = panel.firstElementChild;

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  const number = (text, n) => text.replace("{n}", n);

  function link(n) {
    const made = make("a", "", n.name);
    made.href = `#n=${n.id}`;
    return made;
  }

  // The sentences stand in the table once; the panel shows a copy of them.
  function item(e, { from, to }) {
    const row = $(`e${e.id}`);
    const relation = make("span", "relation", ...row.querySelector(".relation").cloneNode(true).childNodes);
    const head = make("p", "", ...(from ? [link(from)] : []), relation, ...(to ? [link(to)] : []));
    head.append(make("small", "", number(words.places, e.count)));
    const made = make("div", "item", head);
    const places = row.querySelector(".places");
    if (places) made.append(...fold(places.cloneNode(true)));
    return made;
  }

  function fold(list) {
    const rest = [...list.children].slice(3);
    if (!rest.length) return [list];
    const more = make("details", "", make("summary", "", number(words.rest, rest.length)), make("ol", "places", ...rest));
    return [list, more];
  }

  function group(title, found, end) {
    if (!found.length) return [];
    return [make("h3", "", title), ...found.map((e) => item(e, { [end]: node.get(e[end]) }))];
  }

  function open(name, ...content) {
    const button = make("button", "close", "×");
    button.type = "button";
    button.title = words.close;
    button.setAttribute("aria-label", words.close);
    button.addEventListener("click", clear);
    panel.replaceChildren(make("header", "", make("h2", "", name), button), ...content);
    panel.scrollTop = 0;
  }

  function openNode(n) {
    const facts = n.facts.map((fact) => make("p", "facts", fact));
    if (n.more) facts.push(make("p", "facts", number(words.more, n.more)));
    const outgoing = edges.filter((e) => e.from === n.id);
    const incoming = edges.filter((e) => e.to === n.id && e.from !== n.id);
    open(n.name, ...facts, ...group(words.outgoing, outgoing, "to"), ...group(words.incoming, incoming, "from"));
  }

  function openEdge(e) {
    const [from, to] = [node.get(e.from), node.get(e.to)];
    open(`${from.name} → ${to.name}`, item(e, { from, to }));
  }

  /* ---- choosing ---- */

  function choose(id, { move = true } = {}) {
    const n = node.get(id);
    if (!n) return;
    network.selectNodes([id]);
    light(new Set([id, ...network.getConnectedNodes(id)]));
    openNode(n);
    history.replaceState(null, "", `#n=${id}`);
    if (move) network.moveTo({ ...around(id), animation: glide });
  }

  // The node with all its neighbours where they fit at a size that can be read, else the node in the middle.
  function around(id) {
    const view = frame([...lit].map((other) => node.get(other)), canvas.clientWidth, canvas.clientHeight, 1);
    return view.scale < LEGIBLE ? close(id) : view;
  }

  function chooseEdge(id) {
    const e = edge.get(id);
    light(new Set([e.from, e.to]));
    openEdge(e);
  }

  function clear() {
    network.unselectAll();
    light(null);
    panel.replaceChildren(silence);
    history.replaceState(null, "", location.pathname + location.search);
  }

  network.on("click", (event) => {
    if (event.nodes.length) choose(event.nodes[0], { move: false });
    else if (event.edges.length) chooseEdge(event.edges[0]);
    else clear();
  });
  network.on("hoverNode", () => (canvas.style.cursor = "pointer"));
  network.on("hoverEdge", () => (canvas.style.cursor = "pointer"));
  network.on("blurNode", () => (canvas.style.cursor = ""));
  network.on("blurEdge", () => (canvas.style.cursor = ""));

  function chooseByAddress() {
    const asked = /^#n=(\d+)$/.exec(location.hash);
    if (asked) choose(+asked[1]);
    return Boolean(asked);
  }
  addEventListener("hashchange", chooseByAddress);
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("a[href^='#n=']");
    if (!asked) return;
    event.preventDefault();
    choose(+asked.hash.slice(3));
    canvas.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  });

  /* ---- searching: accents and case do not matter ---- */

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const searched = nodes.map((n) => ({ n, text: plain([n.name, ...n.facts].join(" ")) }));
  const find = $("find");

  find.addEventListener("input", () => {
    const asked = plain(find.value).split(/\s+/).filter(Boolean);
    found = asked.length ? searched.filter(({ text }) => asked.every((word) => text.includes(word))).map(({ n }) => n) : [];
    const exact = nodes.find((n) => n.name === find.value);
    $("found").value = asked.length ? (found.length ? number(words.found, found.length) : words.found_none) : "";
    if (exact) choose(exact.id);
    else light(found.length ? new Set(found.map((n) => n.id)) : null);
  });

  $("tools").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!found.length) return;
    choose(found[0].id);
    found.push(found.shift()); // the next Enter shows the next one
  });

  /* ---- the picture on paper ---- */

  const LONGEST = 4096; // pixels; every browser draws a canvas of this size

  // The whole picture, whatever part of it is on the screen, at a size that can be read.
  function wholePicture(paper, captioned) {
    const [scale, position] = [network.getScale(), network.getViewPosition()];
    const { left, right, top, bottom } = bounds(seen());
    const size = Math.min(1.5, LONGEST / (right - left), LONGEST / (bottom - top));
    const [width, height] = [(right - left) * size, (bottom - top) * size];
    network.setSize(`${width}px`, `${height}px`);
    network.moveTo({ ...frame(seen(), width, height, size), animation: false });
    network.redraw();
    const source = canvas.querySelector("canvas");
    const legend = captioned ? legendRows(source.width - 24) : [];
    const head = captioned ? 56 : 0;
    [paper.width, paper.height] = [source.width, source.height + head + legend.length * 32 + head / 4];
    const ctx = paper.getContext("2d");
    ctx.fillStyle = theme.paper;
    ctx.fillRect(0, 0, paper.width, paper.height);
    ctx.drawImage(source, 0, head);
    if (captioned) caption(ctx, legend, head + source.height + 16);
    network.setSize("100%", "100%");
    network.moveTo({ scale, position, animation: false });
    network.redraw();
    return paper;
  }

  // A picture that leaves the page takes its title and its legend along.
  function legendRows(width) {
    const ctx = document.createElement("canvas").getContext("2d");
    ctx.font = `18px ${FACE}`;
    const rows = [[]];
    let x = 24;
    for (const box of document.querySelectorAll("[name=relation]:checked")) {
      const word = box.parentNode.querySelector("bdi").textContent;
      const colour = getComputedStyle(box.parentNode.querySelector("svg")).color;
      const wide = 40 + ctx.measureText(word).width;
      if (x + wide > width && x > 24) [x] = [24, rows.push([])];
      rows[rows.length - 1].push({ x, word, colour });
      x += wide + 32;
    }
    return rows;
  }

  function caption(ctx, legend, top) {
    ctx.textBaseline = "middle";
    ctx.fillStyle = theme.ink;
    ctx.font = `600 28px ${FACE}`;
    ctx.fillText(document.querySelector("h1").textContent, 24, 32, ctx.canvas.width - 48);
    ctx.font = `18px ${FACE}`;
    ctx.lineWidth = 4;
    legend.forEach((row, i) => row.forEach(({ x, word, colour }) => {
      const y = top + i * 32;
      ctx.strokeStyle = colour;
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x + 32, y);
      ctx.stroke();
      ctx.fillText(word, x + 40, y);
    }));
  }

  function savePng() {
    onPaper(() => wholePicture(document.createElement("canvas"), true)).toBlob((blob) => {
      const made = make("a", "");
      made.href = URL.createObjectURL(blob);
      made.download = `${plain(document.querySelector("h1").textContent).replace(/[^a-z0-9]+/g, "-").slice(0, 60) || "cancu"}.png`;
      made.click();
      setTimeout(() => URL.revokeObjectURL(made.href), 1000);
    }, "image/png");
  }

  // Paper is light, and so is a picture that goes into a document.
  function onPaper(work) {
    root.dataset.print = "";
    repaint();
    const made = work();
    delete root.dataset.print;
    repaint();
    return made;
  }

  addEventListener("beforeprint", () => onPaper(() => wholePicture($("paper"), false)));

  /* ---- buttons ---- */

  $("in").addEventListener("click", () => zoom(1.3));
  $("out").addEventListener("click", () => zoom(1 / 1.3));
  $("fit").addEventListener("click", () => show(glide));
  $("png").addEventListener("click", savePng);
  document.querySelectorAll("[name=arrange]").forEach((radio) =>
    radio.addEventListener("change", () => arrange(radio.value === "free")));
  document.querySelectorAll("[name=relation]").forEach((box) => box.addEventListener("change", filter));
  document.addEventListener("keydown", (event) => event.key === "Escape" && clear());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

  /* ---- the table, which the browser reads after this script ---- */

  function unfolding() {
    const button = $("unfold");
    const places = [...document.querySelectorAll("#edges details")];
    const unfolded = () => places.every((place) => place.open);
    button.addEventListener("click", () => {
      const open = !unfolded();
      for (const place of places) place.open = open;
    });
    const say = () => (button.textContent = unfolded() ? button.dataset.open : button.dataset.closed);
    for (const place of places) place.addEventListener("toggle", say);
  }

  addEventListener("DOMContentLoaded", () => {
    if (edges.length) unfolding();
    if (!chooseByAddress() && focus) openNode(focus);
  });

  begin();
  network.redraw(); // at once: the browser may otherwise read the table first
})();
