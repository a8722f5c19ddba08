/* The end of an inspection: conclusion, what follows, both sides' confirmation, and the record. */

import { inDays, today } from "./clock.js";
import { button, buttons, field, h, long } from "./dom.js";
import { dropDraft } from "./draft.js";
import { find } from "./pack.js";
import { append } from "./records.js";
import { secondFault, secondOfficer, signSecond } from "./second.js";
import { flush } from "./sending.js";
import { confirmation, confirmationFault } from "./signature.js";
import { bar } from "./view_inspect.js";

function answersOf(draft) {
  return find.item(draft.item).points.map((point) => ({ point, ...(draft.answers[point.id] || { answer: "u", note: "" }) }));
}

/* A sentence made of the answers, until the officer writes another. */
function sentence(draft) {
  const all = answersOf(draft);
  const problems = all.filter((each) => each.answer === "n");
  const open = all.filter((each) => each.answer === "u").length;
  if (problems.length) return `经检查，${all.length} 项中有 ${problems.length} 项不符合：${problems.map((each) => each.point.text).join("；")}。`;
  return open ? `经检查，${all.length - open} 项符合，${open} 项未查。` : `经检查，${all.length} 项均符合。`;
}

export function ending(draft, save, redraw, go) {
  const problems = answersOf(draft).some((each) => each.answer === "n");
  if (!draft.written) draft.conclusion = sentence(draft);
  if (!problems) draft.handling = "none";
  else if (draft.handling === "none") draft.handling = "";
  const fault = h("p", { class: "errmsg", role: "alert" });
  const send = button("提交", async () => {
    if (draft.signing === "signed" && draft.finishPad && !draft.files.some((each) => each.purpose === "signature")) await draft.finishPad();
    fault.textContent = faultOf(draft, problems);
    if (fault.textContent) return;
    send.disabled = true;
    await submit(draft);
    flush();
    go(`#/sent/${draft.id}`);
  }, "btn pri");
  return [
    h("section", { class: "pad-in" }, field("结论", long("conclusion", draft.conclusion, (v) => { draft.conclusion = v; draft.written = true; save(); }))),
    problems && buttons("handling", "处理", draft.handling, [["correction", "责令改正", "", "u"], ["case", "转为案件", "", "n"], ["none", "不需处理", "", "u"]], (v) => { draft.handling = v; save(); redraw(); }),
    draft.handling === "correction" && correctBy(draft, save, redraw),
    secondOfficer(draft, save, redraw), confirmation(draft, save, redraw),
    bar(draft, fault, h("div", { class: "go" }, button("上一步", () => { draft.step = "items"; save(); redraw(true); }), send)),
  ];
}

function correctBy(draft, save, redraw) {
  const days = [[0, "当场改正"], [3, "3 日内"], [7, "7 日内"], [15, "15 日内"]].map(([n, words]) => [inDays(n), words, "", "u"]);
  const other = h("input", { class: "in", type: "date", name: "correct_by", min: today(), value: draft.correct_by || "", on: { change: (e) => { draft.correct_by = e.target.value; save(); redraw(); } } });
  return h("div", null, buttons("correct", "改正期限", draft.correct_by, days, (v) => { draft.correct_by = v; save(); redraw(); }, "three four-up"), h("div", { class: "pad-in" }, field("或另定日期", other)));
}

function faultOf(draft, problems) {
  if (!draft.conclusion.trim()) return "请写明结论。";
  if (problems && !draft.handling) return "有不符合项，请选择怎样处理。";
  if (draft.handling === "correction" && !draft.correct_by) return "责令改正的，请定改正期限。";
  const found = secondFault(draft) || confirmationFault(draft);
  return found ? `${found}。` : "";
}

async function submit(draft) {
  const body = {
    certificate_shown: draft.shown, started_at: draft.started_at, conclusion: draft.conclusion.trim(), handling: draft.handling,
    answers: answersOf(draft).map(({ point, answer, note }) => ({ point: point.id, answer, note: note || "" })),
    signing: draft.signing, second: { ...draft.second },
  };
  if (draft.matter) body.matter = draft.matter;
  else Object.assign(body, { item: draft.item, target: draft.target, cause: draft.cause || "key_field" });
  for (const name of ["correct_by", "signed_name", "refusal", "witnesses", "repeat_reason", "place"]) if (draft[name]) body[name] = draft[name];
  if (draft.handling !== "correction") delete body.correct_by;
  await append({
    id: draft.id, kind: "inspection", body, files: draft.files, replaces: draft.replaces || "", version: draft.version,
    finish: (document) => signSecond(document, draft.pin || ""),
  });
  await dropDraft(draft);
}
