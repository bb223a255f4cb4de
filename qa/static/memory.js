// Conversations and settings, kept in this browser and nowhere else.

const KEY = "papers.conversations.v1";

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

let all = load();

export const newId = () => Math.random().toString(36).slice(2, 10);

export function save(conversation) {
  // Another tab may have written since: take its list as the truth and put ours in it.
  all = load().filter((other) => other.id !== conversation.id);
  if (conversation.records.length) all.unshift(conversation);
  store();
}

export function forget(id) {
  all = load().filter((other) => other.id !== id);
  store();
}

function store() {
  for (;;) {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
      return;
    } catch {
      // The browser's room is full: the oldest conversation makes way.
      if (all.length < 2) return;
      all.pop();
    }
  }
}

export const get = (id) => load().find((conversation) => conversation.id === id);

export function find(words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  all = load();
  return all.filter((conversation) => {
    const text = [conversation.name]
      .concat(conversation.records.map((record) => `${record.question} ${record.text}`))
      .join(" ")
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

// A browser may forbid keeping anything; then the page works, and forgets.
export function setting(name) {
  try {
    return localStorage.getItem(`papers.${name}`);
  } catch {
    return null;
  }
}

export function setSetting(name, value) {
  try {
    localStorage.setItem(`papers.${name}`, value);
  } catch {
    // Nothing is kept, as wished.
  }
}
