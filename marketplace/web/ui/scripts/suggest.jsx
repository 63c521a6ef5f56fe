// The storefront's search field with what it offers while somebody types (a combobox of ARIA 1.2).
// It is an ordinary field of an ordinary form: Enter without a choice sends it.
import { useEffect, useId, useRef, useState } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useLocale, useMoney, useText } from "$/public/external/marketplace/web/i18n/i18n.js";

const PAUSE = 160; // milliseconds without a key before the server is asked
const NOTHING = { questions: [], places: [], listings: [] };

export function SearchField() {
  const t = useText();
  const price = useMoney();
  const isChinese = useLocale()() === "zh-CN";
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [address] = useSearchParams();
  const asked = address.get("q") ?? "";
  const [text, setText] = useState(asked);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const field = useRef(null);
  const id = useId();
  const found = useOffer(text, isOpen);
  const prefix = isChinese ? "/zh" : "";

  useEffect(() => { setText(asked); setOpen(false); }, [asked, pathname]);
  useEffect(() => setAt(-1), [found]);

  const groups = [
    [text.trim() ? t("Searches") : t("Popular searches"), found.questions.map((question) => ({
      href: `/search?q=${encodeURIComponent(question)}`, label: question,
    }))],
    [t("Categories"), found.places.map((place) => ({
      href: place.href, label: isChinese ? place.label_zh : place.label, hint: place.count,
    }))],
    [t("Listings"), found.listings.map((listing) => ({
      href: `/p/${listing.slug}`, label: isChinese ? listing.title_zh : listing.title,
      thumb: listing.thumb, hint: price(listing.price_low, listing.currency),
    }))],
  ].filter(([, options]) => options.length);
  const all = groups.flatMap(([, options]) => options);
  const isShown = isOpen && all.length > 0;

  const go = (option) => { setOpen(false); field.current?.blur(); navigate(prefix + option.href); };
  const press = (event) => {
    if (event.nativeEvent.isComposing) return; // the keys belong to the Chinese input method
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setOpen(true);
      const places = all.length + 1; // the field itself is one of the places
      if (isShown) setAt((was) => ((was + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && isShown && all[at]) {
      event.preventDefault();
      go(all[at]);
    } else if (event.key === "Escape" && isShown) {
      event.preventDefault(); // the browser would empty the field
      setOpen(false);
    } else if (event.key === "Enter") setOpen(false);
  };

  let place = -1;
  return (
    <div className="suggest" onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
    }}>
      <input ref={field} type="search" name="q" value={text} maxLength={200} autoComplete="off" enterKeyHint="search"
        role="combobox" aria-autocomplete="list" aria-expanded={isShown} aria-controls={`${id}list`}
        aria-activedescendant={isShown && all[at] ? `${id}${at}` : undefined}
        aria-label={t("Search listings")} placeholder={t("Search listings")} className="input suggest-field"
        onChange={(event) => { setText(event.target.value); setOpen(true); }}
        onFocus={() => setOpen(true)} onClick={() => setOpen(true)} onKeyDown={press} />
      <div id={`${id}list`} role="listbox" aria-label={t("Suggestions")} hidden={!isShown} className="suggest-list">
        {groups.map(([heading, options]) => (
          <div role="group" aria-label={heading} key={heading}>
            <div aria-hidden="true" className="menu-label">{heading}</div>
            {options.map((option) => {
              place += 1;
              const own = place;
              return (
                <div role="option" id={`${id}${own}`} key={option.href} aria-selected={own === at} className="suggest-option"
                  onMouseDown={(event) => event.preventDefault()} onMouseMove={() => setAt(own)} onClick={() => go(option)}>
                  {option.thumb && <img src={option.thumb} alt="" width={36} height={36} className="suggest-thumb" />}
                  <span className="suggest-text">{option.label}</span>
                  {option.hint !== undefined && <span className="num menu-hint">{option.hint}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

// what the server offers for the text; an answer that comes too late is thrown away
function useOffer(text, isOpen) {
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    if (!isOpen) return undefined;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      fetch(`/search/suggestions?q=${encodeURIComponent(text.trim().slice(0, 60))}`, { signal: asking.signal })
        .then((answer) => (answer.ok ? answer.json() : NOTHING))
        .then(setFound, () => {});
    }, text ? PAUSE : 0);
    return () => { clearTimeout(timer); asking.abort(); };
  }, [text, isOpen]);
  return found;
}
