// The page's words in the reader's language.

import { setting, setSetting } from "./memory.js";

let strings = {};
export let language = "en";

export function speak(all) {
  strings = all;
  const wished = new URLSearchParams(location.search).get("lang") || setting("language");
  language = (wished || navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  setSetting("language", language);
}

export function say(key, values = {}) {
  const text = strings[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function translate(root) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("name");
  for (const element of root.querySelectorAll("[data-i18n]"))
    element.textContent = say(element.dataset.i18n);
  for (const element of root.querySelectorAll("[data-i18n-label]")) {
    element.setAttribute("aria-label", say(element.dataset.i18nLabel));
    if (element.matches("button")) element.title = say(element.dataset.i18nLabel);
  }
  for (const element of root.querySelectorAll("[data-i18n-placeholder]"))
    element.placeholder = say(element.dataset.i18nPlaceholder);
}
