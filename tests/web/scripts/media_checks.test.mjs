// Whether a picture of a document looks blurred: a hint, so it must neither cry wolf nor sleep.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SHARP, sharpness } from "../../../marketplace/web/ui/media/scripts/checks.js";

const picture = (width, height, grey) => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.fill(grey(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  return { width, height, data };
};
const text = (x, y) => (y % 9 < 2 && x % 5 < 2 ? 20 : 245); // small dark strokes on paper
const soft = (x, y) => 128 + 100 * Math.sin(x / 30) * Math.sin(y / 30); // the same, out of focus

test("printed words are sharp", () => assert.ok(sharpness(picture(480, 320, text)) > SHARP));
test("a photo out of focus is not", () => assert.ok(sharpness(picture(480, 320, soft)) < SHARP));
test("blank paper is not", () => assert.ok(sharpness(picture(480, 320, () => 250)) < SHARP));
test("a dot cannot be judged", () => assert.equal(sharpness(picture(2, 2, text)), Infinity));
