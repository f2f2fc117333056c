"use strict";

const by = (id) => document.getElementById(id);
const stage = by("stage");
const picture = by("picture");
const STEP = 1.25;
const LEAST = 0.05;
const MOST = 16;

/* What is shown: a diagram, how large, and where its upper left corner is on the stage. */
const view = { path: "", n: 0, zoom: 1, x: 0, y: 0, fits: true, width: 0, height: 0, hash: "" };
let documents = [];
let lists = "";
let asked = 0;

/* ---- settings that stay ---- */

function recall(name, usual) {
  try { return localStorage.getItem(name) || usual; } catch { return usual; }
}

function remember(name, value) {
  try { localStorage.setItem(name, value); } catch { /* then not */ }
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const mode = document.documentElement.dataset.mode;
  return mode ? mode === "dark" : prefersDark.matches;
}

function setMode(mode) {
  if (mode)
    document.documentElement.dataset.mode = mode;
  by("mode").textContent = isDark() ? "Light" : "Dark";
}

function themeWanted() {
  const choice = by("theme").value;
  if (choice === "auto")
    return isDark() ? "nacre-dark" : "";
  return choice === "document" ? "" : choice;
}

/* ---- the list ---- */

function element(name, className, text) {
  const made = document.createElement(name);
  if (className)
    made.className = className;
  if (text !== undefined)
    made.textContent = text;
  return made;
}

function hashOf(path, n) {
  return "#" + path.split("/").map(encodeURIComponent).join("/") + ":" + n;
}

function itemOf(doc, index) {
  const diagram = doc.diagrams[index];
  const item = element("li");
  const link = element("a");
  const alone = doc.diagrams.length === 1 && !doc.document;
  link.href = hashOf(doc.path, index + 1);
  if (!alone)
    link.append(element("span", "number", String(index + 1)));
  link.append(element("span", "label", alone ? doc.path : diagram.label));
  link.title = `${doc.path}:${diagram.line} ${diagram.label}`;
  if (!diagram.ok)
    link.append(element("span", "bad", "error"));
  if (doc.path === view.path && index + 1 === view.n)
    link.setAttribute("aria-current", "page");
  item.append(link);
  return item;
}

function matches(doc, diagram, words) {
  const text = (doc.path + " " + diagram.label).toLowerCase();
  return words.every((word) => text.includes(word));
}

