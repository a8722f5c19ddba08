/* 现场检查: the target and the card, then the check list. What is not answered stays 未查 and never counts as 符合. */

import { instant } from "./clock.js";
import { isCreditCode } from "./checks.js";
import { button, choice, field, h, long, say, text } from "./dom.js";
import { openDraft, saveDraft } from "./draft.js";
import { newId } from "./keys.js";
import { find } from "./pack.js";
import { state } from "./state.js";
import { ending } from "./view_inspect_end.js";
import { photoRow } from "./view_photos.js";
import { placeRow } from "./view_place.js";

const STEPS = [["show", "亮证"], ["items", "检查项"], ["end", "结论签名"]];

export function lastVisit(target) {
  if (!target || target.days < 0) return "没有检查过";
  return `上次检查 ${target.days} 日前（${target.last_on}）`;
}

/* Whether the agency's own plan asks for a reason: the last visit is nearer than its interval. */
export function isRepeated(draft) {
  const [item, target] = [find.item(draft.item), find.target(draft.target)];
  return Boolean(item && target && item.repeat_days && target.days >= 0 && target.days < item.repeat_days);
}

export async function inspect(name, go) {
  if (name === "new") {
    go(`#/inspect/${newId()}`, true);
    return h("div");
  }
  const task = find.task(name);
  const others = task ? task.officers.filter((number) => number !== state.pack.person.number) : [];
  const draft = await openDraft(name, task
    ? { kind: "inspection", matter: task.matter, version: task.version, item: task.item, target: task.target, cause: task.cause, ...empty(others) }
    : { kind: "inspection", matter: "", version: 0, item: 0, target: "", cause: "", ...empty([]) });
  return page(draft, go);
}

function empty(others) {
  return { step: "show", started_at: "", shown: false, answers: {}, conclusion: "", handling: "", signing: "", second: { number: others[0] || "", way: "phone" }, place: null };
}

function page(draft, go) {
  const root = h("div", { class: "flow" });
  const save = () => {
    const target = find.target(draft.target);
    draft.label = `检查：${target ? target.name : "未选对象"}`;
    return saveDraft(draft);
  };
  const redraw = (focus) => {
    const at = window.scrollY;
    const target = find.target(draft.target);
    const shown = { show: showing, items: checking, end: ending }[draft.step](draft, save, redraw, go);
    root.replaceChildren(
      h("header", { class: "item2 head2" }, h("h1", { tabindex: -1 }, target ? target.name : "计划外检查"), target && h("p", null, `${target.trade || "—"} · ${lastVisit(target)}`)),
      progress(draft), ...shown.filter(Boolean),
    );
    if (focus) {
      window.scrollTo(0, 0);
      root.querySelector("h1").focus({ preventScroll: true });
    } else window.scrollTo(0, at);
  };
  redraw();
  return root;
}

function progress(draft) {
  const now = STEPS.findIndex(([key]) => key === draft.step);
  return h("nav", { "aria-label": "检查步骤" }, h("ol", { class: "prog three-steps" }, STEPS.map(([, words], at) => h(
    "li", { class: at < now ? "done" : at === now ? "now" : "", "aria-current": at === now ? "step" : null }, at < now ? `✓ ${words}` : words,
  ))));
}

function showing(draft, save, redraw) {
  const target = find.target(draft.target);
  const fault = h("p", { class: "errmsg", role: "alert" });
  return [
    h(
      "section", { class: "pad-in" },
      !draft.matter && choosing(draft, save, redraw),
      target && h("dl", { class: "kv" }, h("dt", null, "统一社会信用代码"), h("dd", { class: "num" }, target.code), h("dt", null, "住所"), h("dd", null, target.address || "—"), h("dt", null, "法定代表人"), h("dd", null, target.legal_representative || "—")),
      draft.item ? h("p", null, h("b", null, find.item(draft.item).name), h("br"), h("small", null, `依据：${find.item(draft.item).basis}`)) : null,
      isRepeated(draft) && h(
        "div", null, h("p", { class: "note warn" }, `◆ 重复检查：${lastVisit(target)}，本机关计划的间隔是 ${find.item(draft.item).repeat_days} 日。`),
        field("再次检查的理由", text("repeat_reason", draft.repeat_reason, (v) => { draft.repeat_reason = v; save(); })),
      ),
      h("p", { class: "hint" }, "两名执法人员向当事人出示证件，说明来意，再开始。"), h("a", { class: "btn wide", href: "#/card" }, "打开亮证页"),
    ),
    placeRow(draft, save, redraw),
    bar(draft, fault, button("已出示证件，开始检查", async () => {
      fault.textContent = !draft.target || !draft.item ? "请先选择检查对象和事项。" : isRepeated(draft) && !(draft.repeat_reason || "").trim() ? "请写明再次检查的理由。" : "";
      if (fault.textContent) return;
      draft.shown = true;
      draft.started_at = draft.started_at || instant();
      draft.step = "items";
      await save();
      redraw(true);
    }, "btn pri wide")),
  ];
}

