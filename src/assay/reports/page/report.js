"use strict";
// Everything that comes out of a run is put in as text, never as markup. Chunks of trials stay
// compressed until somebody opens one of theirs.
const STEP = 40;
const [MODEL, TASK, LANGUAGE, CATEGORY, DIFFICULTY, STATUS, SAMPLE, LOST, WHY, CHUNK, PLACE] = Array(11).keys();
const FILTERS = { model: MODEL, language: LANGUAGE, category: CATEGORY, difficulty: DIFFICULTY, status: STATUS };
const chunks = new Map();

async function inflate(element) {
  const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function chunk(number) {
  if (!chunks.has(number)) chunks.set(number, inflate(document.getElementById("chunk-" + number)));
  return chunks.get(number);
}

function make(tag, text, name) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
}

function block(inside, title, text) {
  if (!text) return;
  inside.append(make("h3", title), make("pre", text));
}

async function fill(details, row) {
  const inside = make("div", undefined, "inside");
  details.append(inside);
  const { prompts, trials } = await chunk(row[CHUNK]);
  const trial = trials[row[PLACE]];
  inside.append(make("p", trial.facts, "soft small"));
  if (trial.case.length) {
    inside.append(make("h3", "Failing case"));
    const list = make("dl", undefined, "case");
    for (const [name, value] of trial.case) {
      const cell = make("dd");
      cell.append(make("pre", value));
      list.append(make("dt", name), cell);
    }
    inside.append(list);
  }
  block(inside, "Answer", trial.answer);
  block(inside, "Log", trial.log);
  block(inside, "Prompt", prompts[trial.prompt]);
}

function trialElement(row) {
  const details = make("details", undefined, "trial");
  const summary = make("summary");
  const sample = row[SAMPLE] ? ", sample " + row[SAMPLE] : "";
  summary.append(make("b", row[TASK] + " · " + row[MODEL] + sample));
  summary.append(make("span", row[STATUS].replace("_", " "), row[LOST] ? "status lost" : "status"));
  if (row[WHY]) summary.append(make("span", row[WHY], "why"));
  details.append(summary);
  details.addEventListener("toggle", () => fill(details, row), { once: true });
  return details;
}

// What a mark says when it is pointed at or touched, as text.
function tell(handler, event, item, value) {
  const tip = document.getElementById("tip");
  tip.hidden = value === null || value === undefined || typeof value !== "object";
  if (tip.hidden) return;
  const lines = Object.entries(value).map(([name, said]) => {
    const line = make("div");
    line.append(name + " ", make("b", String(said)));
    return line;
  });
  tip.replaceChildren(...lines);
  const beside = event.clientX + 14;
  tip.style.left = Math.max(4, Math.min(beside, innerWidth - tip.offsetWidth - 6)) + "px";
  const below = event.clientY + 16;
  tip.style.top = (below + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : below) + "px";
}

// `ast` makes the library walk its expressions instead of evaluating code, which the page's policy forbids.
const HOW = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: tell };

async function draw(figure, narrow) {
  const place = figure.querySelector(".drawn");
  const { wide, narrow: small } = await inflate(document.getElementById("picture-" + figure.dataset.picture));
  if (place.drawn) place.drawn.finalize();
  place.drawn = await window.assayEmbed(place, narrow ? small : wide, HOW);
}

async function pictures() {
  if (!window.assayEmbed) return;
  const phone = matchMedia("(max-width: 640px)");
  const all = async () => {
    for (const figure of document.querySelectorAll("figure[data-picture]")) {
      await draw(figure, phone.matches);
      await new Promise((go) => setTimeout(go)); // the page stays usable while the next ones are drawn
    }
    document.body.dataset.drawn = phone.matches ? "narrow" : "wide";
  };
  phone.addEventListener("change", all);
  addEventListener("scroll", () => tell(null, null, null, null), { passive: true });
  await all();
}

async function start() {
  const packed = document.getElementById("index");
  if (!packed) return;
  const rows = await inflate(packed);
  const list = document.getElementById("trials");
  const more = document.getElementById("more");
  const said = document.getElementById("shown");
  const chosen = {};
  let matching = [];
  let shown = 0;

  function grow() {
    for (const row of matching.slice(shown, shown + STEP)) list.append(trialElement(row));
    shown = Math.min(matching.length, shown + STEP);
    said.textContent = shown + " of " + matching.length + " shown";
    more.hidden = shown >= matching.length;
  }

  function restart() {
    matching = rows.filter((row) => Object.entries(chosen).every(([name, value]) => !value || row[FILTERS[name]] === value));
    list.replaceChildren();
    shown = 0;
    grow();
  }

  for (const [name, column] of Object.entries(FILTERS)) {
    const values = [...new Set(rows.map((row) => row[column]))].filter(Boolean).sort();
    if (values.length < 2) continue;
    const select = make("select");
    select.setAttribute("aria-label", name);
    select.append(new Option("any " + name, ""));
    for (const value of values) select.append(new Option(value.replace("_", " "), value));
    select.addEventListener("change", () => { chosen[name] = select.value; restart(); });
    document.getElementById("filters").append(select);
  }
  more.addEventListener("click", grow);
  restart();
}

start();
pictures();
