/* What lies on the phone, in IndexedDB. Outside the sealed parts there are only random ids, sizes, counters and times.

   meta     device id, key pair, lock, counters
   sealed   package, drafts, receipts and used numbers, encrypted
   records  the outbox: one entry for each record, its content encrypted
   blobs    photos and signatures, encrypted, named by the SHA-256 of the original bytes */

import { openDB, deleteDB } from "./vendor/idb.js";
import { seal, unseal, unsealBytes } from "./keys.js";
import { state } from "./state.js";

const NAME = "plumbline-field";
let opened = null;

export function base() {
  if (!opened) {
    opened = openDB(NAME, 1, {
      upgrade(made) {
        made.createObjectStore("meta");
        made.createObjectStore("sealed");
        made.createObjectStore("records", { keyPath: "id" });
        made.createObjectStore("blobs", { keyPath: "sha256" });
      },
    });
  }
  return opened;
}

export async function meta(name) {
  return (await base()).get("meta", name);
}

export async function setMeta(name, value) {
  return (await base()).put("meta", value, name);
}

export async function keep(name, content) {
  const sealed = await seal(state.key, content);
  return (await base()).put("sealed", sealed, name);
}

export async function kept(name) {
  const sealed = await (await base()).get("sealed", name);
  return sealed ? unseal(state.key, sealed) : undefined;
}

export async function forget(name) {
  return (await base()).delete("sealed", name);
}

export async function keptNames(prefix) {
  const names = await (await base()).getAllKeys("sealed");
  return names.filter((name) => name.startsWith(prefix));
}

export async function records() {
  const found = await (await base()).getAll("records");
  return found.sort((a, b) => a.sequence - b.sequence);
}

export async function record(id) {
  return (await base()).get("records", id);
}

export async function contentOf(entry) {
  return entry.sealed ? unseal(state.key, entry.sealed) : null;
}

/* Change an entry of the outbox in one transaction, so that two tabs do not undo each other's work. */
export async function amend(id, change) {
  const tx = (await base()).transaction("records", "readwrite");
  const entry = await tx.store.get(id);
  if (entry) await tx.store.put({ ...entry, ...change });
  await tx.done;
}

export async function blob(sha256) {
  return (await base()).get("blobs", sha256);
}

export async function blobBytes(entry) {
  return unsealBytes(state.key, entry.sealed);
}

export async function blobs() {
  return (await base()).getAll("blobs");
}

export async function putBlob(entry) {
  return (await base()).put("blobs", entry);
}

export async function dropBlob(sha256) {
  return (await base()).delete("blobs", sha256);
}

/* Everything on the phone is gone: log-out, seven days without use, or an order of the server. */
export async function wipe() {
  const db = await base();
  db.close();
  opened = null;
  await deleteDB(NAME);
  for (const name of await caches.keys()) if (name.startsWith("field-")) await caches.delete(name);
  state.key = state.pair = state.pack = null;
}
