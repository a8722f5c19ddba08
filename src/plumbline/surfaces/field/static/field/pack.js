/* The work package: fetched when there is a network, kept sealed, read everywhere else. */

import { clockTime, instant, today } from "./clock.js";
import { digestOf } from "./keys.js";
import { call } from "./link.js";
import { changed, state } from "./state.js";
import { keep, kept } from "./store.js";

export async function openPackage() {
  state.pack = (await kept("package")) || null;
}

/* A fresh package. Its hash is checked before the old one is given up. Returns a sentence. */
export async function renewPackage() {
  const answer = await call("POST", "/field/api/package", "{}");
  if (answer.status !== 200) return { ok: false, code: answer.json.code || "", words: answer.json.message };
  if ((await digestOf(answer.json.content)) !== answer.json.sha256) {
    return { ok: false, code: "", words: "任务包在传输中损坏，请再更新一次。原来的任务包还在。" };
  }
  state.pack = { ...answer.json.content, sha256: answer.json.sha256 };
  await keep("package", state.pack);
  changed();
  return { ok: true, code: "", words: `任务包已更新：${state.pack.tasks.length} 项任务。` };
}

export function isExpired(pack = state.pack) {
  return !pack || instant() > pack.expires_at;
}

/* 「离线 · 任务包 08:12 更新」: always in sight, in words. */
export function freshness() {
  if (!state.pack) return state.online ? "在线 · 还没有任务包" : "离线 · 还没有任务包";
  const made = state.pack.made_at;
  const day = made.slice(0, 10) === today() ? "" : `${made.slice(5, 10)} `;
  const old = isExpired() ? "（已过期）" : " 更新";
  return `${state.online ? "在线" : "离线"} · 任务包 ${day}${clockTime(made)}${old}`;
}

export async function nextNumber() {
  const used = new Set((await kept("numbers-used")) || []);
  return (state.pack ? state.pack.numbers : []).find((number) => !used.has(number)) || "";
}

export const find = {
  item: (id) => state.pack.items.find((each) => each.id === id),
  target: (code) => state.pack.targets.find((each) => each.code === code),
  power: (code) => state.pack.powers.find((each) => each.item === code),
  task: (matter) => state.pack.tasks.find((each) => each.matter === matter),
};
