/* Requests signed by this phone's key. A lost network is an answer like any other: status 0. */

import { bytesOf, sha256, signed } from "./keys.js";
import { changed, state } from "./state.js";

const PATIENCE = 25000; // milliseconds, and as long as the body takes:
const SLOWEST = 8; // bytes a millisecond; a part of 1 MiB at 20 KB/s takes 53 seconds

export const wiping = { ordered: null };

export async function call(method, path, body, patience = PATIENCE) {
  const bytes = body === undefined ? new Uint8Array(0) : typeof body === "string" ? bytesOf(body) : body;
  const at = String(Date.now());
  const message = `${method}\n${path}\n${await sha256(bytes)}\n${at}`;
  const signature = await signed(state.pair, bytesOf(message));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience + bytes.length / SLOWEST);
  let answer = { status: 0, json: { message: "没有连上服务器" } };
  try {
    const response = await fetch(path, {
      method,
      headers: { Authorization: `Field ${state.device}.${at}.${signature}`, "Content-Type": "application/octet-stream" },
      body: method === "GET" ? undefined : bytes,
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    const ours = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (ours) answer = { status: response.status, json: await response.json() };
    else if (response.status >= 500) answer = { status: response.status, json: { message: "服务器出了问题" } };
  } catch (fault) {
    /* no network, a cut connection, or an answer that is not ours (a portal of the wireless network) */
  } finally {
    clearTimeout(timer);
  }
  tell(answer.status > 0);
  if (answer.status === 403 && answer.json.code === "wipe" && wiping.ordered) await wiping.ordered(answer.json.message);
  return answer;
}

function tell(online) {
  if (online === state.online) return;
  state.online = online;
  changed();
}

/* Whether the server can be reached: the browser knows the nearest mast only. Asks for what no cache keeps. */
export async function reach() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch("/field/sw.js", { method: "HEAD", credentials: "omit", cache: "no-store", signal: stop.signal });
    tell((response.headers.get("Content-Type") || "").startsWith("text/javascript"));
  } catch (fault) {
    tell(false);
  } finally {
    clearTimeout(timer);
  }
}
