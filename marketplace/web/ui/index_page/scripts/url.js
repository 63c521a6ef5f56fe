// A list's state is its URL: read it, and make the next one.
const NOT_CONTENT = ["view", "page", "size"];

// `changes` sets keys (arrays join with commas) or, with "" or null, takes them away.
// Anything but turning a page goes back to the first page.
export function changed(search, changes) {
  const parameters = new URLSearchParams(search);
  if (!("page" in changes)) parameters.delete("page");
  for (const [key, value] of Object.entries(changes)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text === "" || text === null || text === undefined) parameters.delete(key);
    else parameters.set(key, text);
  }
  return written(parameters);
}

// The part of a query that a saved view keeps, always in the same order.
export function content(search) {
  const parameters = new URLSearchParams(search);
  NOT_CONTENT.forEach((key) => parameters.delete(key));
  parameters.sort();
  return written(parameters);
}

export const values = (search, key) =>
  (new URLSearchParams(search).get(key) ?? "").split(",").filter(Boolean);

export const value = (search, key) => new URLSearchParams(search).get(key) ?? "";

export const address = (query) => (query ? `?${query}` : "?");

const written = (parameters) => parameters.toString().replaceAll("%2C", ",");
