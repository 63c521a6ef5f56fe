// What the sections of the editor share: the working copy, how to change it, what is wrong with it.
import { createContext, useContext } from "react";
import { useLocale, useText } from "$/public/external/marketplace/web/i18n/i18n.js";

export const EditorContext = createContext(null);
export const useEditor = () => useContext(EditorContext);

// The seller's own words in the reader's language, the other one if there are none.
export function useSpoken() {
  const isChinese = useLocale()() === "zh-CN";
  return (row, name = "name") => (isChinese ? row[`${name}_zh`] || row[name] : row[name] || row[`${name}_zh`]) ?? "";
}

// The message beside a field, its own fault before the server's.
export function useFault(field) {
  const t = useText();
  const { faults, faultWords } = useEditor();
  return faults[field] ? t(faults[field], faultWords) : "";
}
