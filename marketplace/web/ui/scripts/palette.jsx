// The command palette, and the keys of the page: ⌘K, g + letter, /, ?, and j k x … for lists.
import { Children, useEffect, useMemo, useState } from "react";
import * as Dialog from "@radix-ui/react-dialog";
import { Command } from "cmdk";
import { useNavigate } from "react-router";
import { Languages, Moon, Search, Sun, SunMoon, Keyboard, CornerDownLeft } from "lucide-react";
import { chooseLocale, useLocale, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useHost } from "./portal.js";
import { useTheme } from "./theme.jsx";
import { useKeys } from "./keys.js";

const RECENT = "jishi.recent";
const icons = { languages: Languages, moon: Moon, sun: Sun, system: SunMoon, keyboard: Keyboard };

export function Palette({ jumps, permissions, isEnabled, found, onSearch, iconNames, children }) {
  const container = useHost();
  const t = useText();
  const locale = useLocale()();
  const navigate = useNavigate();
  const [, chooseTheme] = useTheme();
  const [isOpen, setOpen] = useState(false);
  const [hasHelp, setHelp] = useState(false);
  const [text, setText] = useState("");
  const isMac = useIsMac();
  const drawn = Object.fromEntries(Children.toArray(children).map((child, at) => [iconNames[at], child]));

  const allowed = useMemo(
    () => jumps.filter((jump) => !jump.permission || permissions.includes(jump.permission)),
    [jumps, permissions],
  );
  const go = (jump) => {
    setOpen(false);
    remember(jump.href);
    if (jump.server) window.location.assign(jump.href);
    else navigate(jump.href);
  };
  const actions = [
    { id: "zh", icon: "languages", label: "中文", alias: "chinese yuyan language", run: () => chooseLocale("zh-CN"), off: locale !== "en" },
    { id: "en", icon: "languages", label: "English", alias: "yingwen yuyan language", run: () => chooseLocale("en"), off: locale === "en" },
    { id: "light", icon: "sun", label: t("Light theme"), alias: "light theme qs zt", run: () => chooseTheme("light") },
    { id: "dark", icon: "moon", label: t("Dark theme"), alias: "dark theme ss zt", run: () => chooseTheme("dark") },
    { id: "system", icon: "system", label: t("Theme of the device"), alias: "system theme xt zt", run: () => chooseTheme("system") },
    { id: "keys", icon: "keyboard", label: t("Keyboard shortcuts"), alias: "help shortcuts kjj", run: () => setHelp(true) },
  ].filter((action) => !action.off);

  useKeys({
    isEnabled,
    jumps: allowed,
    go,
    openPalette: () => setOpen((was) => !was),
    openHelp: () => setHelp(true),
  });

  const isCommand = text.startsWith(">");
  const recent = isOpen ? kept().map((href) => allowed.find((jump) => jump.href === href)).filter(Boolean) : [];
  const search = (value) => {
    setText(value);
    onSearch?.(value);
  };
  return (
    <>
      <button type="button" className="palette-trigger" onClick={() => setOpen(true)} aria-haspopup="dialog" aria-label={t("Search or go to…")}
        aria-keyshortcuts="Meta+K Control+K">
        <Search size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className="palette-hint">{t("Search or go to…")}</span>
        <span className="kbd" aria-hidden="true">{isMac ? "⌘ K" : "Ctrl K"}</span>
      </button>
      <Dialog.Root open={isOpen} onOpenChange={(next) => { setOpen(next); setText(""); }}>
        <Dialog.Portal container={container}>
          <Dialog.Overlay className="dialog-shade" />
          <Dialog.Content className="palette" aria-describedby={undefined}>
            <Dialog.Title className="visually-hidden">{t("Search or go to…")}</Dialog.Title>
            <Command label={t("Search or go to…")} filter={score} loop>
              <div className="palette-head">
                <Search size={18} strokeWidth={1.75} aria-hidden="true" />
                <Command.Input value={text} onValueChange={search} placeholder={t("Search or go to…")} />
                <span className="kbd" aria-hidden="true">Esc</span>
              </div>
              <Command.List className="palette-list" label={t("Results")}>
                <Command.Empty className="palette-empty">{t("Nothing matches “{text}”.", { text })}</Command.Empty>
                {!text && recent.length > 0 && (
                  <Command.Group heading={t("Recent")}>
                    {recent.map((jump) => <Place key={jump.href} prefix="recent" jump={jump} t={t} go={go} drawn={drawn} />)}
                  </Command.Group>
                )}
                {!isCommand && (
                  <Command.Group heading={t("Go to")}>
                    {allowed.map((jump) => <Place key={jump.href} prefix="go" jump={jump} t={t} go={go} drawn={drawn} />)}
                  </Command.Group>
                )}
                {found?.length > 0 && (
                  <Command.Group heading={t("Found")} forceMount>
                    {found.map((row) => (
                      <Command.Item key={row.href} value={`found ${row.href}`} keywords={[text]} forceMount onSelect={() => go(row)}>
                        <Search size={16} strokeWidth={1.75} aria-hidden="true" />
                        <span>{row.label}</span><span className="menu-hint">{row.hint}</span>
                      </Command.Item>
                    ))}
                  </Command.Group>
                )}
                <Command.Group heading={t("Actions")}>
                  {actions.map((action) => {
                    const Icon = icons[action.icon];
                    return (
                      <Command.Item key={action.id} value={`action ${action.id}`} keywords={[action.label, action.alias]}
                        onSelect={() => { setOpen(false); setText(""); action.run(); }}>
                        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                        <span>{action.label}</span>
                      </Command.Item>
                    );
                  })}
                </Command.Group>
              </Command.List>
              <div className="palette-foot" aria-hidden="true">
                <span><span className="kbd">↑</span> <span className="kbd">↓</span> {t("to move")}</span>
                <span><span className="kbd"><CornerDownLeft size={11} /></span> {t("to open")}</span>
                <span><span className="kbd">&gt;</span> {t("actions only")}</span>
              </div>
            </Command>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <Help isOpen={hasHelp} setOpen={setHelp} jumps={allowed} isMac={isMac} isEnabled={isEnabled} t={t} />
    </>
  );
}

