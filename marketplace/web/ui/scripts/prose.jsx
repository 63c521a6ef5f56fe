// The only place where HTML of a seller's text is shown; `catalog/rules/prose.py` has cleaned it.
export function Prose({ html }) {
  return <div className="described" dangerouslySetInnerHTML={{ __html: String(html ?? "") }} />;
}
