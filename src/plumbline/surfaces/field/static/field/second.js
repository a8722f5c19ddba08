/* The second officer: signs here with the own PIN, or confirms later on the own phone. */

import { buttons, choice, field, h } from "./dom.js";
import { cosignKey, digestOf, proofOf } from "./keys.js";
import { state } from "./state.js";

export function secondOfficer(draft, save, redraw) {
  const options = [["", "请选择"], ...state.pack.colleagues.map((each) => [each.number, `${each.name} ${each.number}`])];
  const made = h(
    "div", { class: "pad-in" },
    field("第二名执法人员", choice("second", draft.second.number, options, (number) => { draft.second.number = number; save(); redraw(); })),
    buttons("way", "第二名执法人员怎样确认", draft.second.way, [
      ["phone", "在本人手机上确认", "▯", "y"],
      ["pin", "在这里输口令", "✱", "y"],
    ], (way) => { draft.second.way = way; save(); redraw(); }, "three two-up"),
  );
  if (draft.second.way === "pin") {
    // The PIN is never stored: it is turned into the proof of this record and forgotten.
    const input = h("input", { class: "in", type: "password", name: "second_pin", autocomplete: "off", value: draft.pin || "", on: { input: (e) => { draft.pin = e.target.value; } } });
    made.append(field("第二名执法人员本人的口令", input, { hint: "与其本人手机的解锁口令相同，只用来签这一份记录。" }));
  } else if (draft.second.way === "phone") {
    made.append(h("p", { class: "hint" }, "提交以后，本记录会出现在其手机的「待我确认」中；确认后才生效。"));
  }
  return made;
}

export function secondFault(draft) {
  if (!draft.second.number) return "请选择第二名执法人员（行政处罚法第四十二条要求不少于两人）";
  if (!draft.second.way) return "请选择第二名执法人员的确认方式";
  if (draft.second.way === "pin" && (draft.pin || "").length < 6) return "请第二名执法人员输入本人口令";
  return "";
}

/* Put the proof of the second officer's PIN into the record, over everything else that is in it. */
export async function signSecond(document, pin) {
  const { second } = document.body;
  if (second.way !== "pin") return;
  second.proof = await proofOf(await digestOf(document), await cosignKey(pin, second.number));
}