function Place({ prefix, jump, t, go, drawn }) {
  const label = t(jump.label);
  return (
    <Command.Item value={`${prefix} ${jump.href}`} keywords={[label, jump.label, jump.alias]} onSelect={() => go(jump)}>
      <span className="palette-icon" aria-hidden="true">{drawn?.[jump.icon]}</span>
      <span>{label}</span>
      {jump.keys && <span className="palette-keys" aria-hidden="true"><span className="kbd">G</span> <span className="kbd">{jump.keys.toUpperCase()}</span></span>}
    </Command.Item>
  );
}

function Help({ isOpen, setOpen, jumps, isMac, isEnabled, t }) {
  const container = useHost();
  const rows = [
    [isMac ? "⌘ K" : "Ctrl K", t("Search or go to")],
    [isMac ? "⌘ S" : "Ctrl S", t("Save the form")],
    ["/", t("Search this page")],
    ["J  K", t("Next and previous row")],
    ["X", t("Select the row")],
    ["Enter", t("Open the row")],
    ["Esc", t("Close")],
    ["?", t("Keyboard shortcuts")],
  ];
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal container={container}>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog dialog-centre dialog-wide" aria-describedby={undefined}>
          <header className="dialog-head">
            <div><Dialog.Title className="h2">{t("Keyboard shortcuts")}</Dialog.Title></div>
            <Dialog.Close className="btn btn-quiet btn-sm">{t("Close")}</Dialog.Close>
          </header>
          <div className="dialog-body keys">
            {!isEnabled && <p className="alert alert-info">{t("Single keys are switched off in your account.")}</p>}
            <dl>{rows.map(([keys, label]) => <Key key={label} keys={keys} label={label} />)}</dl>
            <dl>{jumps.filter((jump) => jump.keys).map((jump) => (
              <Key key={jump.href} keys={`G ${jump.keys.toUpperCase()}`} label={t(jump.label)} />))}</dl>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const Key = ({ keys, label }) => (
  <div><dt>{label}</dt><dd>{keys.split(/\s+/).map((key) => <kbd className="kbd" key={key}>{key}</kbd>)}</dd></div>
);

// every word typed begins a word of the label in either language, or of the pinyin; Chinese anywhere
function score(value, search, keywords = []) {
  const text = keywords.join(" ").toLowerCase();
  const words = search.replace(/^>/, "").toLowerCase().trim().split(/\s+/).filter(Boolean);
  const fits = words.every((word) => ` ${text}`.includes(` ${word}`) || (/[^\x00-\x7f]/.test(word) && text.includes(word)));
  return fits ? (value.startsWith("recent ") ? 0.5 : 1) : 0;
}

function useIsMac() {
  const [isMac, setMac] = useState(false); // what the build put into the HTML
  useEffect(() => setMac(/Mac|iPhone|iPad/.test(navigator.platform)), []);
  return isMac;
}

function kept() {
  try { return JSON.parse(localStorage.getItem(RECENT) ?? "[]").slice(0, 5); } catch { return []; }
}
function remember(href) {
  try {
    localStorage.setItem(RECENT, JSON.stringify([href, ...kept().filter((other) => other !== href)].slice(0, 5)));
  } catch { /* storage is switched off */ }
}
