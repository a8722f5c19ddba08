/* Before anything else: log in, set the PIN, register the phone, wait for the confirmation; later only the PIN. */

import { button, field, h, say } from "./dom.js";
import { cosignKey, makePair, newDataKey, newId, publicJwk, unwrapped } from "./keys.js";
import { openPackage, renewPackage } from "./pack.js";
import { state } from "./state.js";
import { meta, setMeta, wipe } from "./store.js";

export const IDLE_DAYS = 7;
const SHORTEST = 6;
const TRIES = 5; // wrong PINs before the phone makes one wait

async function json(path, options) {
  try {
    const response = await fetch(path, { cache: "no-store", ...options });
    return { status: response.status, json: await response.json() };
  } catch (fault) {
    return { status: 0, json: { message: "没有网络。第一次使用请在有网络的地方登记。" } };
  }
}

/* The view for a phone that is not yet registered. ``ready`` is called when it is. */
export async function setup(ready) {
  const me = await json("/field/api/me");
  if (me.status !== 200) {
    const login = me.json.code === "login";
    return h(
      "section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "在这部手机上使用现场应用"),
      h("p", null, login ? "请先登录，再登记这部手机。登录用您的平台账号。" : me.json.message),
      login
        ? h("a", { class: "btn pri wide", href: "/login?next=/field/" }, "登录")
        : button("重试", () => location.reload(), "btn pri wide"),
    );
  }
  return register(me.json, ready);
}

function register(me, ready) {
  const pin = pinInput("pin", "new-password");
  const again = pinInput("pin2", "new-password");
  const fault = h("p", { class: "errmsg", role: "alert" });
  const go = button("登记这部手机", async () => {
    fault.textContent = pinFault(pin.value, again.value);
    if (fault.textContent) return;
    go.disabled = true;
    say("正在生成密钥，约需几秒");
    const answer = await enrol(me, pin.value);
    go.disabled = false;
    if (answer.status === 200) ready();
    else fault.textContent = answer.json.message;
  }, "btn pri wide");
  return h(
    "section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "登记这部手机"),
    h("p", null, `${me.name}（${me.number}）· ${me.agency}`),
    h("p", { class: "hint" }, "口令用来解锁本机的数据，也是您作为第二名执法人员签名的凭据。平台不保存口令；忘记了只能清除本机数据后重新登记。"),
    field("设一个口令（至少 6 位）", pin), field("再输一次", again), fault, go,
  );
}

function pinInput(name, autocomplete) {
  return h("input", { class: "in", type: "password", name, autocomplete, minlength: SHORTEST });
}

function pinFault(pin, again) {
  if (pin.length < SHORTEST) return `口令至少 ${SHORTEST} 位，数字字母均可。`;
  if (/^(.)\1+$/.test(pin) || "01234567890".includes(pin) || "9876543210".includes(pin)) return "口令太容易猜到，请换一个。";
  return pin === again ? "" : "两次输入的口令不一样，请重新输入。";
}

async function enrol(me, pin) {
  const device = (await meta("device")) || newId();
  const pair = (await meta("pair")) || (await makePair());
  await setMeta("device", device);
  await setMeta("pair", pair);
  const { lock, key } = await newDataKey(pin);
  const body = { id: device, label: model(), key: await publicJwk(pair), cosign_key: await cosignKey(pin, me.number) };
  const answer = await json("/field/api/devices", {
    method: "POST", headers: { "X-CSRFToken": me.csrf, "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (answer.status !== 200) return answer;
  await setMeta("lock", lock);
  await setMeta("fingerprint", answer.json.fingerprint);
  await setMeta("used_at", Date.now());
  Object.assign(state, { device, pair, key });
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  return answer;
}

function model() {
  const agent = navigator.userAgent;
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Linux/.test(agent) ? "Linux" : "电脑";
  const browser = /Chrome\/(\d+)/.exec(agent);
  return browser ? `${system} · Chrome ${browser[1]}` : `${system} 浏览器`;
}

/* The view for a registered phone that is locked. */
export async function unlock(ready) {
  const pin = pinInput("pin", "current-password");
  const fault = h("p", { class: "errmsg", role: "alert" });
  const go = h("button", { class: "btn pri wide", type: "submit" }, "解锁");
  const form = h("form", {
    on: {
      submit: async (event) => {
        event.preventDefault();
        const until = (await meta("locked_until")) || 0;
        if (Date.now() < until) {
          fault.textContent = `连续输错 ${TRIES} 次，请 ${Math.ceil((until - Date.now()) / 1000)} 秒后再试。数据没有丢失。`;
          return;
        }
        go.disabled = true;
        const opened = await open(pin.value);
        go.disabled = false;
        if (opened) ready();
        else fault.textContent = "口令不对，请重新输入。数据没有丢失。";
      },
    },
  }, field("口令", pin), fault, go);
  return h(
    "section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "已锁定"),
    h("p", null, "本机数据已加密，输入口令后使用。没有网络也可以。"), form,
    h("details", { class: "mt" }, h("summary", null, "忘记口令"), h("p", null, "没有口令，谁也不能打开本机的数据。清除后可以重新登记，没有上传的内容会失去。"),
      button("清除本机数据", async () => { if (confirm("清除后，没有上传的内容不能找回。确定清除")) { await wipe(); location.reload(); } })),
  );
}

export async function open(pin) {
  const [lock, device, pair] = [await meta("lock"), await meta("device"), await meta("pair")];
  const key = await unwrapped(pin, lock);
  if (!key) {
    const wrong = ((await meta("wrong")) || 0) + 1;
    await setMeta("wrong", wrong);
    if (wrong % TRIES === 0) await setMeta("locked_until", Date.now() + 30000 * 2 ** Math.min(6, wrong / TRIES - 1));
    return false;
  }
  await setMeta("wrong", 0);
  await setMeta("used_at", Date.now());
  Object.assign(state, { key, device, pair });
  await openPackage();
  return true;
}

/* The view while nobody has yet said that this phone is the officer's. */
export async function pending(words, ready) {
  const told = h("p", { role: "status" }, words);
  const print = await meta("fingerprint");
  return h(
    "section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "还差一步：确认是您的手机"),
    h("p", null, "打开「我的手机」，核对下面的指纹一致后确认；也可以由本单位管理员确认。"),
    h("p", { class: "print mono" }, print), told,
    h("a", { class: "btn wide", href: "/field/devices" }, "打开「我的手机」"),
    button("已确认，更新任务包", async () => {
      const answer = await renewPackage();
      if (answer.ok) ready();
      else told.textContent = answer.words;
    }, "btn pri wide"),
  );
}

