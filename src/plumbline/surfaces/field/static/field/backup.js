/* An encrypted file of everything unsent, which another phone or the same one can take in with the passphrase. */

import { base64url, bytesOf, random, seal } from "./keys.js";
import { instant } from "./clock.js";
import { state } from "./state.js";
import { base, blobBytes, blobs, contentOf, records } from "./store.js";

const FORMAT = "plumbline-field-backup-1";
const ROUNDS = 600000;

function packed(buffer) {
  return base64url(buffer);
}

function unpacked(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

async function keyOf(phrase, salt) {
  const origin = await crypto.subtle.importKey("raw", bytesOf(phrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, origin, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"],
  );
}

/* A Blob to be saved: the unsent records as they were signed, with their photos. */
export async function exported(phrase) {
  const content = { format: FORMAT, device: state.device, made_at: instant(), records: [], files: [] };
  for (const entry of await records()) {
    const signed = await contentOf(entry);
    if (signed) content.records.push(signed);
  }
  for (const entry of await blobs()) {
    content.files.push({ sha256: entry.sha256, size: entry.size, name: entry.name, state: entry.state, bytes: packed(await blobBytes(entry)) });
  }
  const [salt, iv] = [random(16), random(12)];
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(phrase, salt), bytesOf(JSON.stringify(content)));
  const file = { format: FORMAT, rounds: ROUNDS, salt: packed(salt), iv: packed(iv), data: packed(data) };
  return { blob: new Blob([JSON.stringify(file)], { type: "application/json" }), count: content.records.length };
}

/* Take a backup in. The records keep their signatures: another phone of the same officer sends them as they are, in the
   name of the phone that signed them. Returns how many came in. */
export async function imported(text, phrase) {
  let file;
  try {
    file = JSON.parse(text);
  } catch (fault) {
    file = {};
  }
  if (file.format !== FORMAT) throw new Error("这不是现场应用的备份文件。没有导入任何内容。");
  let content;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: unpacked(file.iv) }, await keyOf(phrase, unpacked(file.salt)), unpacked(file.data));
    content = JSON.parse(new TextDecoder().decode(plain));
  } catch (fault) {
    throw new Error("备份口令不对，或者文件已损坏。没有导入任何内容。");
  }
  const db = await base();
  for (const each of content.files) {
    if (await db.get("blobs", each.sha256)) continue;
    const sealed = await seal(state.key, unpacked(each.bytes));
    await db.put("blobs", { ...each, bytes: null, sealed, thumb: null, done: 0, parts: 0, error: "" });
  }
  let count = 0;
  for (const signed of content.records) {
    const { id, sequence, kind, captured_at: made, files } = signed.record;
    if (await db.get("records", id)) continue;
    const other = signed.device || content.device;
    const sealed = await seal(state.key, { ...signed, device: other });
    await db.add("records", {
      id, sequence, kind, state: "waiting", attempts: 0, error: "", made_at: made, size: sealed.data.byteLength,
      files: files.map((each) => each.sha256), sealed, answer: null,
    });
    if (other === state.device) await db.put("meta", Math.max((await db.get("meta", "sequence")) || 0, sequence), "sequence");
    count += 1;
  }
  return count;
}
