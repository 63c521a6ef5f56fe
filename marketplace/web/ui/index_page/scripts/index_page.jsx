// A list page: its question is the URL, its rows come from the server, all else lives here.
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useNumber, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { IndexContext, useHiddenColumns, useIndex, usePhone } from "./context.js";
import { useRowKeys } from "./keys.js";
import { useSelection } from "./selection.js";
import { Failed, FirstUse, NoMatch, NotPermitted } from "./states.jsx";
import { Table } from "./table.jsx";
import { Tabs } from "./tabs.jsx";
import { Tools } from "./tools.jsx";
import { address, changed, content, value } from "./url.js";

export function IndexPage(props) {
  const { spec, listing, allowed, onRetry, children } = props;
  const [primary, secondary, bulk, emptyAction, rows, notice] = children;
  const frame = useRef(null);
  const [search, isHere] = useSearch();
  const go = useGo(search);
  const views = allViews(spec, props.views);
  const view = useView(views, search, isHere, go);
  const [hidden, hide] = useHiddenColumns(spec, view);
  const selection = useSelection(listing.ids, listing.asked);
  const isPhone = usePhone();
  const [isPicking, setPicking] = useState(false);
  useRowKeys(frame, selection.toggle);

  const isFresh = listing.asked === null || listing.asked === undefined;
  const used = spec.filters.filter((filter) => value(search, filter.key));
  const isChanged = content(search) !== content(view?.query ?? "") ||
    (view?.isSaved && hidden.join() !== view.columns.join());
  const shared = {
    spec, listing, search, go, used, views, view, isChanged, hidden, hide, isPhone, isFresh, ...selection,
    sort: sortOf(spec, search),
    isWaiting: isHere && !isFresh && listing.asked !== search,
    isPicking: isPicking || selection.selected.size > 0,
    pick: () => { setPicking(!isPicking); selection.clear(); },
  };
  const events = {
    save: props.onSaveView, update: props.onUpdateView, rename: props.onRenameView,
    share: props.onShareView, makeDefault: props.onDefaultView, remove: props.onDeleteView,
  };
  return (
    <IndexContext.Provider value={shared}>
      <div ref={frame} className="index-page">
        {spec.hasHeading && <Heading primary={primary} secondary={secondary} />}
        {notice}
        {isFresh && !allowed ? <NotPermitted /> : <>
          <Tabs events={events} />
          <Tools />
          {listing.reference ? <Failed reference={listing.reference} onRetry={() => onRetry()} />
            : isFresh || listing.total > 0 ? <Table bulk={bulk}>{rows}</Table>
            : used.length > 0 || value(search, "q") ? <NoMatch /> : <FirstUse action={emptyAction} />}
        </>}
      </div>
    </IndexContext.Provider>
  );
}

function Heading({ primary, secondary }) {
  const t = useText();
  const number = useNumber();
  const { spec, listing, isFresh } = useIndex();
  return (
    <div className="index-head">
      <h1 className="h1">{t(spec.title)} {!isFresh && <span className="index-count">{number(listing.total)}</span>}</h1>
      <div className="index-head-actions">{secondary}{primary}</div>
    </div>
  );
}

// The page is built without a query: its own search counts only once it runs in the browser.
function useSearch() {
  const { search } = useLocation();
  const [isHere, arrive] = useState(false);
  useEffect(() => arrive(true), []);
  return [isHere ? search.slice(1) : "", isHere];
}

function useGo(search) {
  const navigate = useNavigate();
  return (changes, options) =>
    navigate(address(changed(search, changes)), { preventScrollReset: true, ...options });
}

function allViews(spec, saved) {
  return [
    { id: "all", name: N_("All"), query: "", address: "view=all" },
    ...spec.views.map((view) => ({ ...view, address: `view=${view.id}&${view.query}` })),
    ...(saved ?? []).map((view) => ({
      ...view, isSaved: true, isOwn: view.is_own, address: `view=${view.id}&${view.query}`,
    })),
  ];
}

// The view in use: the one asked for, or that shows just this. A bare address opens with its reader's own default view.
function useView(views, search, isHere, go) {
  const usual = views.find((view) => view.is_default);
  const isBare = isHere && search === "";
  useEffect(() => {
    if (isBare && usual) {
      go({ view: usual.id, ...Object.fromEntries(new URLSearchParams(usual.query)) }, { replace: true });
    }
  }, [isBare, usual?.id]);
  const key = value(search, "view");
  return views.find((view) => view.id === key && key !== "all") ??
    views.find((view) => content(view.query) === content(search)) ?? views[0];
}

function sortOf(spec, search) {
  const known = new Set(spec.sorts.map((sort) => sort.replace(/^-/, "")));
  const asked = value(search, "sort");
  return known.has(asked.replace(/^-/, "")) ? asked : spec.sorts[0];
}

const N_ = (message) => message;
