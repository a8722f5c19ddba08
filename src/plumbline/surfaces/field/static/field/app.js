/* The field app: one page whose views follow the address behind #. It opens, locks, shows and keeps sending. */

import { h, say } from "./dom.js";
import { reach, wiping } from "./link.js";
import { freshness, renewPackage } from "./pack.js";
import { flush, standing } from "./sending.js";
import { changed, onChange, state } from "./state.js";
import { meta, wipe } from "./store.js";
import { card } from "./view_card.js";
import { inspect } from "./view_inspect.js";
import { IDLE_DAYS, pending, setup, unlock } from "./view_lock.js";
import { outbox, sent } from "./view_outbox.js";
import { spot } from "./view_spot.js";
import { today } from "./view_today.js";

const main = document.getElementById("main");
const HIDDEN_MINUTES = 10; // a page left aside for longer asks for the PIN again
const EVERY = 60000;
let hiddenAt = 0;

const VIEWS = {
  today: () => today(show), card, outbox: () => outbox(go), inspect: (name) => inspect(name, go), spot: (name) => spot(name, go), sent,
};
const TITLES = { today: "今日", card: "亮证", outbox: "待上传", inspect: "现场检查", spot: "当场处罚", sent: "回执" };

function go(hash, instead = false) {
  if (instead) history.replaceState(null, "", hash);
  else location.hash = hash;
  if (instead) show();
}

async function show() {
  if (!state.key) return;
  const [, name = "today", argument = ""] = (location.hash || "#/today").split("/");
  // Nothing can be begun without a package; the first view says how to get one.
  const view = VIEWS[name] && (state.pack || !["inspect", "spot"].includes(name)) ? name : "today";
  const shown = await VIEWS[view](decodeURIComponent(argument));
  place(shown, TITLES[view]);
  for (const link of document.querySelectorAll("#nav a")) {
    if (link.getAttribute("href") === `#/${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function place(shown, title) {
  if (!shown.childNodes.length) return;
  main.replaceChildren(shown);
  document.title = `${title} · 准绳现场`;
  // While something is being filled in, the thumb's place belongs to its own bar.
  const flow = shown.className === "flow";
  document.getElementById("nav").hidden = !state.key || flow;
  document.getElementById("home").hidden = !flow;
  document.body.classList.toggle("in-flow", flow);
  const head = main.querySelector("h1");
  window.scrollTo(0, 0);
  if (head) head.focus({ preventScroll: true });
}

async function bar() {
  document.getElementById("net").textContent = freshness();
  if (!state.key) return;
  const told = await standing();
  document.getElementById("unsent").textContent = told.open ? `待上传 ${told.open}` : "待上传";
  for (const link of document.querySelectorAll(".ph-bar .say a")) {
    link.textContent = told.open ? `待上传 ${told.open} 项${told.photos ? ` · 照片 ${told.sent}/${told.photos}` : ""}` : "待上传 0";
  }
}

async function ready() {
  document.body.classList.remove("locked");
  if (!state.pack && state.online) {
    const answer = await renewPackage();
    if (answer.code === "pending" || answer.code === "unknown") return place(await pending(answer.words, ready), "确认手机");
    if (!answer.ok) say(answer.words);
  }
  await show();
  changed();
  flush().then(freshen);
  return undefined;
}

/* A new package once a day by itself, after what was waiting has been sent. */
async function freshen() {
  if (state.key && state.pack && state.online && state.pack.made_at.slice(0, 10) !== new Date(Date.now() + 288e5).toISOString().slice(0, 10)) {
    const answer = await renewPackage();
    if (answer.ok && (location.hash || "#/today") === "#/today") show();
  }
}

async function boot() {
  if (!window.indexedDB || !window.crypto || !crypto.subtle) {
    return place(h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "这个浏览器不能离线使用"), h("p", null, "请用手机的 Chrome、Edge 或系统浏览器打开本页；地址须以 https:// 开头。")), "不能使用");
  }
  if (!("serviceWorker" in navigator)) {
    document.getElementById("webview").hidden = false;
  } else {
    navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" }).catch(() => say("离线外壳没有装好；有网络时可以照常使用。"));
  }
  const used = await meta("used_at");
  if (used && Date.now() - used > IDLE_DAYS * 86400000) {
    await wipe();
    say(`超过 ${IDLE_DAYS} 日没有使用，本机数据已清除。请重新登记。`);
  }
  bar();
  reach();
  return lock();
}

async function lock() {
  state.key = state.pack = null;
  document.body.classList.add("locked");
  const known = await meta("lock");
  return place(known ? await unlock(ready) : await setup(ready), known ? "解锁" : "登记");
}

wiping.ordered = async (words) => {
  await wipe();
  place(h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "本机数据已清除"), h("p", null, words)), "已清除");
};

window.addEventListener("hashchange", show);
window.addEventListener("online", () => reach().then(flush));
window.addEventListener("offline", () => { state.online = false; changed(); });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    hiddenAt = Date.now();
  } else if (state.key && hiddenAt && Date.now() - hiddenAt > HIDDEN_MINUTES * 60000) {
    lock();
  } else flush();
});
setInterval(() => { reach(); if (state.key) flush(); bar(); }, EVERY);
onChange(bar);
new MutationObserver(bar).observe(main, { childList: true, subtree: false });
boot();
