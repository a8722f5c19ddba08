/* 当场处罚: one form. The limit is checked here from the work package; the server's rules have the last word. */

import { bornOn, fenOf, fineFault, isCreditCode, isIdentityNumber } from "./checks.js";
import { instant } from "./clock.js";
import { button, buttons, choice, field, h, long, text, tick } from "./dom.js";
import { openDraft, saveDraft } from "./draft.js";
import { newId } from "./keys.js";
import { find, isExpired, nextNumber } from "./pack.js";
import { useNumber } from "./records.js";
import { state } from "./state.js";
import { bar } from "./view_inspect.js";
import { paper } from "./view_paper.js";
import { photoRow } from "./view_photos.js";
import { placeRow } from "./view_place.js";

const KINDS = [["natural_person", "个人", "", "u"], ["legal_person", "企业法人", "", "u"], ["other_organization", "其他组织", "", "u"]];

export async function spot(name, go) {
  if (name === "new") {
    go(`#/spot/${newId()}`, true);
    return h("div");
  }
  const draft = await openDraft(name, {
    kind: "spot_penalty", step: "form", party: { kind: "natural_person", name: "" }, item: "", where: "", facts: "", kinds: [], fine: "",
    told: false, id_shown: false, correction: false, statement: "", sound: "", leniency: "", ground: "", receipt: "", receipt_number: "", requested: false,
    signing: "", second: { number: "", way: "phone" }, place: null, number: "", delivered: false, reconsideration: false,
  });
  return page(draft, go);
}

function page(draft, go) {
  const root = h("div", { class: "flow" });
  const save = () => {
    draft.label = `当场处罚：${draft.party.name || "未填当事人"}`;
    return saveDraft(draft);
  };
  const redraw = (focus) => {
    const at = window.scrollY;
    root.replaceChildren(...(draft.step === "paper" ? paper(draft, save, redraw, go) : form(draft, save, redraw)).filter(Boolean));
    if (focus) {
      window.scrollTo(0, 0);
      root.querySelector("h1").focus({ preventScroll: true });
    } else window.scrollTo(0, at);
  };
  redraw();
  return root;
}

function form(draft, save, redraw) {
  const set = (name) => (value) => { draft[name] = value; save(); };
  const power = find.power(draft.item);
  const fault = h("p", { class: "errmsg", role: "alert" });
  const powers = [["", "请选择"], ...state.pack.powers.map((each) => [each.item, each.violation])];
  return [
    h("header", { class: "item2 head2" }, h("h1", { tabindex: -1 }, "当场处罚"), h("p", null, "违法事实确凿并有法定依据，警告或者小额罚款。行政处罚法第五十一条、第五十二条")),
    isExpired() && h("p", { class: "note warn pad-in" }, "◆ 任务包已过期，限额和号码可能不是最新的。请先联网更新，再作当场处罚。"),
    buttons("party_kind", "当事人", draft.party.kind, KINDS, (v) => { draft.party.kind = v; save(); redraw(); }),
    party(draft, save, redraw),
    h(
      "section", { class: "pad-in" },
      field("违法行为", choice("item", draft.item, powers, (v) => { draft.item = v; draft.facts = draft.written ? draft.facts : factsOf(draft); save(); redraw(); })),
      power && h("p", { class: "hint" }, `处罚依据：${power.basis.join("、")}`),
      field("地点", text("place", draft.where, (v) => { draft.where = v; if (!draft.written) { draft.facts = factsOf(draft); const shown = document.querySelector('[name="facts"]'); if (shown) shown.value = draft.facts; } save(); })),
      field("违法事实", long("facts", draft.facts, (v) => { draft.facts = v; draft.written = true; save(); })),
      photoRow(draft, { purpose: "photo", point: 0, label: "拍照" }, save, redraw),
    ),
    placeRow(draft, save, redraw),
    h(
      "section", { class: "pad-in" }, h("h2", null, "告知"),
      tick("id_shown", draft.id_shown, "已出示执法证件", set("id_shown")), tick("told", draft.told, "已告知拟处罚内容、事实、理由、依据和陈述申辩权", set("told")),
      field("当事人的陈述申辩（没有的留空）", long("statement", draft.statement, (v) => { const before = Boolean(draft.statement); set("statement")(v); if (before !== Boolean(v)) { redraw(); const shown = document.querySelector('[name="statement"]'); shown.focus(); shown.setSelectionRange(v.length, v.length); } }, 2)),
    ),
    draft.statement && buttons("sound", "复核陈述申辩", draft.sound, [["yes", "成立并采纳", "", "y"], ["no", "不成立", "", "n"]], (v) => { set("sound")(v); redraw(); }, "three two-up"),
    penalty(draft, power, save, redraw),
    bar(draft, fault, button("制作决定书", async () => {
      fault.textContent = faultOf(draft, power);
      if (fault.textContent) return;
      if (!draft.number) {
        const number = await nextNumber();
        if (!number) {
          fault.textContent = "预留的决定书号码已经用完。请联网更新任务包。";
          return;
        }
        draft.number = number;
        draft.decided_at = instant();
        await save();
        await useNumber(number);
      }
      draft.step = "paper";
      await save();
      redraw(true);
    }, "btn pri wide")),
  ];
}

function factsOf(draft) {
  const power = find.power(draft.item);
  return power && draft.where.trim() ? `在${draft.where.trim()}${power.violation}。` : "";
}

