/* 待上传: what, when, how large, how often tried, what went wrong; send now, back up, receipts. */

import { short } from "./clock.js";
import { exported, imported } from "./backup.js";
import { button, field, h, say } from "./dom.js";
import { newId } from "./keys.js";
import { call } from "./link.js";
import { find } from "./pack.js";
import { setReduced, wantsReduced } from "./photos.js";
import { flush, receiptOf, standing } from "./sending.js";
import { onChange, state } from "./state.js";
import { blob, contentOf, keep, record, records, wipe } from "./store.js";

export const KINDS = { inspection: "现场检查", spot_penalty: "当场处罚", cosign: "第二名执法人员确认", number_void: "号码作废" };
const STATES = {
  waiting: ["◆", "amb", "待上传"], held: ["‖", "gry", "已收到，暂存"], refused: ["▲", "red", "未受理"], conflict: ["◆", "amb", "不一致，待处理"], accepted: ["✓", "grn", "已受理"],
};

function size(bytes) {
  return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function tag(key) {
  const [mark, tone, words] = STATES[key];
  return h("span", { class: `tag ${tone}` }, h("i", { "aria-hidden": "true" }, mark), words);
}

export async function outbox(go) {
  const root = h("div");
  let drawn = 0;
  const draw = async () => {
    const turn = (drawn += 1);
    const shown = await content(go, draw);
    if (turn === drawn) root.replaceChildren(...shown);
  };
  const stop = onChange(() => (root.isConnected ? draw() : stop()));
  await draw();
  return root;
}

async function content(go, draw) {
  const told = await standing();
  const all = await records();
  const open = [];
  const done = [];
  for (const entry of all) {
    const missing = [];
    for (const sha256 of entry.files) if (await blob(sha256)) missing.push(await blob(sha256));
    if (entry.state === "accepted" && !missing.length) done.push(entry);
    else open.push([entry, missing]);
  }
  const last = done.map((each) => each.received_at || "").sort().pop();
  const now = button("立即重传", async () => {
    now.disabled = true;
    say("正在上传");
    say((await flush()) ? "都已上传" : "还有内容没有上传，联网后自动重传");
    now.disabled = false;
  }, "btn pri wide");
  return [
    h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, told.open ? `待上传 ${told.open}` : "都已上传"), h("p", null, told.open ? `${told.photos ? `照片 ${told.sent}/${told.photos} 已上传。` : ""}请勿清除浏览器数据。` : last ? `最后一次：${short(last)}。` : "提交的记录会列在这里，联网后自动上传。"), overdue(told), open.length ? now : null),
    h("ul", { class: "rows" }, await Promise.all(open.map(([entry, missing]) => row(entry, missing, go, draw)))),
    done.length ? h("section", null, h("h2", { class: "pad-in" }, `回执 ${done.length}`), h("ul", { class: "rows" }, done.reverse().slice(0, 50).map((entry) => h("li", null, h("a", { class: "row", href: `#/sent/${entry.id}` }, h("b", null, KINDS[entry.kind]), h("span", { class: "hint" }, `${short(entry.made_at)} · 收到 ${short(entry.received_at)}`)))))) : null,
    await backups(), await settings(),
  ].filter(Boolean);
}

function overdue(told) {
  if (!told.oldest) return null;
  const days = Math.floor((Date.now() - Date.parse(told.oldest)) / 86400000);
  return days >= 3 ? h("p", { class: "note warn" }, `◆ 有记录已 ${days} 日没有上传。请到有网络的地方上传，或先导出加密备份；连续 7 日不使用，本机数据会清除。`) : null;
}

