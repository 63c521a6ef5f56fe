// The gallery is a piece of its own (web/ui/media); here its pictures are chosen for other places.
import { ImagePlus, X } from "lucide-react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { Popover } from "$/public/external/marketplace/web/ui/index_page/scripts/popover.jsx";
import { useEditor, useFault } from "./context.js";
import { Section, TextField } from "./fields.jsx";

export function Pictures({ gallery }) {
  const t = useText();
  const { form, set } = useEditor();
  const fault = useFault("pictures");
  return (
    <Section name="media" title={t("Pictures")} hint={t("The first is the cover. Up to 15; at least 1000 pixels wide.")}>
      {fault && <p className="error" role="alert">{fault}</p>}
      {gallery}
      <TextField name="video_url" label={t("Video link")} isOptional type="url" maxLength={400} value={form.video_url}
        hint={t("A link that begins with https://")} onChange={(next) => set({ video_url: next.trim() })} />
    </Section>
  );
}

// One of the listing's own pictures.
export function PicturePick({ value, label, onChange }) {
  const t = useText();
  const { pictures } = useEditor();
  const chosen = pictures.find((picture) => picture.id === value);
  const sign = chosen ? <img src={chosen.url} alt="" width="28" height="28" /> : <ImagePlus size={18} strokeWidth={1.75} aria-hidden="true" />;
  return (
    <Popover label={label} name={label} className="btn btn-icon editor-pick" trigger={sign}>
      {(close) => (
        <div className="editor-pick-list">
          {pictures.length === 0 && <p className="hint">{t("Add pictures to the listing first.")}</p>}
          {pictures.map((picture, at) => (
            <button key={picture.id} type="button" aria-pressed={picture.id === value}
              aria-label={picture.alt || t("Picture {n}", { n: at + 1 })} onClick={() => { onChange(picture.id); close(); }}>
              <img src={picture.url} alt="" width="56" height="56" loading="lazy" />
            </button>
          ))}
          {chosen && (
            <button type="button" aria-label={t("No picture")} onClick={() => { onChange(""); close(); }}>
              <X size={18} strokeWidth={1.75} aria-hidden="true" />
            </button>
          )}
        </div>
      )}
    </Popover>
  );
}
