/* The party's confirmation: a finger on the glass, a typed name with a photo of the paper, or a refusal with witnesses. */

import SignaturePad from "./vendor/signature_pad.js";
import { button, buttons, field, h, say, text } from "./dom.js";
import { dropPhoto, takePhoto } from "./photos.js";
import { photoRow } from "./view_photos.js";

export const WAYS = [
  ["signed", "手写签名", "✎", "y"],
  ["typed", "纸上签名拍照", "▣", "y"],
  ["refused", "拒绝签名", "✕", "n"],
];

/* ``draft`` keeps signing, signed_name, refusal, witnesses and files; ``save`` is called after every change. */
export function confirmation(draft, save, redraw) {
  const made = h("div", { class: "pad-in" });
  made.append(buttons("signing", "当事人确认", draft.signing, WAYS, (way) => {
    draft.signing = way;
    save();
    redraw();
  }));
  if (draft.signing === "signed") made.append(pad(draft, save, redraw));
  if (draft.signing === "typed") {
    made.append(field("签名人姓名", text("signed_name", draft.signed_name, (v) => { draft.signed_name = v; save(); })));
    made.append(photoRow(draft, { purpose: "paper", point: 0, label: "拍纸质签名" }, save, redraw));
  }
  if (draft.signing === "refused") {
    made.append(
      field("拒签理由", text("refusal", draft.refusal, (v) => { draft.refusal = v; save(); })),
      field("见证人（两名，写明单位或住址）", text("witnesses", draft.witnesses, (v) => { draft.witnesses = v; save(); })),
    );
  }
  return made;
}

function pad(draft, save, redraw) {
  const there = draft.files.find((each) => each.purpose === "signature");
  if (there) {
    return h(
      "p", { class: "item2" }, h("b", null, "✓ 已签名 "),
      button("重新签", async () => {
        await dropPhoto(there.sha256);
        draft.files = draft.files.filter((each) => each !== there);
        await save();
        redraw();
      }, "btn txt"),
    );
  }
  const canvas = h("canvas", { class: "sigpad", width: 720, height: 300, "aria-label": "请当事人在此手写签名；不便手写的，选择其他确认方式", tabindex: 0 });
  const pen = new SignaturePad(canvas, { penColor: "#14202e", backgroundColor: "#ffffff", minWidth: 1.2, maxWidth: 4 });
  // The strokes are in pixels of the canvas, whatever its width on the screen.
  requestAnimationFrame(() => {
    const shown = canvas.getBoundingClientRect();
    if (shown.width) {
      canvas.width = Math.round(shown.width * 2);
      canvas.height = Math.round(shown.height * 2);
      canvas.getContext("2d").scale(2, 2);
      pen.clear();
    }
  });
  pen.addEventListener("endStroke", () => say("已有笔迹，签完请按“签好了”"));
  const done = async () => {
    if (pen.isEmpty()) {
      say("还没有笔迹。请当事人签名，或选择其他确认方式。");
      return;
    }
    const picture = await new Promise((made) => canvas.toBlob(made, "image/png"));
    draft.files.push(await takePhoto(new File([picture], "signature.png", { type: "image/png" }), { purpose: "signature" }));
    await save();
    redraw();
  };
  canvas.dataset.pad = "1";
  draft.finishPad = done;
  return h("div", { class: "sigbox" }, canvas, h("div", { class: "go2" }, button("清除", () => pen.clear(), "btn"), button("签好了", done, "btn")));
}

/* What is missing of the confirmation, or "". */
export function confirmationFault(draft) {
  if (!draft.signing) return "请选择当事人确认的方式";
  if (draft.signing === "signed" && !draft.files.some((each) => each.purpose === "signature")) return "当事人还没有签名";
  if (draft.signing === "typed") {
    if (!(draft.signed_name || "").trim()) return "请填写签名人姓名";
    if (!draft.files.some((each) => each.purpose === "paper")) return "请拍下纸质签名";
  }
  if (draft.signing === "refused" && (!(draft.refusal || "").trim() || !(draft.witnesses || "").trim())) return "请写明拒签理由和两名见证人";
  return "";
}
