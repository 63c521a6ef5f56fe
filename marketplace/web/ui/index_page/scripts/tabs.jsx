// Saved views as tabs: All, the page's own, mine, and what colleagues share.
import { Ellipsis, Users } from "lucide-react";
import { useId, useState } from "react";
import { Link } from "react-router";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";
import { Popover } from "./popover.jsx";
import { Sheet } from "./sheet.jsx";
import { address, content } from "./url.js";

export function Tabs({ events }) {
  const t = useText();
  const { views, view, search, isChanged } = useIndex();
  const [isSaving, save] = useState(false);
  const canSave = content(search) !== "" && isChanged;
  if (views.length < 2 && !canSave) return null;
  return (
    <div className="index-views">
      <nav className="index-tabs" aria-label={t("Views")}>
        {views.map((each) => (
          <span key={each.id} className="index-tab" data-on={each === view || undefined}>
            <Link to={address(each.address)} aria-current={each === view ? "page" : undefined}>
              {each.isSaved ? each.name : t(each.name)}
              {each.isSaved && !each.isOwn && <>
                <Users size={12} strokeWidth={1.75} aria-hidden="true" />
                <span className="visually-hidden">{t("shared by {name}", { name: each.owner })}</span>
              </>}
            </Link>
            {each === view && each.isOwn && <ViewMenu key={each.id} view={each} events={events} />}
          </span>
        ))}
      </nav>
      {canSave && (
        <button type="button" className="btn btn-link btn-sm" onClick={() => save(true)}>{t("Save view")}</button>
      )}
      <SaveView isOpen={isSaving} onClose={() => save(false)} events={events} />
    </div>
  );
}

function ViewMenu({ view, events }) {
  const t = useText();
  const { search, hidden, isChanged, go } = useIndex();
  const [isRenaming, rename] = useState(false);
  return (
    <>
      <Popover label={t("View {name}", { name: view.name })} name={t("View {name}", { name: view.name })}
        className="btn btn-icon index-view-menu"
        trigger={<Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />}>
        {(close) => {
          const act = (work) => () => { close(); work(); };
          return (
            <ul className="index-options">
              {isChanged && <Act onClick={act(() => events.update(view.id, content(search), hidden))}>{t("Save changes to this view")}</Act>}
              <Act onClick={act(() => rename(true))}>{t("Rename")}</Act>
              <Act onClick={act(() => events.share(view.id, !view.is_shared))}>
                {view.is_shared ? t("Stop sharing") : t("Share with colleagues")}
              </Act>
              <Act onClick={act(() => events.makeDefault(view.id, !view.is_default))}>
                {view.is_default ? t("Do not open with this view") : t("Open with this view")}
              </Act>
              <Act isDanger onClick={act(() => { events.remove(view.id); go({ view: "all" }); })}>{t("Delete view")}</Act>
            </ul>
          );
        }}
      </Popover>
      <NameSheet title={t("Rename view")} isOpen={isRenaming} onClose={() => rename(false)}
        name={view.name} button={t("Rename")} onName={(name) => events.rename(view.id, name)} />
    </>
  );
}

const Act = ({ isDanger, onClick, children }) => (
  <li>
    <button type="button" className={isDanger ? "menu-item menu-item-danger" : "menu-item"} onClick={onClick}>
      {children}
    </button>
  </li>
);

function SaveView({ isOpen, onClose, events }) {
  const t = useText();
  const { search, hidden } = useIndex();
  return (
    <NameSheet title={t("Save view")} isOpen={isOpen} onClose={onClose} name="" button={t("Save view")}
      hasSharing onName={(name, isShared) => events.save(name, content(search), hidden, isShared)} />
  );
}

function NameSheet({ title, isOpen, onClose, name, button, hasSharing, onName }) {
  const t = useText();
  const id = useId();
  const send = (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = form.get("name").trim();
    if (!chosen) return;
    onName(chosen, form.get("shared") === "on");
    onClose();
  };
  return (
    <Sheet title={title} isOpen={isOpen} onClose={onClose}
      footer={<>
        <button type="button" className="btn" onClick={onClose}>{t("Cancel")}</button>
        <button type="submit" form={id} className="btn btn-primary">{button}</button>
      </>}>
      <form id={id} className="stack" onSubmit={send}>
        <label className="field"><span className="label">{t("View name")}</span>
          <input name="name" className="input" defaultValue={name} maxLength={80} required autoComplete="off" />
        </label>
        {hasSharing && (
          <label className="check"><input type="checkbox" name="shared" />{t("Share with colleagues")}</label>
        )}
      </form>
    </Sheet>
  );
}