function choosing(draft, save, redraw) {
  const told = h("p", { class: "errmsg", role: "alert" });
  const take = (typed) => {
    const code = typed.trim().toUpperCase();
    const found = find.target(code) || state.pack.targets.find((each) => each.name === typed.trim());
    told.textContent = "";
    if (found) {
      draft.target = found.code;
      save();
      redraw();
    } else if (code.length === 18) {
      told.textContent = isCreditCode(code) ? "任务包的名录中没有这个代码。请核对，或更新任务包。" : "统一社会信用代码校验不通过。请核对十八位代码。";
    }
  };
  const names = h("datalist", { id: "targets" }, state.pack.targets.map((each) => h("option", { value: each.name }, each.code)));
  const input = text("target", "", take, { list: "targets", autocomplete: "off" });
  const items = [["0", "请选择"], ...state.pack.items.map((each) => [String(each.id), each.name])];
  const causes = [["", "请选择"], ...Object.entries(state.pack.words.inspection_cause)];
  return h(
    "div", null, field("检查对象：名称或统一社会信用代码", input), names, told, scanner(take),
    field("检查事项", choice("item", String(draft.item), items, (v) => { draft.item = Number(v); save(); redraw(); })),
    field("原因", choice("cause", draft.cause, causes, (v) => { draft.cause = v; save(); })),
  );
}

/* Reading a code from a picture, where the browser can; otherwise it is typed. */
function scanner(take) {
  if (!("BarcodeDetector" in window)) return null;
  const input = h("input", {
    type: "file", accept: "image/*", capture: "environment", class: "vh", tabindex: -1, "aria-hidden": "true",
    on: {
      change: async () => {
        try {
          const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(input.files[0]));
          const code = found.map((each) => (/[0-9A-HJ-NPQRTUWXY]{18}/.exec(each.rawValue.toUpperCase()) || [""])[0]).find(Boolean);
          if (code) take(code);
          else say("照片中没有读到企业码。请靠近再拍，或输入代码。");
        } catch (fault) {
          say("不能读取这张照片。请输入代码。");
        }
      },
    },
  });
  return h("p", null, button("扫企业码", () => input.click()), input);
}

function checking(draft, save, redraw) {
  const { points } = find.item(draft.item);
  const given = (point) => draft.answers[point.id] || { answer: "u", note: "" };
  const looked = points.filter((point) => draft.answers[point.id] && given(point).answer !== "u").length;
  const fault = h("p", { class: "errmsg", role: "alert" });
  const set = (point, answer) => {
    draft.answers[point.id] = { ...given(point), answer };
    save();
    redraw();
  };
  return [
    h("div", { class: "item2" }, h("p", null, h("b", null, `已查 ${looked} / ${points.length}`), "　其余默认未查，不算符合")),
    h("div", null, points.map((point, at) => item(draft, point, at, given(point), set, save, redraw))),
    looked < points.length && h("div", { class: "pad-in" }, button("其余各项都查过，均符合", () => {
      for (const point of points) if (!draft.answers[point.id] || given(point).answer === "u") draft.answers[point.id] = { ...given(point), answer: "y" };
      save();
      redraw();
    }, "btn wide")),
    bar(draft, fault, h("div", { class: "go" }, button("上一步", () => { draft.step = "show"; save(); redraw(true); }), button("下一步：结论", async () => {
      const lacking = points.find((point) => given(point).answer === "n" && point.photo_basis && !draft.files.some((each) => each.purpose === "photo" && each.point === point.id));
      fault.textContent = lacking ? `“${lacking.text}”不符合，${lacking.photo_basis}要求记录这一项，还没有照片。` : "";
      if (lacking) return;
      draft.step = "end";
      await save();
      redraw(true);
    }, "btn pri"))),
  ];
}

function item(draft, point, at, given, set, save, redraw) {
  const made = h(
    "fieldset", { class: "item" }, h("legend", null, `${at + 1}. ${point.text}`), h("p", { class: "basis" }, point.basis),
    h("div", { class: "three" }, [["y", "符合", "✓"], ["n", "不符合", "✕"], ["u", "未查", "–"]].map(([key, words, mark]) => h(
      "label", { class: key }, h("input", { type: "radio", name: `p${point.id}`, value: key, checked: Boolean(draft.answers[point.id]) && given.answer === key, on: { change: () => set(point, key) } }),
      h("span", null, h("span", { "aria-hidden": "true" }, mark), words),
    ))),
  );
  if (given.answer === "n") {
    made.append(
      point.photo_basis && h("p", { class: "why" }, h("b", null, `${point.photo_basis}要求记录这一项，请拍照`)),
      photoRow(draft, { purpose: "photo", point: point.id, label: "拍照" }, save, redraw),
      field("说明（可不填）", long(`note${point.id}`, given.note, (v) => { draft.answers[point.id].note = v; save(); }, 2)),
    );
  }
  return made;
}

export function bar(draft, fault, ...buttons) {
  return h("div", { class: "ph-bar", role: "region", "aria-label": "保存和下一步" }, fault, h("p", { class: "say" }, h("span", null, draft.saved_at ? `✓ 已保存在本机 ${draft.saved_at.slice(11, 16)}` : "还没有填写"), h("a", { href: "#/outbox" }, "待上传")), ...buttons);
}
