// The two sheets at the sides: the conversations kept in this browser, and the collection's articles.

import { call, upload } from "./api.js";
import { about, current, open, toast } from "./chat.js";
import { download } from "./figures.js";
import * as memory from "./memory.js";
import { language, say } from "./words.js";

const $ = (id) => document.getElementById(id);

export function watchSheets(page) {
  for (const sheet of page.querySelectorAll("dialog")) {
    sheet.addEventListener("click", (event) => {
      // A click on the dialog itself is one on the backdrop around its content.
      if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
    });
  }
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function action(key, act) {
  const button = element("button", "quiet", say(key));
  button.type = "button";
  button.onclick = act;
  return button;
}

// ---- conversations ---------------------------------------------------------------------------

function conversationItem(conversation) {
  const item = element("li", conversation.id === current().id ? "item now" : "item");
  const name = element("button", "name", conversation.name);
  name.type = "button";
  name.onclick = () => {
    $("conversations").close();
    open(conversation).catch((error) => toast(say("error", { reason: error.message })));
  };
  const when = element("time", "when", (conversation.at ?? "").slice(0, 10));
  const rename = action("rename", () => {
    const field = element("input", "rename");
    field.value = conversation.name;
    field.setAttribute("aria-label", say("rename"));
    let kept = false;
    const keep = () => {
      // Leaving the field by Enter takes it away, which is leaving it once more.
      if (kept) return;
      kept = true;
      const named = conversation.id === current().id ? current() : conversation;
      named.name = field.value.trim() || conversation.name;
      memory.save(named);
      listConversations();
    };
    field.onkeydown = (event) => {
      if (event.key === "Enter" && !event.isComposing) keep();
    };
    field.onblur = keep;
    name.replaceWith(field);
    field.select();
  });
  const remove = action("delete", () => {
    if (!confirm(say("delete_sure"))) return;
    memory.forget(conversation.id);
    if (conversation.id === current().id) open(null);
    listConversations();
  });
  item.append(name, when, rename, remove);
  return item;
}

function listConversations() {
  const found = memory.find($("find-conversation").value);
  $("conversation-list").replaceChildren(...found.map(conversationItem));
  if (!found.length) $("conversation-list").append(element("li", "empty", say("none_yet")));
}

export function watchConversations() {
  $("open-conversations").onclick = () => {
    listConversations();
    $("conversations").showModal();
  };
  $("find-conversation").oninput = listConversations;
  for (const button of $("conversations").querySelectorAll("[data-export]"))
    button.onclick = async () => {
      const { name, records } = current();
      if (!records.length) return toast(say("none_yet"));
      const file = await call("export", [name, records, button.dataset.export, language]);
      download(new Blob([file.text], { type: file.type }), file.name);
    };
}

// ---- articles --------------------------------------------------------------------------------

async function listArticles() {
  const wanted = $("find-article").value;
  const { html } = await call("shelf", [wanted, language]);
  if (wanted !== $("find-article").value || html === listArticles.html) return;
  listArticles.html = html;
  $("article-list").innerHTML = html; // escaped by the server
}

function progress(share, text) {
  $("progress").hidden = share === null;
  if (share === null) return;
  $("progress").querySelector("progress").value = share;
  $("progress-text").textContent = text;
}

function problem(text) {
  $("problem").hidden = !text;
  $("problem").textContent = text;
}

const READ = /\.(txt|md|html?|jsonl|pdf|docx)$/i;

async function add(chosen, limit) {
  // A folder brings files that nobody means, such as .DS_Store: those are passed over silently.
  const files = chosen.filter((file) => !/(^|\/)\./.test(file.webkitRelativePath || file.name));
  const wrong = files.flatMap((file) => {
    const size = (file.size / 1e6).toFixed(1);
    if (file.size > limit * 1e6) return [say("too_large", { name: file.name, size, limit })];
    return READ.test(file.name) ? [] : [say("left_out", { names: file.name })];
  });
  const good = files.filter((file) => file.size <= limit * 1e6 && READ.test(file.name));
  problem(wrong.join(" "));
  if (!good.length) return;
  const sent = [];
  try {
    for (const [i, file] of good.entries()) {
      progress((0.3 * i) / good.length, say("uploading", { name: file.name }));
      sent.push(await upload(file));
    }
    const names = good.map((file) => file.webkitRelativePath || file.name);
    const done = await call("add", [sent, names], {
      onStep: ({ share, remaining }) => {
        const left = remaining ? say("remaining", { seconds: Math.ceil(remaining) }) : "";
        progress(0.3 + 0.7 * share, `${say("indexing")} ${left}`);
      },
    });
    for (const kind of ["left_out", "doubled"])
      if (done[kind].length) wrong.push(say(kind, { names: done[kind].join("; ") }));
    problem(wrong.join(" "));
    toast(say("added", { articles: done.articles }));
  } catch (error) {
    problem(say("error", { reason: error.message }));
  }
  progress(null);
  await Promise.all([listArticles(), about()]);
}

async function remove(button) {
  if (!confirm(say("remove_sure"))) return;
  button.disabled = true;
  try {
    await call("remove", [button.dataset.remove]);
    toast(say("removed"));
  } catch (error) {
    problem(say("error", { reason: error.message }));
  }
  await Promise.all([listArticles(), about()]);
}

async function view(row) {
  const whole = row.querySelector(".whole");
  const opened = row.querySelector(".title").getAttribute("aria-expanded") === "true";
  if (!opened && !whole.innerHTML)
    whole.innerHTML = (await call("whole", [row.dataset.article, 0, 0, language])).html; // escaped
  whole.hidden = opened;
  row.querySelector(".title").setAttribute("aria-expanded", String(!opened));
}

// Files dropped, folders among them, as a flat list.
async function dropped(transfer) {
  const walk = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      if (path) Object.defineProperty(file, "webkitRelativePath", { value: path + file.name });
      return [file];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) break;
      found.push(...some);
    }
    return (await Promise.all(found.map((e) => walk(e, `${path}${entry.name}/`)))).flat();
  };
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map((entry) => walk(entry, "")))).flat();
}

export function watchArticles(limit) {
  $("open-articles").onclick = () => {
    $("drop-hint").textContent = say("drop", { limit });
    $("articles").showModal();
    listArticles().catch((error) => problem(say("error", { reason: error.message })));
  };
  $("find-article").oninput = () => {
    clearTimeout(listArticles.timer);
    listArticles.timer = setTimeout(listArticles, 200);
  };
  $("add-files").onclick = () => $("files").click();
  $("add-folder").onclick = () => $("folder-files").click();
  for (const field of [$("files"), $("folder-files")])
    field.onchange = () => {
      add([...field.files], limit);
      field.value = "";
    };
  const drop = $("drop");
  for (const name of ["dragenter", "dragover"])
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add(await dropped(event.dataTransfer), limit);
  });
  $("article-list").addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (button) remove(button);
    else if (event.target.closest(".title")) view(event.target.closest("[data-article]"));
  });
}