async function row(entry, missing, go, draw) {
  const files = missing.map((each) => h("li", null, `${each.name} ${size(each.size)}${each.parts ? `，已传 ${Math.round((100 * each.done) / each.parts)}%，从断点继续` : ""}${each.error ? `：${each.error}` : ""}`));
  return h(
    "li", { class: "row" }, h("p", null, tag(entry.state), " ", h("b", null, KINDS[entry.kind]), h("span", { class: "hint" }, ` ${short(entry.made_at)} · ${size(entry.size)} · 已试 ${entry.attempts} 次`)),
    entry.error && h("p", { class: entry.state === "refused" ? "errmsg" : "hint" }, entry.error),
    await waitingWords(entry),
    files.length ? h("ul", { class: "plain" }, files) : null,
    entry.state === "refused" && button("修改后重新提交", () => again(entry, go, draw), "btn"),
    entry.state === "conflict" && h("a", { class: "btn", href: `/field/records/${entry.id}` }, "去处理"),
  );
}

async function waitingWords(entry) {
  const told = entry.state === "held" || entry.state === "conflict" ? await receiptOf(entry) : null;
  return told && h("p", { class: "hint" }, `${told.message}（回执 ${told.receipt}）`);
}

/* A refused record becomes a draft again, with everything that was in it. The refused one stays until the new one is made. */
async function again(entry, go) {
  const content_ = await contentOf(entry);
  const { body } = content_.record;
  const id = newId();
  const common = { id, name: body.matter || id, kind: entry.kind, files: content_.record.files, replaces: entry.id, place: body.place || body.geo || null, second: { number: body.second.number, way: "phone" }, signing: body.signing, signed_name: body.signed_name || "", refusal: body.refusal || "", witnesses: body.witnesses || "" };
  const draft = entry.kind === "inspection" ? inspectionOf(body, content_.record, common) : penaltyOf(body, content_.record, common);
  await keep(`draft:${draft.name}`, draft);
  go(entry.kind === "inspection" ? `#/inspect/${draft.name}` : `#/spot/${draft.name}`);
}

function inspectionOf(body, record_, common) {
  const task = body.matter ? find.task(body.matter) : null;
  const answers = {};
  for (const each of body.answers) answers[each.point] = { answer: each.answer, note: each.note || "" };
  return {
    ...common, step: "end", matter: body.matter || "", version: record_.base_version || 0, item: body.item || (task && task.item), target: body.target || (task && task.target),
    cause: body.cause || (task && task.cause), started_at: body.started_at, shown: body.certificate_shown, answers, conclusion: body.conclusion, written: true,
    handling: body.handling, correct_by: body.correct_by || "", repeat_reason: body.repeat_reason || "",
  };
}

function penaltyOf(body, record_, common) {
  const { kind, ...party } = body.party;
  return {
    ...common, step: "form", party: { kind, ...party }, item: body.item, where: body.place, facts: body.facts, written: true, kinds: body.kinds,
    fine: body.fine === undefined ? "" : String(body.fine / 100), told: body.told, id_shown: body.id_shown, correction: body.correction_ordered,
    statement: body.statement || "", sound: body.statement ? (body.statement_sound ? "yes" : "no") : "", leniency: body.leniency || "",
    ground: body.collected_ground || "", receipt: body.collected_receipt || "", receipt_number: body.collected_number || "", requested: Boolean(body.party_requested), number: body.number,
    decided_at: record_.captured_at, delivered: false, reconsideration: false,
  };
}

