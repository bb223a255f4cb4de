// Filters: which articles may answer. They live in the page's address, so that a link keeps them.

import { say } from "./words.js";

const NAMES = ["since", "until", "outlet", "folder"];
const field = (name) => document.getElementById(name);

export const scope = () => Object.fromEntries(NAMES.map((name) => [name, field(name).value]));

export function scopeData() {
  const { since, until, outlet, folder } = scope();
  return [since, until, outlet ? [outlet] : [], folder ? [folder] : []];
}

function option(value, text) {
  const element = document.createElement("option");
  element.value = value;
  element.textContent = text;
  return element;
}

export function offer(name, values) {
  const kept = field(name).value || new URLSearchParams(location.search).get(name) || "";
  const known = kept && !values.includes(kept) ? [kept, ...values] : values;
  field(name).replaceChildren(option("", say("any")), ...known.map((v) => option(v, v)));
  field(name).value = kept;
}

function write(address, question) {
  for (const [name, value] of Object.entries({ q: question, ...scope() }))
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  return address.href;
}

export const link = (question) => write(new URL(location.pathname, location.origin), question);

function pill(name, value) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "pill";
  element.textContent = `${say(name)} ${value} ×`;
  element.setAttribute("aria-label", `${say("clear")}: ${say(name)} ${value}`);
  element.onclick = () => {
    field(name).value = "";
    show();
  };
  return element;
}

// Shows the set filters as pills and writes them, with the question asked last, into the address.
export function show(question = new URLSearchParams(location.search).get("q")) {
  const set = Object.entries(scope()).filter(([, value]) => value);
  document.getElementById("pills").replaceChildren(...set.map(([n, v]) => pill(n, v)));
  history.replaceState(null, "", write(new URL(location.href), question));
}

export function watchScope() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["since", "until"]) field(name).value = asked.get(name) ?? "";
  for (const name of ["outlet", "folder"]) offer(name, []);
  for (const name of NAMES) field(name).onchange = () => show();
  const toggle = document.getElementById("open-filters");
  const form = document.getElementById("filters");
  toggle.onclick = () => {
    form.hidden = !form.hidden;
    toggle.setAttribute("aria-expanded", String(!form.hidden));
  };
  document.getElementById("clear-filters").onclick = () => {
    for (const name of NAMES) field(name).value = "";
    show();
  };
  show();
}
