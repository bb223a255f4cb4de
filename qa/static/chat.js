// The chat: questions in, answers out, and each marker's source beside them.

import { call, setup } from "./api.js";
import { png, download } from "./figures.js";
import * as memory from "./memory.js";
import { link, offer, scopeData, show, watchScope } from "./scope.js";
import { watchArticles, watchConversations, watchSheets } from "./shelves.js";
import { language, say, speak, switchLanguage, translate } from "./words.js";

const $ = (id) => document.getElementById(id);
let conversation = fresh();
let turns = []; // what the server rendered for each record of the conversation
let shown = -1; // the turn whose sources stand on the right
let asking = null;
let page;

function fresh() {
  return { id: memory.newId(), name: "", records: [] };
}

export function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("on");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => $("toast").classList.remove("on"), 4000);
}

// ---- the thread ------------------------------------------------------------------------------

const ICONS = {
  copy: '<path d="M9 9h11v11H9zM5 15H4V4h11v1"/>',
  retry: '<path d="M20 12a8 8 0 1 1-2.3-5.7M20 3v4h-4"/>',
  share: '<path d="M10 14l4-4M9 7l2-2a4 4 0 0 1 6 6l-2 2M15 17l-2 2a4 4 0 0 1-6-6l2-2"/>',
  good: '<path d="M7 11v9H4v-9zM7 11l4-7c2 0 2.500 1 2 3l-1 3h6l-1.500 8c-.3 1.300-1 2-2 2H7"/>',
  bad: '<path d="M7 13V4H4v9zM7 13l4 7c2 0 2.500-1 2-3l-1-3h6l-1.500-8c-.3-1.300-1-2-2-2H7"/>',
  edit: '<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4"/>',
};

