// Small things that need the browser: copying, hints, a sparkline, a chart that is also a table.
import { useEffect, useId, useState } from "react";
import * as Tooltip from "@radix-ui/react-tooltip";
import { Check, Copy, Info, Table2, ChartColumn } from "lucide-react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useHost } from "./portal.js";

export function Copyable({ value, label, children }) {
  const t = useText();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => navigator.clipboard?.writeText(String(value)).then(() => setCopied(true));
  const Icon = isCopied ? Check : Copy;
  return (
    <span className="copyable">
      <span className="mono">{children ?? label ?? value}</span>
      <button type="button" className="copyable-button" onClick={copy} title={t("Copy")}
        aria-label={t("Copy {value}", { value: label ?? value })}>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <span className="visually-hidden" role="status">{isCopied ? t("Copied.") : ""}</span>
    </span>
  );
}

export function TooltipRoot({ text, children }) {
  const container = useHost();
  return (
    <Tooltip.Provider delayDuration={300}>
      <Tooltip.Root>
        {children}
        <Tooltip.Portal container={container}>
          <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>{text}</Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
export const TooltipTrigger = ({ children, ...rest }) => <Tooltip.Trigger {...rest}>{children}</Tooltip.Trigger>;

// opens on hover and focus, and on a tap, where there is no hover
export function Explain({ text, label }) {
  const container = useHost();
  const [isOpen, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={200}>
      <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
        <Tooltip.Trigger type="button" className="explain" aria-label={label}
          onClick={(event) => { event.preventDefault(); setOpen(true); }}>
          <Info size={14} strokeWidth={1.75} aria-hidden="true" />
        </Tooltip.Trigger>
        <Tooltip.Portal container={container}>
          <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>{text}</Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}

// `points` now, `before` the period compared with, dashed; drawn on one scale
export function Sparkline({ points, before }) {
  const series = (points ?? []).map(Number);
  const other = (before ?? []).map(Number);
  if (series.length < 2) return null;
  const all = [...series, ...other];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const width = 96;
  const height = 32;
  const steps = Math.max(series.length, other.length) - 1;
  const at = (value, index) => [
    ((index / steps) * (width - 6) + 2).toFixed(1),
    (height - 4 - ((value - low) / span) * (height - 8)).toFixed(1),
  ];
  const path = (values) => values.map((value, index) => `${index ? "L" : "M"}${at(value, index).join(" ")}`).join("");
  const [endX, endY] = at(series.at(-1), series.length - 1);
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <path className="sparkline-area" d={`${path(series)}L${endX} ${height}L2 ${height}Z`} />
      {other.length > 1 && <path className="sparkline-before" d={path(other)} />}
      <path className="sparkline-line" d={path(series)} />
      <circle className="sparkline-end" cx={endX} cy={endY} r="2.5" />
    </svg>
  );
}

export function ChartCard({ heading, takeaway, children }) {
  const t = useText();
  const id = useId();
  const [isTable, setTable] = useState(false);
  const [chart, table, extra] = children;
  const Icon = isTable ? ChartColumn : Table2;
  const words = isTable ? t("View as chart") : t("View as table");
  return (
    <figure className="card chart-card" aria-labelledby={id}>
      <figcaption className="chart-head">
        <div>
          <h2 className="h3" id={id}>{heading}</h2>
          {takeaway && <p className="lead">{takeaway}</p>}
        </div>
        <div className="chart-tools">
          {extra}
          <button type="button" className="btn btn-icon" aria-pressed={isTable} title={words} aria-label={words}
            onClick={() => setTable(!isTable)}>
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </div>
      </figcaption>
      {isTable ? <div className="table-wrap">{table}</div> : <div className="chart" aria-hidden="true">{chart}</div>}
    </figure>
  );
}
