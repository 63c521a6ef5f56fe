// From a chosen file to a checked one: permit, upload straight to its address, arrived, wait.
import { Refusal, typeOf } from "./checks.js";

const PAUSES = [300, 500, 700, 1000];
const PATIENCE = 90_000;
const N_ = (message) => message; // for the catalogue; shown with `t`
const LOST = N_("The connection was lost. Please try again.");
const SLOW = N_("Checking takes longer than usual. Please look again in a minute.");

// `proof` comes with the page's state: without it there is nothing to send yet.
// `told(stage, share)` hears of "sending" with 0 to 1, then "checking". Returns the row of the server.
export async function send(file, { purpose, hat, proof, signal, told }) {
  const type = typeOf(file);
  const wish = { purpose, hat, name: file.name.slice(0, 200), size: file.size, content_type: type };
  const permit = await ask("/media/permits", { method: "POST", proof, body: wish, signal });
  told("sending", 0);
  await post(permit, file, type, { signal, told });
  told("checking", 1);
  await ask(`/media/${permit.id}/arrived`, { method: "POST", proof, body: { hat }, signal });
  return settled(permit.id, hat, signal);
}

async function settled(id, hat, signal) {
  const until = Date.now() + PATIENCE;
  for (let round = 0; Date.now() < until; round += 1) {
    const row = await ask(`/media/${id}?hat=${hat}`, { signal });
    if (row.status === "ready") return row;
    if (row.status === "refused") throw new Refusal(row.refusal);
    await new Promise((resolve) => { setTimeout(resolve, PAUSES[round] ?? 1500); });
    if (signal?.aborted) throw new DOMException("", "AbortError");
  }
  throw new Refusal(SLOW);
}

async function ask(address, { method = "GET", proof, body, signal }) {
  const answer = await fetch(address, {
    method, signal,
    headers: body ? { "Content-Type": "application/json", "X-Proof": proof } : {},
    body: body && JSON.stringify(body),
  }).catch((broken) => { throw broken.name === "AbortError" ? broken : new Refusal(LOST); });
  const told = await answer.json().catch(() => null);
  if (answer.ok && told) return told;
  throw new Refusal(told?.message ?? LOST, told?.words);
}

function post(permit, file, type, { signal, told }) {
  const form = new FormData();
  Object.entries(permit.fields).forEach(([name, value]) => form.append(name, value));
  form.append("file", new Blob([file], { type }), "file");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", permit.url);
    request.upload.onprogress = (event) => { if (event.lengthComputable) told("sending", event.loaded / event.total); };
    request.onload = () => (request.status < 300 ? resolve() : reject(new Refusal(LOST)));
    request.onerror = () => reject(new Refusal(LOST));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
