// Before the first paint: theme and language, so that nothing flashes.
(() => {
  const root = document.documentElement;
  let theme = "system";
  try {
    // a page just saved by its owner says what they chose there
    if (root.dataset.theme) localStorage.setItem("theme", root.dataset.theme);
    theme = localStorage.getItem("theme") || "system";
  } catch { /* storage is switched off */ }
  const dark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  root.classList.remove("light", "dark");
  root.classList.add(dark ? "dark" : "light");
  if (root.dataset.rendered === "server") return; // the server wrote the page in its language
  const kept = document.cookie.match(/(?:^|; )locale=([^;]+)/)?.[1];
  const asked = (navigator.languages ?? []).find((tag) => /^(zh|en)/i.test(tag)) ?? "en";
  const chinese = /^\/zh(\/|$)/.test(location.pathname) || (kept ? kept === "zh-CN" : /^zh/i.test(asked));
  if (!chinese) return;
  root.lang = "zh-CN";
  root.classList.add("locale-pending");
  setTimeout(() => root.classList.remove("locale-pending"), 1500);
})();