async function backups() {
  const phrase = h("input", { class: "in", type: "password", name: "phrase", autocomplete: "off" });
  const file = h("input", { class: "in", type: "file", name: "backup", accept: "application/json,.json" });
  const told = h("p", { role: "status" });
  const named = () => { told.textContent = phrase.value.length < 8 ? "备份口令至少 8 位。" : ""; return !told.textContent; };
  return h(
    "section", { class: "pad-in" }, h("details", null, h("summary", null, "加密备份"), h("p", { class: "hint" }, "把没有上传的记录和照片存成一个加密文件。本人的另一部登记手机可以导入后上传；签名不变。"), field("备份口令", phrase, { hint: "至少 8 位，导入时要用，平台不保存。" }),
      button("导出加密备份", async () => {
        if (!named()) return;
        const made = await exported(phrase.value);
        const url = URL.createObjectURL(made.blob);
        const link = h("a", { href: url, download: `准绳现场备份-${Date.now()}.json` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(url), 60000);
        told.textContent = `已导出 ${made.count} 条记录。`;
      }, "btn wide"),
      field("导入备份文件", file), button("导入", async () => {
        if (!named()) return;
        if (!file.files[0]) { told.textContent = "请选择备份文件。"; return; }
        try {
          told.textContent = `已导入 ${await imported(await file.files[0].text(), phrase.value)} 条记录，正在上传。`;
          flush();
        } catch (fault) {
          told.textContent = fault.message;
        }
      }, "btn wide"), told),
  );
}

async function settings() {
  const reduce = h("input", { type: "checkbox", name: "reduce", checked: await wantsReduced(), on: { change: (e) => setReduced(e.target.checked) } });
  return h(
    "section", { class: "pad-in" }, h("details", null, h("summary", null, "设置"), h("label", { class: "tick" }, reduce, h("span", null, "照片压缩后上传（原图留在本机）")), h("p", null, h("a", { href: "/field/devices" }, "我的手机")),
      button("退出并清除本机数据", leave, "btn wide")),
  );
}

/* Log-out empties the phone. Unsent records forbid it until they are sent or the officer says twice that they may go. */
export async function leave() {
  await flush();
  const told = await standing();
  if (told.open && !confirm(`还有 ${told.open} 条没有上传，退出会全部失去。确定退出`)) return;
  if (!told.open) await call("POST", "/field/api/leave", "{}");
  await wipe();
  location.replace("/field/");
}

/* What became of one record: kept here, or the receipt. */
export async function sent(id) {
  const root = h("div");
  const draw = async () => {
    const entry = await record(id);
    root.replaceChildren(entry ? await receipt(entry) : h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "没有这条记录"), h("a", { class: "btn", href: "#/outbox" }, "待上传")));
  };
  const stop = onChange(() => (root.isConnected ? draw() : stop()));
  await draw();
  return root;
}

async function receipt(entry) {
  const told = await receiptOf(entry);
  const home = h("a", { class: "btn pri wide", href: "#/today" }, "回到今日");
  if (!told) {
    return h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, entry.state === "refused" ? "没有受理" : "已保存在本机"), h("p", null, entry.state === "refused" ? entry.error : state.online ? "正在上传，请勿清除浏览器数据。" : `当前没有网络。内容已保存在本机（${entry.made_at.slice(11, 16)}），联网后自动上传，请勿清除浏览器数据。`), h("a", { class: "btn wide", href: "#/outbox" }, "待上传"), home);
  }
  const here = (await Promise.all(entry.files.map((sha256) => blob(sha256)))).filter(Boolean).length;
  return h(
    "section", { class: "pad-in receipt-page" }, h("h1", { tabindex: -1 }, `${KINDS[entry.kind]}${STATES[told.state][2]}`), h("p", null, tag(told.state), " ", told.message), told.again && h("p", { class: "hint" }, told.again), told.skew && h("p", { class: "note warn" }, told.skew),
    entry.files.length ? h("p", null, here ? `照片和签名还差 ${here} 个，将从断点继续。` : `照片和签名 ${entry.files.length}/${entry.files.length} 已上传。`) : null,
    h("dl", { class: "kv" }, h("dt", null, "回执号"), h("dd", { class: "num" }, told.receipt), h("dt", null, "收到"), h("dd", { class: "num" }, told.received_at.replace("T", " ").slice(0, 19)), h("dt", null, "指纹"), h("dd", { class: "mono hash" }, told.sha256)),
    h("img", { class: "qr", src: told.qr, alt: "回执二维码：回执号和指纹", width: 160, height: 160 }),
    told.state === "refused" ? h("a", { class: "btn wide", href: "#/outbox" }, "去修改") : told.matter && h("a", { class: "btn wide", href: told.url }, "在平台打开"), home,
  );
}