function party(draft, save, redraw) {
  const { party: told } = draft;
  const set = (name) => (value) => { told[name] = value; save(); };
  if (told.kind === "natural_person") {
    return h("section", { class: "pad-in" }, field("姓名", text("party_name", told.name, set("name"), { autocomplete: "off" })), field("身份证号（可不填）", text("identity_number", told.identity_number, set("identity_number"), { autocomplete: "off" })), field("出生日期（没有身份证号的填）", text("birth_on", told.birth_on, set("birth_on"), { type: "date" }), { hint: "年龄影响是否处罚、怎样处罚（行政处罚法第三十条）。" }), field("住址（可不填）", text("address", told.address, set("address"))));
  }
  const code = text("credit_code", told.credit_code, (value) => {
    set("credit_code")(value.trim().toUpperCase());
    const found = find.target(told.credit_code);
    if (!found) return;
    Object.assign(told, { name: found.name, address: found.address, legal_representative: found.legal_representative });
    save();
    redraw();
  }, { autocomplete: "off" });
  return h("section", { class: "pad-in" }, field("统一社会信用代码（可不填）", code, { hint: "名录中有的，名称、住所和法定代表人自动带出。" }), field("名称", text("party_name", told.name, set("name"))), field("法定代表人（负责人）", text("legal_representative", told.legal_representative, set("legal_representative"))), field("住所", text("address", told.address, set("address"))));
}

function penalty(draft, power, save, redraw) {
  const set = (name) => (value) => { draft[name] = value; save(); };
  const flip = (kind) => (on) => {
    draft.kinds = on ? [...draft.kinds, kind] : draft.kinds.filter((each) => each !== kind);
    save();
    redraw();
  };
  const limit = power ? power.limits[draft.party.kind] : null;
  const options = (name, first) => [["", first], ...Object.entries(state.pack.words[name])];
  return h(
    "section", { class: "pad-in" }, h("h2", null, "处罚"),
    tick("warning", draft.kinds.includes("warning"), "警告", flip("warning")), tick("fine_on", draft.kinds.includes("fine"), "罚款", flip("fine")),
    draft.kinds.includes("fine") && field("罚款（元）", text("fine", draft.fine, set("fine"), { inputmode: "decimal" }), { hint: limit ? `当场处罚的限额 ${limit / 100} 元` : "" }),
    tick("correction", draft.correction, "同时责令改正", set("correction")),
    h("details", null, h("summary", null, "从轻减轻、当场收缴（没有的不用打开）"), field("从轻减轻", choice("leniency", draft.leniency, options("leniency", "没有"), set("leniency"))), field("当场收缴的理由", choice("ground", draft.ground, options("spot_ground", "没有当场收缴"), (v) => { set("ground")(v); redraw(); })), draft.ground && field("票据", choice("receipt", draft.receipt, options("fine_receipt", "请选择"), set("receipt"))), draft.ground && field("票据号码", text("receipt_number", draft.receipt_number, set("receipt_number"), { autocomplete: "off" }), { hint: "印在决定书上。" }), draft.ground === "remote_area" && tick("requested", draft.requested, "当事人提出当场缴纳", set("requested"))),
  );
}

function faultOf(draft, power) {
  const { party: told } = draft;
  if (isExpired()) return "任务包已过期。请先联网更新任务包。";
  if (!told.name.trim()) return "请填写当事人的姓名或名称。";
  if (told.kind === "natural_person" && told.identity_number && !isIdentityNumber(told.identity_number)) return "身份证号校验不通过。请核对十八位号码。";
  if (told.kind === "natural_person" && !told.identity_number && !told.birth_on) return "请填写身份证号或者出生日期，不知道年龄的不能当场处罚（行政处罚法第三十条）。";
  if (told.kind !== "natural_person" && told.credit_code && !isCreditCode(told.credit_code)) return "统一社会信用代码校验不通过。请核对十八位代码。";
  if (!power) return "请选择违法行为。";
  if (!draft.where.trim()) return "请填写地点。";
  if (!draft.facts.trim()) return "请填写违法事实。";
  if (!draft.id_shown) return "还没有出示执法证件（行政处罚法第五十二条）。出示后请勾选。";
  if (!draft.told) return "还没有告知拟处罚的内容和陈述申辩权（行政处罚法第四十四条）。告知后请勾选。";
  if (draft.statement.trim() && !draft.sound) return "当事人有陈述申辩的，请写明复核结果（行政处罚法第四十五条）。";
  if (!draft.kinds.length) return "请选择处罚种类。";
  if (draft.kinds.includes("fine")) {
    const found = fineFault(fenOf(draft.fine), power, told.kind);
    if (found && !(draft.leniency && found.includes("幅度"))) return found;
  }
  if (draft.ground && !draft.receipt) return "当场收缴的，请选择票据（行政处罚法第七十条）。";
  return "";
}

export function partyOf(draft) {
  const told = {};
  const names = draft.party.kind === "natural_person" ? ["identity_number", "birth_on", "address"] : ["credit_code", "legal_representative", "address"];
  for (const name of names) if ((draft.party[name] || "").trim()) told[name] = draft.party[name].trim();
  if (told.identity_number) {
    told.identity_number = told.identity_number.toUpperCase();
    told.birth_on = bornOn(told.identity_number);
  }
  return { kind: draft.party.kind, name: draft.party.name.trim(), ...told };
}
