/* The outbox sends: records in the order of their numbers, then photos part by part. Sending again never does harm. */

import { instant } from "./clock.js";
import { seal, unseal } from "./keys.js";
import { call } from "./link.js";
import { changed, state } from "./state.js";
import { amend, blob, blobBytes, blobs, contentOf, dropBlob, putBlob, records } from "./store.js";

export const PART = 1024 * 1024; // bytes; what the server takes at a time
const OPEN = new Set(["waiting", "held", "conflict"]);
const FIRST_WAIT = 4000;
const LONGEST_WAIT = 120000;
let wait = FIRST_WAIT;
let timer = 0;
let running = null;

/* Send what can be sent. One run at a time; a call during a run waits for it. Returns whether nothing is left to do. */
export function flush() {
  if (!running) {
    running = (navigator.locks ? navigator.locks.request("field-send", run) : run()).finally(() => {
      running = null;
    });
  }
  return running;
}

async function run() {
  if (!state.key || !state.pair) return false;
  let reached = true;
  let left = 0;
  for (const entry of await records()) {
    if (!reached || !OPEN.has(entry.state)) continue;
    const done = entry.state === "waiting" ? await sendRecord(entry) : await askAgain(entry);
    reached = done !== "unreached";
    if (done === "later") left += 1;
  }
  for (const entry of await records()) {
    if (!reached || entry.state === "waiting" || entry.state === "refused") continue;
    for (const sha256 of entry.files) {
      const done = reached ? await sendFile(sha256) : "unreached";
      reached = reached && done !== "unreached";
      if (done === "later") left += 1;
    }
  }
  await later(reached && !left);
  changed();
  return reached && !left;
}

/* Without background sync the page itself comes back to it: soon, then less often. */
async function later(done) {
  clearTimeout(timer);
  const waiting = (await records()).some((entry) => entry.state === "waiting" || entry.state === "held");
  wait = done ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
  if (waiting || !done) timer = setTimeout(flush, done ? LONGEST_WAIT : wait);
}

async function sendRecord(entry) {
  const content = await contentOf(entry);
  const answer = await call("PUT", `/field/api/records/${entry.id}`, JSON.stringify(content));
  if (answer.status === 200) {
    await accept(entry, answer.json);
    return "done";
  }
  const told = { attempts: entry.attempts + 1, error: answer.json.message || "", tried_at: instant() };
  if (answer.status === 409 || answer.status === 422) {
    await amend(entry.id, { ...told, state: "refused", unnumbered: true });
    return "done";
  }
  if (answer.status === 0) told.error = "没有连上服务器，联网后自动重传";
  else if (answer.status >= 500) told.error = "服务器出了问题，不是您的操作造成的；内容在本机，稍后自动重传";
  await amend(entry.id, told);
  return answer.status === 0 || answer.status === 403 ? "unreached" : "later";
}

async function askAgain(entry) {
  const answer = await call("GET", `/field/api/records/${entry.id}`);
  if (answer.status === 200) await accept(entry, answer.json);
  return answer.status === 0 ? "unreached" : "done";
}

/* The receipt is kept, sealed. The content leaves the phone once the server has dealt with it for good. */
async function accept(entry, told) {
  const change = { state: told.state, error: told.state === "refused" ? told.message : "", received_at: told.received_at };
  change.attempts = entry.attempts + (entry.state === "waiting" ? 1 : 0);
  change.receipt = await seal(state.key, told);
  if (told.state === "accepted") change.sealed = null;
  await amend(entry.id, change);
}

export async function receiptOf(entry) {
  return entry.receipt ? unseal(state.key, entry.receipt) : null;
}

async function sendFile(sha256) {
  const entry = await blob(sha256);
  if (!entry || entry.state === "kept" || entry.state === "refused") return "done";
  const address = `/field/api/files/${sha256}`;
  const begun = await call("POST", address, JSON.stringify({ name: entry.name, size: entry.size }));
  if (begun.status !== 200) return failed(entry, begun);
  const bytes = new Uint8Array(await blobBytes(entry));
  const parts = Math.ceil(entry.size / PART);
  let missing = begun.json.missing;
  await progress(entry, parts - missing.length, parts);
  // Until the server has said that the whole is there: all its parts may have arrived and only the finish be missing.
  for (let tries = 0; begun.json.state === "receiving" || begun.json.state === "ready"; tries += 1) {
    for (const number of missing) {
      const sent = await call("PUT", `${address}/parts/${number}`, bytes.slice(number * PART, (number + 1) * PART));
      if (sent.status !== 200) return failed(entry, sent);
      await progress(entry, parts - missing.length + missing.indexOf(number) + 1, parts);
    }
    const finished = await call("POST", `${address}/finish`);
    if (finished.status === 200) break;
    if (finished.json.code !== "parts" || tries === 2) return failed(entry, finished);
    missing = finished.json.missing;
  }
  await dropBlob(sha256);
  changed();
  return "done";
}

async function failed(entry, answer) {
  const refused = answer.status === 422 || answer.status === 413;
  await putBlob({ ...entry, error: answer.json.message || "", state: refused ? "refused" : entry.state });
  if (answer.status === 0 || answer.status === 403) return "unreached";
  return refused ? "done" : "later";
}

async function progress(entry, done, parts) {
  entry.done = done;
  entry.parts = parts;
  entry.error = "";
  await putBlob(entry);
  changed();
}

/* Numbers for the badge and the bar: records not yet dealt with, photos sent of all that those name. */
export async function standing() {
  const told = { open: 0, refused: 0, photos: 0, sent: 0, oldest: "" };
  const here = new Set((await blobs()).filter((each) => each.state !== "kept").map((each) => each.sha256));
  for (const entry of await records()) {
    const missing = entry.files.filter((sha256) => here.has(sha256)).length;
    if (entry.state === "accepted" && !missing) continue;
    told.open += 1;
    if (entry.state === "refused") {
      told.refused += 1;
      continue;
    }
    told.photos += entry.files.length;
    told.sent += entry.files.length - missing;
    if (!told.oldest || entry.made_at < told.oldest) told.oldest = entry.made_at;
  }
  return told;
}