function putList() {
  const words = by("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const focused = document.activeElement && document.activeElement.closest("#list a")
    ? document.activeElement.getAttribute("href") : null;
  const items = [];
  for (const doc of documents) {
    const own = doc.diagrams.map((d, i) => (matches(doc, d, words) ? itemOf(doc, i) : null)).filter(Boolean);
    if (!own.length)
      continue;
    if (!doc.document) {
      items.push(...own);
      continue;
    }
    const group = element("li");
    const list = element("ul");
    group.append(element("span", "file", doc.path));
    list.append(...own);
    group.append(list);
    items.push(group);
  }
  by("list").replaceChildren(...items);
  by("none").hidden = items.length > 0;
  by("none").textContent = documents.length ? "Nothing matches." : "No diagrams here.";
  if (focused)
    by("list").querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

async function fetchList() {
  const text = await (await fetch("/api/list")).text();
  if (text === lists)
    return;
  lists = text;
  const answer = JSON.parse(text);
  documents = answer.documents;
  by("root").textContent = answer.root === "." ? "" : answer.root;
  putList();
}

function all() {
  return documents.flatMap((doc) => doc.diagrams.map((_, i) => ({ path: doc.path, n: i + 1 })));
}

function go(step) {
  const every = all();
  if (!every.length)
    return;
  const at = every.findIndex((d) => d.path === view.path && d.n === view.n);
  const next = every[(at + step + every.length) % every.length];
  location.hash = hashOf(next.path, next.n);
}

/* ---- where the picture is ---- */

function place() {
  picture.style.width = view.width * view.zoom + "px";
  picture.style.height = view.height * view.zoom + "px";
  picture.style.transform = `translate(${Math.round(view.x)}px, ${Math.round(view.y)}px)`;
  by("zoom").textContent = Math.round(view.zoom * 100) + " %";
}

function fit() {
  const air = 24;
  const w = stage.clientWidth;
  const h = stage.clientHeight;
  if (!view.width)
    return;
  view.zoom = Math.max(LEAST, Math.min((w - 2 * air) / view.width, (h - 2 * air) / view.height, 1.5));
  view.x = (w - view.width * view.zoom) / 2;
  view.y = (h - view.height * view.zoom) / 2;
  view.fits = true;
  place();
}

function zoomTo(zoom, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  const wanted = Math.min(MOST, Math.max(LEAST, zoom));
  const factor = wanted / view.zoom;
  view.x = x - (x - view.x) * factor;
  view.y = y - (y - view.y) * factor;
  view.zoom = wanted;
  view.fits = false;
  place();
}

/* A part of the picture stays in sight. */
function move(dx, dy) {
  const edge = 40;
  view.x = Math.min(stage.clientWidth - edge, Math.max(edge - view.width * view.zoom, view.x + dx));
  view.y = Math.min(stage.clientHeight - edge, Math.max(edge - view.height * view.zoom, view.y + dy));
  view.fits = false;
  place();
}

/* ---- one diagram ---- */

function problemOf(finding) {
  const box = element("div", "problem " + finding.severity);
  const head = element("p");
  const where = finding.line ? `${view.path}:${finding.line}:${finding.column}` : view.path;
  head.append(element("span", "where", `${where}: ${finding.severity}`), " ", finding.message, " ",
              element("span", "code", finding.code));
  box.append(head);
  if (finding.excerpt)
    box.append(element("pre", "", finding.excerpt.replace(/\n$/, "")));
  if (finding.hint)
    box.append(element("p", "remedy", finding.hint));
  return box;
}

function putProblems(findings) {
  const problems = by("problems");
  const before = problems.textContent;
  problems.replaceChildren(...findings.map(problemOf));
  problems.hidden = findings.length === 0;
  if (view.fits && before !== problems.textContent)
    fit();
}

function urlOf(kind, more = {}) {
  const query = new URLSearchParams({ path: view.path, n: view.n, ...more });
  const theme = themeWanted();
  if (theme)
    query.set("theme", theme);
  return `/${kind}?${query}`;
}

function allowDownloads(allowed) {
  for (const kind of ["svg", "png"]) {
    const link = by(kind);
    if (allowed)
      link.href = urlOf(kind, { download: 1 });
    else
      link.removeAttribute("href");
    link.setAttribute("aria-disabled", String(!allowed));
  }
}

/* An earlier picture of the same diagram stays, dimmed, while the text has errors. */
function putBroken(known) {
  picture.classList.add("old");
  picture.hidden = !known || !view.hash;
  by("hint").textContent = "This diagram has errors.";
  by("hint").hidden = !picture.hidden;
}

function putPicture(answer, known) {
  const same = known && answer.hash === view.hash;
  by("hint").hidden = true;
  picture.alt = [answer.title, answer.description].filter(Boolean).join(". ");
  if (same) {
    picture.classList.remove("old");
    picture.hidden = false;
    return;
  }
  const loader = new Image();
  const turn = asked;
  loader.onload = () => {
    if (turn !== asked)
      return;
    Object.assign(view, { width: answer.width, height: answer.height, hash: answer.hash });
    picture.src = loader.src;
    picture.classList.remove("old");
    picture.hidden = false;
    if (!known || view.fits)
      fit();
    else
      place();
  };
  loader.src = urlOf("svg", { hash: answer.hash });
}

async function show(known) {
  const turn = ++asked;
  if (!view.path) {
    picture.hidden = true;
    putProblems([]);
    allowDownloads(false);
    by("name").textContent = "\u00a0";
    by("hint").textContent = "Choose a diagram.";
    by("hint").hidden = false;
    return;
  }
  const response = await fetch(urlOf("api/diagram"));
  if (turn !== asked)
    return;
  const answer = response.ok ? await response.json() : null;
  if (turn !== asked)
    return;
  const where = view.path + (view.n > 1 ? `, diagram ${view.n}` : "");
  by("name").textContent = answer && answer.title ? answer.title : where;
  by("name").title = where;
  document.title = `${where} – nacre`;
  allowDownloads(Boolean(answer && answer.ok));
  if (!answer) {
    picture.hidden = true;
    view.hash = "";
    putProblems([]);
    by("hint").textContent = "There is no such diagram any more.";
    by("hint").hidden = false;
    return;
  }
  putProblems(answer.findings);
  if (answer.ok)
    putPicture(answer, known);
  else
    putBroken(known);
}

function readHash() {
  const at = location.hash.lastIndexOf(":");
  let path = "";
  let n = 0;
  if (at > 0) {
    try { path = decodeURIComponent(location.hash.slice(1, at)); } catch { path = ""; }
    n = Number(location.hash.slice(at + 1)) || 1;
  }
  if (path === view.path && n === view.n)
    return;
  Object.assign(view, { path, n, hash: "", fits: true });
  picture.hidden = true;
  putList();
  by("list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  show(false);
}

async function refresh() {
  await fetchList();
  if (!view.path && documents.length)
    location.replace(hashOf(documents[0].path, 1));
  else
    show(true);
}

/* ---- keys, pointer, buttons ---- */

function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

const ARROWS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
const KEYS = {
  "[": () => go(-1),
  "]": () => go(1),
  "+": () => zoomTo(view.zoom * STEP),
  "=": () => zoomTo(view.zoom * STEP),
  "-": () => zoomTo(view.zoom / STEP),
  "0": fit,
  "1": () => zoomTo(1),
  "/": () => by("filter").focus(),
  "s": () => by("svg").click(),
  "p": () => by("png").click(),
  "d": () => by("mode").click(),
  "?": () => by("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || by("help").open)
    return;
  if (event.target === by("filter") && event.key === "Escape") {
    by("filter").value = "";
    putList();
    stage.focus();
  }
  if (isTyping(event.target))
    return;
  if (event.target === stage && ARROWS[event.key]) {
    move(...ARROWS[event.key]);
    event.preventDefault();
  } else if (Object.hasOwn(KEYS, event.key)) {
    KEYS[event.key]();
    event.preventDefault();
  }
});

stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  const unit = event.deltaMode === 1 ? 20 : 1;
  if (event.ctrlKey || event.metaKey)
    zoomTo(view.zoom * Math.exp(-event.deltaY * unit / 400), event.clientX - box.left, event.clientY - box.top);
  else
    move(-event.deltaX * unit, -event.deltaY * unit);
}, { passive: false });

const fingers = new Map();

function spread() {
  const [a, b] = [...fingers.values()];
  return { d: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

stage.addEventListener("pointerdown", (event) => {
  if (event.button !== 0)
    return;
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  stage.setPointerCapture(event.pointerId);
  stage.classList.add("drag");
});

stage.addEventListener("pointermove", (event) => {
  const last = fingers.get(event.pointerId);
  if (!last)
    return;
  const before = fingers.size === 2 ? spread() : null;
  const now = { x: event.clientX, y: event.clientY };
  fingers.set(event.pointerId, now);
  if (!before) {
    move(now.x - last.x, now.y - last.y);
    return;
  }
  const after = spread();
  const box = stage.getBoundingClientRect();
  move(after.x - before.x, after.y - before.y);
  if (before.d > 0)
    zoomTo(view.zoom * after.d / before.d, after.x - box.left, after.y - box.top);
});

for (const end of ["pointerup", "pointercancel"])
  stage.addEventListener(end, (event) => {
    fingers.delete(event.pointerId);
    stage.classList.toggle("drag", fingers.size > 0);
  });

stage.addEventListener("dblclick", fit);
by("previous").addEventListener("click", () => go(-1));
by("next").addEventListener("click", () => go(1));
by("out").addEventListener("click", () => zoomTo(view.zoom / STEP));
by("in").addEventListener("click", () => zoomTo(view.zoom * STEP));
by("zoom").addEventListener("click", () => zoomTo(1));
by("fit").addEventListener("click", fit);
by("keys").addEventListener("click", () => by("help").showModal());
by("filter").addEventListener("input", putList);
by("skip").addEventListener("click", (event) => { event.preventDefault(); stage.focus(); });
by("theme").addEventListener("change", () => { remember("theme", by("theme").value); show(true); });
by("mode").addEventListener("click", () => {
  const mode = isDark() ? "light" : "dark";
  setMode(mode);
  remember("mode", mode);
  show(true);
});
prefersDark.addEventListener("change", () => { setMode(""); show(true); });
new ResizeObserver(() => { if (view.fits) fit(); }).observe(stage);
addEventListener("hashchange", readHash);

/* ---- news from the disk ---- */

function setLive(state, words) {
  by("dot").className = state;
  if (by("live").textContent !== words)
    by("live").textContent = words;
}

setMode(recall("mode", ""));
by("theme").value = recall("theme", "auto");
if (!by("theme").value)
  by("theme").value = "auto";
readHash();

const news = new EventSource("/api/events");
news.addEventListener("open", () => setLive("on", "live"));
news.addEventListener("error", () => setLive("off", "the server is gone"));
news.addEventListener("change", () => { refresh().catch(() => setLive("off", "the server is gone")); });
