/* Keys: the phone's own key pair (signs), the data key (encrypts, wrapped by the PIN), the key of a second officer's PIN. */

export const LEAST = 600000; // rounds of PBKDF2-SHA-256 where the phone does them within half a second
const FLOOR = 200000; // on a phone so slow that it does not
const HALF = 500; // milliseconds
export const COSIGN_ROUNDS = 600000; // the server knows this figure: a second officer's PIN must give one key on every phone

const utf8 = new TextEncoder();

export function bytesOf(text) {
  return utf8.encode(text);
}

export function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

export function base64url(buffer) {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/* A version 4 UUID; crypto.randomUUID is younger than our oldest browser. */
export function newId() {
  const bytes = random(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

export async function sha256(buffer) {
  return hex(await crypto.subtle.digest("SHA-256", buffer));
}

/* RFC 8785 for what records hold: text, whole numbers, truth values, lists, objects with plain names. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("a record holds whole numbers only");
  return JSON.stringify(value);
}

export async function digestOf(value) {
  return sha256(bytesOf(canonical(value)));
}

export async function makePair() {
  return crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
}

export async function publicJwk(pair) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { kty, crv, x, y };
}

export async function signed(pair, message) {
  return base64url(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, message));
}

async function stretched(pin, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", bytesOf(pin.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base, 256);
}

/* As many rounds as half a second allows, at least 600 000 where the phone can do them in that time. */
export async function roundsHere() {
  const probe = 60000;
  const began = performance.now();
  await stretched("probe", new Uint8Array(16), probe);
  const allowed = Math.floor((probe * HALF) / Math.max(1, performance.now() - began));
  return allowed >= LEAST ? Math.min(allowed, 4 * LEAST) : Math.max(FLOOR, allowed);
}

async function keyOfPin(pin, salt, rounds) {
  return crypto.subtle.importKey("raw", await stretched(pin, salt, rounds), "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}

/* A fresh data key, wrapped by the PIN. What comes back goes into the store; the key itself stays in memory. */
export async function newDataKey(pin) {
  const rounds = await roundsHere();
  const [salt, iv] = [random(16), random(12)];
  const open = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", open, await keyOfPin(pin, salt, rounds), { name: "AES-GCM", iv });
  return { lock: { rounds, salt, iv, wrapped }, key: await unwrapped(pin, { rounds, salt, iv, wrapped }) };
}

/* The data key, or null when the PIN is not the right one. It cannot be read out again. */
export async function unwrapped(pin, lock) {
  try {
    return await crypto.subtle.unwrapKey(
      "raw", lock.wrapped, await keyOfPin(pin, lock.salt, lock.rounds), { name: "AES-GCM", iv: lock.iv }, "AES-GCM",
      false, ["encrypt", "decrypt"],
    );
  } catch (fault) {
    return null;
  }
}

export async function seal(key, content) {
  const plain = content instanceof ArrayBuffer || ArrayBuffer.isView(content) ? content : bytesOf(JSON.stringify(content));
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

export async function unsealBytes(key, sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
}

export async function unseal(key, sealed) {
  return JSON.parse(new TextDecoder().decode(await unsealBytes(key, sealed)));
}

/* The key that an officer's PIN yields for signing on a colleague's phone, and the proof that it makes of a record. */
export async function cosignKey(pin, number) {
  return hex(await stretched(pin, bytesOf(`plumbline-cosign:${number}`), COSIGN_ROUNDS));
}

export async function proofOf(digest, keyHex) {
  const key = await crypto.subtle.importKey("raw", unhex(keyHex), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, bytesOf(digest)));
}