function tool(name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon small";
  button.dataset.tool = name;
  button.title = say(name);
  button.setAttribute("aria-label", say(name));
  button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${ICONS[name]}</svg>`;
  return button;
}

function addTurn(question) {
  const turn = document.createElement("article");
  turn.className = "turn";
  turn.dataset.turn = $("thread").children.length;
  const head = document.createElement("div");
  head.className = "asked";
  const title = document.createElement("h2");
  title.textContent = question;
  head.append(title, tool("edit"));
  const body = document.createElement("div");
  body.className = "reply waiting";
  body.innerHTML = '<p class="wait"></p>';
  body.firstChild.textContent = say("searching");
  turn.append(head, body);
  $("welcome").hidden = true;
  $("thread").append(turn);
  return turn;
}

function fill(turn, rendered) {
  const body = turn.querySelector(".reply");
  body.className = "reply";
  body.innerHTML = rendered.html; // escaped by the server
  const bar = document.createElement("div");
  bar.className = "bar-tools";
  bar.append(...["copy", "share", "retry", "good", "bad"].map(tool));
  const time = document.createElement("span");
  time.className = "time";
  time.textContent = say("seconds", { seconds: rendered.record.seconds.toFixed(2) });
  bar.append(time);
  body.append(bar);
}

function toEnd(turn) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  $("scroll").scrollTo({ top: turn.offsetTop - 16, behavior: calm ? "auto" : "smooth" });
}

export async function ask(question) {
  question = question.trim();
  if (!question || asking) return;
  $("thread").querySelector(".lost")?.remove();
  const turn = addTurn(question);
  const index = turns.length;
  const mine = conversation;
  toEnd(turn);
  asking = new AbortController();
  busy(true);
  show(question);
  try {
    const earlier = conversation.records.slice(-6).map(({ question, text }) => ({ question, text }));
    const done = await call("turn", [question, earlier, ...scopeData(), language], {
      signal: asking.signal,
      onStep: (step) => {
        if (step.stage !== "evidence") return;
        turn.querySelector(".wait").textContent = say("reading");
        shelve(step.sources, -1);
      },
    });
    if (mine !== conversation) return;
    turns[index] = done;
    conversation.records.push(done.record);
    conversation.name ||= question.slice(0, 60);
    conversation.at = new Date().toISOString();
    memory.save(conversation);
    memory.setSetting("open", conversation.id);
    fill(turn, done);
    shelve(done.sources, index);
    toEnd(turn);
  } catch (error) {
    const stopped = error.name === "AbortError";
    const reply = turn.querySelector(".reply");
    reply.className = "reply broken";
    reply.innerHTML = "<p></p>";
    reply.firstChild.textContent = stopped ? say("stopped") : say("error", { reason: error.message });
    turn.classList.add("lost");
    $("question").value ||= question;
  } finally {
    asking = null;
    busy(false);
  }
}

function busy(on) {
  $("send").hidden = on;
  $("stop").hidden = !on;
  $("thread").setAttribute("aria-busy", String(on));
}

// Goes back to before turn `index`; the turns from there on are dropped.
function rewind(index) {
  conversation.records.splice(index);
  turns.splice(index);
  [...$("thread").children].slice(index).forEach((turn) => turn.remove());
  memory.save(conversation);
}

export async function open(kept) {
  asking?.abort();
  conversation = kept ?? fresh();
  turns = [];
  shown = -1;
  $("thread").replaceChildren();
  $("welcome").hidden = Boolean(kept?.records.length);
  shelve("", -1);
  if (kept?.records.length) {
    turns = await call("restore", [kept.records, language]);
    kept.records.forEach((record, i) => fill(addTurn(record.question), turns[i]));
    shelve(turns.at(-1).sources, turns.length - 1);
    $("scroll").scrollTop = $("scroll").scrollHeight;
  }
  memory.setSetting("open", conversation.id);
}

export const current = () => conversation;

// ---- the sources -----------------------------------------------------------------------------

function shelve(html, index) {
  shown = index;
  $("shelf").innerHTML = html || '<p class="empty"></p>'; // escaped by the server
  if (!html) $("shelf").firstChild.textContent = say("no_sources");
  $("shelf").scrollTop = 0;
  for (const turn of $("thread").children)
    turn.classList.toggle("shown", Number(turn.dataset.turn) === index);
}

function drawer(open) {
  page.dataset.pane = open ? "sources" : "thread";
}

function cite(mark) {
  const index = Number(mark.closest(".turn").dataset.turn);
  if (index !== shown) shelve(turns[index].sources, index);
  for (const other of page.querySelectorAll(".lit")) other.classList.remove("lit");
  mark.classList.add("lit");
  const card = $("shelf").querySelector(`[data-source="${mark.dataset.cite}"]`);
  if (!card) return;
  card.classList.add("lit");
  drawer(true);
  card.focus({ preventScroll: true });
  reveal(card, card.querySelector("mark"));
}

// Brings a card to the top of the shelf, and the marked sentence within the card into view.
function reveal(card, mark) {
  const shelf = $("shelf");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = card.offsetTop - shelf.offsetTop - 12;
  const target = mark ? mark.getBoundingClientRect().top - card.getBoundingClientRect().top : 0;
  const room = shelf.clientHeight * 0.6;
  shelf.scrollTo({ top: top + Math.max(0, target - room), behavior: calm ? "auto" : "smooth" });
}

async function openWhole(button) {
  const card = button.closest(".card");
  const whole = card.querySelector(".whole");
  const quote = card.querySelector("blockquote");
  const opened = button.getAttribute("aria-expanded") === "true";
  if (!opened && !whole.innerHTML) {
    const { open: id, start, end } = button.dataset;
    const { html } = await call("whole", [id, Number(start), Number(end), language]);
    whole.innerHTML = html; // escaped by the server
  }
  whole.hidden = opened;
  quote.hidden = !opened;
  button.setAttribute("aria-expanded", String(!opened));
  button.textContent = say(opened ? "whole" : "less");
  const mark = (opened ? quote : whole).querySelector("mark");
  if (!opened && mark) whole.scrollTop = mark.offsetTop - whole.offsetTop - whole.clientHeight / 3;
  reveal(card, null);
}

// ---- what one does with an answer ------------------------------------------------------------

async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard without https: a selection works everywhere.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast(say(told));
}

function judge(turn, index, verdict) {
  turn.querySelector(".note")?.remove();
  for (const name of ["good", "bad"])
    turn
      .querySelector(`[data-tool="${name}"]`)
      .setAttribute("aria-pressed", String(name === verdict));
  const form = document.createElement("form");
  form.className = "note";
  form.innerHTML = '<input maxlength="2000"><button class="quiet"></button>';
  const [field, send] = form.children;
  field.placeholder = say("note");
  field.setAttribute("aria-label", say("note"));
  send.textContent = say("send");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const before = conversation.records.slice(0, index).map((record) => record.question);
    await call("judge", [verdict, field.value, before, conversation.records[index]]);
    form.remove();
    toast(say("thanks"));
  };
  turn.querySelector(".reply").append(form);
  field.focus();
}

function useTool(button) {
  const turn = button.closest(".turn");
  const index = Number(turn.dataset.turn);
  const question = turn.querySelector("h2").textContent;
  const name = button.dataset.tool;
  if (name === "copy") copy(turns[index].plain, "copied");
  else if (name === "share") copy(link(question), "linked");
  else if (name === "good" || name === "bad") judge(turn, index, name);
  else if (asking) return;
  else if (name === "retry") {
    rewind(index);
    ask(question);
  } else if (name === "edit") {
    rewind(index);
    $("welcome").hidden = Boolean(turns.length);
    $("question").value = question;
    grow();
    $("question").focus();
  }
}

// ---- the page --------------------------------------------------------------------------------

function grow() {
  const field = $("question");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}

// The collection's counts, filters and example questions; waits while it is being opened.
export async function about() {
  const told = await call("about", [language], {
    onStep: (step) => {
      if (step.state === "opening")
        $("stats").textContent = `${say("loading")} ${step.share ? Math.round(step.share * 100) + "%" : ""}`;
    },
  });
  if (told.state !== "ready") {
    $("stats").textContent = say("failed", { reason: told.reason });
    return;
  }
  $("stats").textContent = say("stats", told.stats);
  offer("outlet", told.outlets);
  offer("folder", told.folders);
  $("try").hidden = !told.suggestions;
  $("suggestions").innerHTML = told.suggestions; // escaped by the server
  page.dataset.ready = "true";
}

function listen() {
  page.addEventListener("click", (event) => {
    const at = (name) => event.target.closest(`[data-${name}]`);
    if (at("cite")) cite(at("cite"));
    else if (at("ask")) ask(at("ask").dataset.ask);
    else if (at("open")) openWhole(at("open"));
    else if (at("tool")) useTool(at("tool"));
    else if (at("png"))
      png(at("png").closest("figure").querySelector("svg")).then((picture) =>
        download(picture, "figures.png"),
      );
  });
  page.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.('[role="button"][data-cite]');
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      cite(mark);
    }
    if (event.key === "Escape" && page.dataset.pane === "sources") drawer(false);
  });
  $("question").addEventListener("input", grow);
  $("question").addEventListener("keydown", (event) => {
    // While an input method is composing, Enter chooses a character.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("composer").requestSubmit();
    }
  });
  $("composer").onsubmit = (event) => {
    event.preventDefault();
    if (asking) return;
    const question = $("question").value;
    $("question").value = "";
    grow();
    ask(question);
  };
  $("stop").onclick = () => asking?.abort();
  $("close-sources").onclick = () => drawer(false);
  $("new").onclick = () => {
    open(null);
    show(null);
    $("question").focus();
  };
  $("language").onclick = async () => {
    switchLanguage();
    translate(page);
    await open(conversation);
    await about();
    show();
  };
  $("theme").onclick = () => {
    const dark = getComputedStyle(page).colorScheme === "dark";
    memory.setSetting("theme", dark ? "light" : "dark");
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  };
}

export async function start(root) {
  page = root.querySelector("#paper");
  const told = await setup();
  speak(told.strings);
  const theme = new URLSearchParams(location.search).get("theme") || memory.setting("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  translate(page);
  watchScope();
  watchSheets(page);
  watchConversations();
  watchArticles(told.limit);
  listen();
  page.dataset.started = "true";
  const question = new URLSearchParams(location.search).get("q");
  const last = memory.get(memory.setting("open"));
  // A link asks its question; the same address loaded again shows the answer that is there.
  const kept = !question || last?.records.at(-1)?.question === question ? last : null;
  about().catch((error) => toast(say("error", { reason: error.message })));
  if (kept) await open(kept).catch(() => open(null));
  else if (question) ask(question);
  if (matchMedia("(hover: hover)").matches) $("question").focus();
}
