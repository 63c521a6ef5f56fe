// Instead of rows: nothing yet, nothing found, not allowed, or a failure with its number.
import { Inbox, Lock, SearchX, TriangleAlert } from "lucide-react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";

function Notice({ icon: Icon, title, text, role, children }) {
  return (
    <div className="card index-notice" role={role}>
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <h2 className="h2">{title}</h2>
      {text && <p className="lead">{text}</p>}
      {children}
    </div>
  );
}

export function FirstUse({ action }) {
  const t = useText();
  const { spec } = useIndex();
  return <Notice icon={Inbox} title={t(spec.emptyTitle)} text={t(spec.emptyText)}>{action}</Notice>;
}

export function NoMatch() {
  const t = useText();
  const { spec, go } = useIndex();
  const nothing = Object.fromEntries([...spec.filters.map((filter) => [filter.key, ""]), ["q", ""]]);
  return (
    <Notice icon={SearchX} title={t("Nothing matches")} text={t("No row fits this search and these filters.")}>
      <button type="button" className="btn" onClick={() => go(nothing)}>{t("Clear filters")}</button>
    </Notice>
  );
}

export function NotPermitted() {
  const t = useText();
  const { spec } = useIndex();
  return (
    <Notice icon={Lock} title={t("You may not see this list")}
      text={t("It needs the permission “{permission}”. A colleague who manages roles can give it to you.",
        { permission: t(spec.permission) })} />
  );
}

export function Failed({ reference, onRetry }) {
  const t = useText();
  return (
    <Notice icon={TriangleAlert} role="alert" title={t("The list could not be loaded")}
      text={t("Your filters are kept. Reference: {number}", { number: reference })}>
      <button type="button" className="btn" onClick={onRetry}>{t("Retry")}</button>
    </Notice>
  );
}
