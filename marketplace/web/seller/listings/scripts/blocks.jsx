// The description: blocks one below the other, and how they will look, cleaned by the server.
import { ChevronDown, ChevronUp, Columns2, Image, Plus, Table2, Trash2, Type } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useEditor, useFault } from "./context.js";
import { Section, TextField } from "./fields.jsx";
import { newKey } from "./model.js";
import { PicturePick } from "./pictures.jsx";

const MOST = 40;
const N_ = (message) => message;
const KINDS = {
  text: [Type, N_("Text")], picture: [Image, N_("Picture")],
  columns: [Columns2, N_("Picture beside text")], table: [Table2, N_("Table")],
};

export function Description() {
  const t = useText();
  const { form, set, events } = useEditor();
  const { blocks } = form;
  const fault = useFault("blocks");
  const texts = blocks.flatMap((block) => [block.text, block.text_zh]);
  useEffect(() => {
    const wait = setTimeout(() => events.preview(texts), 600);
    return () => clearTimeout(wait);
  }, [texts.join("\u0000")]);
  const put = (at, words) => set({ blocks: blocks.map((block, index) => (index === at ? { ...block, ...words } : block)) });
  const shift = (at, step) => {
    const next = [...blocks];
    [next[at], next[at + step]] = [next[at + step], next[at]];
    set({ blocks: next });
  };
  const add = (kind) => set({
    blocks: [...blocks, { key: newKey(), kind, text: "", text_zh: "", picture_ids: [], rows: kind === "table" ? [["", ""], ["", ""]] : [] }],
  });
  return (
    <Section name="description" title={t("Description")} hint={t("Text may use **bold**, lists with - and ## headings. The preview shows what buyers will read.")}>
      {fault && <p className="error" role="alert">{fault}</p>}
      {blocks.map((block, at) => (
        <article key={block.key} className="editor-block" aria-label={t("Block {n}", { n: at + 1 })}>
          <header className="row-between">
            <span className="label">{at + 1}. {t(KINDS[block.kind][1])}</span>
            <span>
              <button type="button" className="btn btn-icon" disabled={at === 0} onClick={() => shift(at, -1)} aria-label={t("Move block {n} up", { n: at + 1 })}><ChevronUp size={16} strokeWidth={1.75} aria-hidden="true" /></button>
              <button type="button" className="btn btn-icon" disabled={at === blocks.length - 1} onClick={() => shift(at, 1)} aria-label={t("Move block {n} down", { n: at + 1 })}><ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" /></button>
              <button type="button" className="btn btn-icon" onClick={() => set({ blocks: blocks.filter((each) => each !== block) })} aria-label={t("Remove block {n}", { n: at + 1 })}><Trash2 size={16} strokeWidth={1.75} aria-hidden="true" /></button>
            </span>
          </header>
          <Block block={block} at={at} onChange={(words) => put(at, words)} />
        </article>
      ))}
      {blocks.length < MOST && (
        <div className="row">
          {Object.entries(KINDS).map(([kind, [Sign, label]]) => (
            <button key={kind} type="button" className="btn btn-sm" onClick={() => add(kind)}>
              <Sign size={16} strokeWidth={1.75} aria-hidden="true" />{t(label)}
            </button>
          ))}
        </div>
      )}
    </Section>
  );
}

function Block({ block, at, onChange }) {
  const t = useText();
  const fault = useFault(`blocks.${at}.rows`);
  const hasPicture = block.kind === "picture" || block.kind === "columns";
  if (block.kind === "table") return <>{fault && <p className="error">{fault}</p>}<TableBlock block={block} onChange={onChange} /></>;
  return (
    <div className="stack-sm">
      {hasPicture && (
        <div className="row">
          <span className="meta">{t("Picture")}</span>
          <PicturePick value={block.picture_ids[0] ?? ""} label={t("Picture of block {n}", { n: at + 1 })}
            onChange={(id) => onChange({ picture_ids: id ? [id] : [] })} />
        </div>
      )}
      {block.kind !== "picture" && (
        <div className="editor-pair">
          <TextField name={`blocks.${at}.text`} label={t("English")} lang="en" lines={5} value={block.text} most={20000} onChange={(text) => onChange({ text })} />
          <TextField name={`blocks.${at}.text_zh`} label={t("Chinese")} lang="zh-CN" lines={5} value={block.text_zh} most={20000} onChange={(text_zh) => onChange({ text_zh })} />
        </div>
      )}
    </div>
  );
}

