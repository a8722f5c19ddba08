/* Photos and signatures: hashed, sealed and stored at once, before anything else can go wrong. */

import { instant } from "./clock.js";
import { seal, sha256, unseal } from "./keys.js";
import { state } from "./state.js";
import { blob, blobBytes, dropBlob, keep, kept, putBlob } from "./store.js";

export const LARGEST = 20 * 1024 * 1024; // bytes; what the server takes as a photo
const EDGE = 2400; // pixels of the longer side of a reduced copy
const THUMB = 168;
const TYPES = { "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp" };

export class PhotoRefused extends Error {}

/* Keep a picture; ``reduce`` sends a smaller copy and leaves the original on the phone. Returns what a record names. */
export async function takePhoto(file, { purpose, point = 0, reduce = false }) {
  if (!TYPES[file.type]) throw new PhotoRefused(`“${file.name}”不是 JPEG、PNG 或 WebP 照片。请改用相机拍照。`);
  if (!file.size) throw new PhotoRefused(`“${file.name}”是空文件。请重新拍照。`);
  const bytes = await file.arrayBuffer();
  const taken = { taken_at: instant(), purpose, point };
  if (reduce) {
    const small = await reduced(file, EDGE, 0.85);
    if (small && small.size < file.size) {
      await put(bytes, file.type, { ...taken, state: "kept" }, file);
      return put(await small.arrayBuffer(), "image/jpeg", { ...taken, state: "waiting" }, small);
    }
  }
  if (file.size > LARGEST) {
    const megabytes = (file.size / 1048576).toFixed(0);
    throw new PhotoRefused(`照片不能超过 20 MB（当前 ${megabytes} MB）。请勾选“压缩后上传”再拍，原图仍保存在本机。`);
  }
  return put(bytes, file.type, { ...taken, state: "waiting" }, file);
}

async function put(bytes, type, about, source) {
  const name = await sha256(bytes);
  const known = await blob(name);
  if (!known) {
    const sealed = await seal(state.key, bytes);
    const thumb = await thumbOf(source);
    await putBlob({
      sha256: name, size: bytes.byteLength, name: `${about.purpose}-${name.slice(0, 8)}${TYPES[type]}`, state: about.state,
      sealed, thumb: thumb ? await seal(state.key, { url: thumb }) : null, done: 0, parts: 0, error: "",
    });
  }
  const told = { sha256: name, size: bytes.byteLength, type, purpose: about.purpose, taken_at: about.taken_at };
  if (about.point) told.point = about.point;
  return told;
}

async function reduced(source, edge, quality) {
  try {
    const picture = await createImageBitmap(source);
    const by = Math.min(1, edge / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * by));
    canvas.height = Math.max(1, Math.round(picture.height * by));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  } catch (fault) {
    return null; // the browser cannot read it; the original goes as it is
  }
}

async function thumbOf(source) {
  const small = source instanceof Blob ? await reduced(source, THUMB, 0.7) : null;
  if (!small) return "";
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => done("");
    reader.readAsDataURL(small);
  });
}

export async function thumbUrl(name) {
  const entry = await blob(name);
  if (!entry || !entry.thumb) return "";
  return (await unseal(state.key, entry.thumb)).url;
}

/* A photo taken back before the record is made. */
export async function dropPhoto(name) {
  await dropBlob(name);
}

export async function wantsReduced() {
  return Boolean(await kept("reduce"));
}

export async function setReduced(value) {
  await keep("reduce", value);
}

export { blobBytes };
