// Apart from `small.jsx`: every page shows a person, few of them its hints.

// two letters of a Latin name, the last two characters of a Chinese one
export function initials(name) {
  const text = String(name ?? "").trim();
  if (/^[\u3400-\u9fff]/.test(text)) return text.slice(-2);
  const words = text.split(/[\s._-]+/).filter(Boolean);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : text.slice(0, 2)).toUpperCase();
}