const MOST_ROWS = 40;
const MOST_COLUMNS = 8;

function TableBlock({ block, onChange }) {
  const t = useText();
  const { rows } = block;
  const wide = Math.max(1, ...rows.map((row) => row.length));
  const full = rows.map((row) => [...row, ...Array(wide - row.length).fill("")]);
  const put = (y, x, text) => onChange({ rows: full.map((row, at) => (at === y ? row.with(x, text) : row)) });
  const paste = (event, y, x) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const cells = text.trimEnd().split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim().slice(0, 200)));
    const height = Math.min(MOST_ROWS, Math.max(full.length, y + cells.length));
    const width = Math.min(MOST_COLUMNS, Math.max(wide, x + Math.max(...cells.map((row) => row.length))));
    onChange({
      rows: Array.from({ length: height }, (_, row) => Array.from({ length: width }, (__, column) => cells[row - y]?.[column - x] ?? full[row]?.[column] ?? "")),
    });
  };
  return (
    <div className="stack-sm">
      <div className="table-wrap">
        <table className="editor-table"><tbody>
          {full.map((row, y) => (
            <tr key={y}>
              {row.map((cell, x) => (
                <td key={x}><input className="input" value={cell} maxLength={200} aria-label={t("Row {row}, column {column}", { row: y + 1, column: x + 1 })}
                  onChange={(event) => put(y, x, event.target.value)} onPaste={(event) => paste(event, y, x)} /></td>
              ))}
              <td><button type="button" className="btn btn-icon" disabled={full.length < 2} aria-label={t("Remove row {n}", { n: y + 1 })}
                onClick={() => onChange({ rows: full.filter((_, at) => at !== y) })}><Trash2 size={16} strokeWidth={1.75} aria-hidden="true" /></button></td>
            </tr>
          ))}
        </tbody></table>
      </div>
      <div className="row">
        <button type="button" className="btn btn-sm" disabled={full.length >= MOST_ROWS} onClick={() => onChange({ rows: [...full, Array(wide).fill("")] })}><Plus size={16} strokeWidth={1.75} aria-hidden="true" />{t("Row")}</button>
        <button type="button" className="btn btn-sm" disabled={wide >= MOST_COLUMNS} onClick={() => onChange({ rows: full.map((row) => [...row, ""]) })}><Plus size={16} strokeWidth={1.75} aria-hidden="true" />{t("Column")}</button>
        <button type="button" className="btn btn-sm" disabled={wide < 2} onClick={() => onChange({ rows: full.map((row) => row.slice(0, -1)) })}>{t("Remove the last column")}</button>
      </div>
    </div>
  );
}

// `previews` are the cleaned HTML of each text, in the order they were asked for.
export function Described({ isChinese }) {
  const { form, previews, pictures } = useEditor();
  return (
    <div className="prose">
      {form.blocks.map((block, at) => {
        const html = previews[at * 2 + (isChinese ? 1 : 0)] || previews[at * 2] || previews[at * 2 + 1] || "";
        const picture = pictures.find((each) => each.id === block.picture_ids[0]);
        return (
          <div key={block.key} className={block.kind === "columns" ? "prose-columns" : undefined}>
            {picture && block.kind !== "text" && block.kind !== "table" && <img src={picture.url} alt="" loading="lazy" />}
            {block.kind === "table"
              ? <table><tbody>{block.rows.map((row, y) => <tr key={y}>{row.map((cell, x) => <td key={x}>{cell}</td>)}</tr>)}</tbody></table>
              // cleaned on the server by catalog/rules/prose.py; nothing else may come here
              : html && <div dangerouslySetInnerHTML={{ __html: html }} />}
          </div>
        );
      })}
    </div>
  );
}
