/* The decision as the party gets it: shown, printed or shared, confirmed, and made into a record. */

import { fenOf, yuan } from "./checks.js";
import { chineseDay } from "./clock.js";
import { button, h, say, tick } from "./dom.js";
import { dropDraft } from "./draft.js";
import { find } from "./pack.js";
import { append } from "./records.js";
import { secondFault, secondOfficer, signSecond } from "./second.js";
import { flush } from "./sending.js";
import { confirmation, confirmationFault } from "./signature.js";
import { state } from "./state.js";
import { bar } from "./view_inspect.js";
import { partyOf } from "./view_spot.js";

const NAMES = { identity_number: "身份证号", credit_code: "统一社会信用代码", legal_representative: "法定代表人（负责人）", address: "住址（住所）" };

/* The lines of the decision. They are sent as they stand here: what is filed is what was handed over. */
export function linesOf(draft) {
  const power = find.power(draft.item);
  const party = partyOf(draft);
  const { pack } = state;
  const kinds = [draft.kinds.includes("warning") && "警告", draft.kinds.includes("fine") && `罚款 ${yuan(fenOf(draft.fine))}`].filter(Boolean);
  const second = pack.colleagues.find((each) => each.number === draft.second.number);
  const lines = [
    ["当事人", party.name], ...Object.keys(NAMES).filter((name) => party[name]).map((name) => [NAMES[name], party[name]]),
    ["违法事实", draft.facts.trim()], ["时间和地点", `${chineseDay(draft.decided_at)} ${draft.decided_at.slice(11, 16)}，${draft.where.trim()}`],
    ["处罚依据", power.basis.join("、")], ["处罚决定", `${kinds.join("，")}${draft.correction ? "，并责令改正" : ""}`],
    draft.leniency && ["从轻减轻", pack.words.leniency[draft.leniency]],
    ["陈述申辩", draft.statement.trim() ? `${draft.statement.trim()}（复核：${draft.sound === "yes" ? "成立，已采纳" : "不成立"}）` : "当事人没有提出陈述申辩"],
    draft.kinds.includes("fine") && paid(draft, pack),
    ["救济途径", pack.templates.D31.remedy],
    ["执法人员", [`${pack.person.name}（${pack.person.number}）`, second && `${second.name}（${second.number}）`].filter(Boolean).join("、")],
  ];
  return lines.filter(Boolean).map(([label, text]) => ({ label, text }));
}

/* How the fine is paid: taken on the spot with which receipt, else what every decision says. */
function paid(draft, pack) {
  if (!draft.ground) return pack.templates.D31.pay && ["缴纳", pack.templates.D31.pay];
  const receipt = draft.receipt && draft.receipt !== "none" ? `，已出具${pack.words.fine_receipt[draft.receipt]}` : "";
  return ["缴纳", `罚款已于${chineseDay(draft.decided_at)}当场收缴${receipt}${receipt && draft.receipt_number ? `，票据号码${draft.receipt_number.trim()}` : ""}。`];
}

export function paper(draft, save, redraw, go) {
  const form = state.pack.templates.D31;
  const lines = linesOf(draft);
  const fault = h("p", { class: "errmsg", role: "alert" });
  const set = (name) => (value) => { draft[name] = value; save(); };
  const send = button("提交", async () => {
    if (draft.signing === "signed" && draft.finishPad && !draft.files.some((each) => each.purpose === "signature")) await draft.finishPad();
    fault.textContent = faultOf(draft);
    if (fault.textContent) return;
    send.disabled = true;
    await submit(draft);
    flush();
    go(`#/sent/${draft.id}`);
  }, "btn pri wide");
  return [
    h("header", { class: "item2 head2 screen-only" }, h("h1", { tabindex: -1 }, "核对决定书"), h("p", null, "号码已经占用。核对无误后打印或者出示给当事人，请其确认。")),
    h(
      "article", { class: "paper field-paper" }, h("p", { class: "issuer to" }, state.pack.agency.name), h("h2", null, form.title), h("p", { class: "no to" }, draft.number),
      lines.map((line) => h("p", null, h("b", null, `${line.label}：`), line.text)), form.closing.map((words) => h("p", null, words)),
      h("p", { class: "sign" }, state.pack.agency.name, h("br"), chineseDay(draft.decided_at)),
    ),
    h("div", { class: "pad-in go2 screen-only" }, button("打印", () => window.print()), navigator.share ? button("分享文本", () => share(form, draft, lines)) : button("改内容", () => back(draft, save, redraw))),
    h("section", { class: "pad-in screen-only" }, navigator.share && button("改内容", () => back(draft, save, redraw), "btn wide"), tick("delivered", draft.delivered, "已当场交付当事人", set("delivered")), tick("reconsideration", draft.reconsideration, "已告知应当先申请行政复议", set("reconsideration"))),
    h("div", { class: "screen-only" }, secondOfficer(draft, save, redraw), confirmation(draft, save, redraw), bar(draft, fault, send)),
  ];
}

function back(draft, save, redraw) {
  draft.step = "form";
  save();
  redraw(true);
}

async function share(form, draft, lines) {
  const text = [form.title, draft.number, ...lines.map((line) => `${line.label}：${line.text}`), ...form.closing].join("\n");
  try {
    await navigator.share({ title: form.title, text });
  } catch (fault) {
    say("没有分享。可以改用打印。");
  }
}

function faultOf(draft) {
  const found = secondFault(draft) || confirmationFault(draft);
  if (found) return `${found}。`;
  if (!draft.delivered) return "请把决定书当场交付当事人（行政处罚法第五十二条），交付后勾选。";
  return draft.reconsideration ? "" : "请告知当事人应当先申请行政复议，告知后勾选。";
}

async function submit(draft) {
  const body = {
    number: draft.number, title: `${find.power(draft.item).violation}案`, item: draft.item, place: draft.where.trim(), party: partyOf(draft),
    facts: draft.facts.trim(), kinds: draft.kinds, told: draft.told, id_shown: draft.id_shown, delivered: draft.delivered,
    reconsideration_first_told: draft.reconsideration, correction_ordered: draft.correction, paper: linesOf(draft),
    signing: draft.signing, second: { ...draft.second },
  };
  if (draft.kinds.includes("fine")) body.fine = fenOf(draft.fine);
  if (draft.statement.trim()) Object.assign(body, { statement: draft.statement.trim(), statement_sound: draft.sound === "yes", statement_adopted: draft.sound === "yes" });
  if (draft.leniency) body.leniency = draft.leniency;
  if (draft.ground) Object.assign(body, { collected_ground: draft.ground, collected_receipt: draft.receipt, party_requested: draft.requested });
  if (draft.ground && draft.receipt !== "none" && draft.receipt_number) body.collected_number = draft.receipt_number.trim();
  for (const name of ["signed_name", "refusal", "witnesses"]) if (draft[name]) body[name] = draft[name];
  if (draft.place) body.geo = draft.place;
  await append({
    id: draft.id, kind: "spot_penalty", body, files: draft.files, replaces: draft.replaces || "",
    finish: (document) => signSecond(document, draft.pin || ""),
  });
  await dropDraft(draft);
}

