// What the browser can say about a file before it is sent; the server says it again.
const MEGABYTE = 1_000_000;
const MOST_PIXELS = 40_000_000;
const HEADER = 256 * 1024; // bytes in which the size of a picture is found
export const SHARP = 60; // variance of the Laplacian at 480 px; papers below it are hard to read
const TYPES = {
  jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp", pdf: "application/pdf", csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
// what systems call a CSV
const ALIASES = { "application/vnd.ms-excel": "text/csv", "application/csv": "text/csv", "text/plain": "text/csv" };

export class Refusal extends Error {
  constructor(message, words = {}) {
    super(message);
    this.words = words;
  }
}

export function typeOf(file) {
  const ending = file.name.split(".").pop().toLowerCase();
  if (ending === "csv" || !file.type) return TYPES[ending] ?? file.type;
  return ALIASES[file.type] ?? file.type;
}
export const isPicture = (type) => type.startsWith("image/");

// Throws a Refusal; returns { type, width, height, isBlurred, preview } of a file worth sending.
export async function look(file, limits, purpose) {
  const type = typeOf(file);
  if (!limits.types.includes(type)) {
    throw new Refusal("This kind of file is not accepted here. Accepted: {types}.", { types: limits.names });
  }
  if (file.size > limits.most) {
    throw new Refusal("The file is larger than {megabytes} MB.", { megabytes: Math.floor(limits.most / MEGABYTE) });
  }
  if (file.size === 0) throw new Refusal("The file is empty.");
  if (!isPicture(type)) return { type };
  const size = dimensions(new DataView(await file.slice(0, HEADER).arrayBuffer()));
  if (size && size.width * size.height > MOST_PIXELS) {
    throw new Refusal("This picture has too many pixels. At most 40 megapixels are accepted.");
  }
  const preview = await small(file);
  return { type, ...size, preview, isBlurred: purpose === "document" && preview !== null && isBlurry(preview) };
}

// Width and height from the header of a PNG, JPEG or WebP, nothing decoded; null if not found.
export function dimensions(view) {
  const tag = (at) => String.fromCharCode(...[0, 1, 2, 3].map((next) => view.getUint8(at + next)));
  try {
    if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint16(0) === 0xffd8) return jpegSize(view);
    if (tag(0) === "RIFF" && tag(8) === "WEBP") return webpSize(view, tag(12));
  } catch (broken) {
    if (!(broken instanceof RangeError)) throw broken; // the header is longer than what we read
  }
  return null;
}

function jpegSize(view) {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view, chunk) {
  const three = (at) => view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
  if (chunk === "VP8X") return { width: three(24) + 1, height: three(27) + 1 };
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

// A canvas at most 480 px wide: a preview that needs no address (our policy has no blob:).
async function small(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, 480 / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas;
  } catch {
    return null; // the server will say what is wrong with it
  }
}

const isBlurry = (canvas) => sharpness(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)) < SHARP;

// The variance of the Laplacian: edges make it large, a blur makes it small.
export function sharpness({ width, height, data: pixels }) {
  if (width < 3 || height < 3) return Infinity;
  const grey = (x, y) => {
    const at = (y * width + x) * 4;
    return 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2];
  };
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const edge = 4 * grey(x, y) - grey(x - 1, y) - grey(x + 1, y) - grey(x, y - 1) - grey(x, y + 1);
      sum += edge;
      squares += edge * edge;
    }
  }
  const count = (width - 2) * (height - 2);
  return squares / count - (sum / count) ** 2;
}
