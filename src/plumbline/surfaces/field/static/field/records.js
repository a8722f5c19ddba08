/* Making a record: numbered, signed, sealed and stored in one transaction, or not at all. */

import { instant } from "./clock.js";
import { base64url, bytesOf, canonical, seal, signed } from "./keys.js";
import { changed, state } from "./state.js";
import { base, keep, kept, meta, setMeta } from "./store.js";

/* One tab at a time decides the next number. */
function alone(act) {
  return navigator.locks ? navigator.locks.request("field-sequence", act) : act();
}

/* Append a record. ``id`` is that of its draft, so pressing twice or a killed tab never makes two. */
export async function append({ id, kind, body, files = [], replaces = "", version = 0, finish = null }) {
  return alone(async () => {
    const db = await base();
    if (await db.get("records", id)) return id;
    const last = (await meta("sequence")) || 0;
    // What the server would not even keep has used no number there: its successor takes that number.
    const before = replaces ? await db.get("records", replaces) : null;
    const again = before && before.unnumbered;
    const sequence = again ? before.sequence : last + 1;
    const document = { id, sequence, kind, captured_at: instant(), package: state.pack ? state.pack.sha256 : "", body, files };
    if (replaces) document.replaces = replaces;
    if (version) document.base_version = version;
    if (finish) await finish(document);
    const signature = await signed(state.pair, bytesOf(canonical(document)));
    const sealed = await seal(state.key, { record: document, signature });
    const tx = db.transaction(["records", "meta"], "readwrite");
    await Promise.all([
      tx.objectStore("records").add({
        id, sequence, kind, state: "waiting", attempts: 0, error: "", made_at: document.captured_at,
        size: sealed.data.byteLength, files: files.map((each) => each.sha256), sealed, answer: null,
      }),
      tx.objectStore("meta").put(Math.max(last, sequence), "sequence"),
      ...(before ? [tx.objectStore("records").delete(replaces)] : []),
      tx.done,
    ]);
    changed();
    return id;
  });
}

/* A number is used once it stands on a paper, whatever becomes of the record afterwards. */
export async function useNumber(number) {
  const used = (await kept("numbers-used")) || [];
  if (!used.includes(number)) await keep("numbers-used", [...used, number]);
}

export async function freeNumber(number) {
  const used = (await kept("numbers-used")) || [];
  await keep("numbers-used", used.filter((each) => each !== number));
}

export { base64url, setMeta };
