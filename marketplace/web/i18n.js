// The language store of the browser. English is the message id, so only Chinese has a catalogue.
import { useSyncExternalStore } from "react";

const LOCALES = ["en", "zh-CN"];
const COOKIE = "locale";
const listeners = new Set();
const catalogues = { en: {} };
let current = "en";

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
const snapshot = () => current;
const prerendered = () => "en"; // what the build put into the HTML

function wanted() {
  if (/^\/zh(\/|$)/.test(location.pathname)) return "zh-CN";
  const kept = document.cookie.match(/(?:^|; )locale=([^;]+)/)?.[1];
  if (LOCALES.includes(kept)) return kept;
  return navigator.languages?.find((tag) => /^(zh|en)/i.test(tag))?.toLowerCase().startsWith("zh")
    ? "zh-CN" : "en";
}

async function activate(locale) {
  if (!catalogues[locale]) {
    const scope = /^\/(admin|seller)(\/|$)/.test(location.pathname) ? "office" : "shop";
    const answer = await fetch(`/locales/${locale}.json?for=${scope}&v=${window.jishi?.build ?? ""}`);
    if (!answer.ok) return reveal();
    catalogues[locale] = await answer.json();
  }
  current = locale;
  document.documentElement.lang = locale;
  listeners.forEach((listener) => listener());
  reveal();
}
const reveal = () => document.documentElement.classList.remove("locale-pending");

export function chooseLocale(locale) {
  if (!LOCALES.includes(locale)) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  const path = location.pathname;
  const isPrefixed = /^\/zh(\/|$)/.test(path);
  if (isPrefixed && locale === "en") {
    location.assign((path.slice(3) || "/") + location.search + location.hash);
    return;
  }
  activate(locale);
}

function fill(text, words) {
  return words ? text.replace(/\{(\w+)\}/g, (place, name) => (name in words ? words[name] : place)) : text;
}
function translate(locale, message, words) {
  const entry = catalogues[locale][message];
  return fill(Array.isArray(entry) ? entry[0] : entry || message || "", words);
}
function translateCount(locale, one, many, count, words) {
  const n = Number(count);
  const entry = catalogues[locale][one];
  const text = entry ? [].concat(entry)[0] : n === 1 ? one : many;
  return fill(text, { n: new Intl.NumberFormat(locale).format(n), ...words });
}

const digits = {};
function digitsOf(currency) {
  digits[currency] ??= new Intl.NumberFormat("en", { style: "currency", currency })
    .resolvedOptions().maximumFractionDigits;
  return digits[currency];
}
function formatMoney(locale, minor, currency) {
  if (minor === null || minor === undefined || !currency) return "";
  const places = digitsOf(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency", currency, currencyDisplay: "narrowSymbol",
    minimumFractionDigits: places, maximumFractionDigits: places,
  });
  return format.format(Number(minor) / 10 ** places).replace("-", "−");
}

const zone = () => globalThis.jishi?.timeZone ?? "Asia/Shanghai";
const STYLES = {
  short: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { year: "numeric", month: "short", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  full: { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
    second: "2-digit", hourCycle: "h23" },
};
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];
function formatMoment(locale, iso, style) {
  if (!iso) return "";
  const then = new Date(iso);
  if (style !== "relative") {
    const text = new Intl.DateTimeFormat(locale, { timeZone: zone(), ...STYLES[style] }).format(then);
    return style === "full" ? `${text} ${zoneName(locale, then)}` : text;
  }
  const seconds = (then - Date.now()) / 1000;
  if (Math.abs(seconds) > 7 * 86400) {
    return new Intl.DateTimeFormat(locale, { timeZone: zone(), ...STYLES.day }).format(then);
  }
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(0, "second");
}
// At the end in both languages; Chinese would have it between day and hour.
function zoneName(locale, at) {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone(), timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName").value;
}
const formatNumber = (locale, value) =>
  value === null || value === undefined ? "" : new Intl.NumberFormat(locale).format(value);

// Bound to the language of this rendering, not to the newest: while a page wakes up it must say
// what the build wrote, even if the catalogue has already arrived.
function perLocale(work) {
  const bound = {};
  return () => {
    const locale = useSyncExternalStore(subscribe, snapshot, prerendered);
    return (bound[locale] ??= (...words) => work(locale, ...words));
  };
}
export const useLocale = perLocale((locale) => locale);
export const useText = perLocale(translate);
export const useCount = perLocale(translateCount);
export const useMoney = perLocale(formatMoney);
export const useMoment = perLocale(formatMoment);
export const useNumber = perLocale(formatNumber);

if (typeof window !== "undefined") {
  const first = wanted();
  if (first === "en") reveal();
  else activate(first);
}
