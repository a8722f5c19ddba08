/* 亮证: the officer's card for the party to see, with a code that leads to the public register. */

import { h } from "./dom.js";
import { instant, short } from "./clock.js";
import { state } from "./state.js";

let ticking = 0;

export function card() {
  const held = state.pack && state.pack.certificate;
  if (!held || !held.number) {
    return h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "没有执法证"), h("p", null, "任务包中没有您的执法证。请更新任务包；仍没有的，请联系单位管理员。"));
  }
  const valid = held.state === "valid" && (!held.valid_to || instant().slice(0, 10) <= held.valid_to);
  const time = h("span", { class: "num" });
  const mark = h("div", { class: "water", "aria-hidden": "true" });
  for (let line = 0; line < 6; line += 1) mark.append(h("span", null, `${held.name} ${held.number}　`.repeat(4)));
  clearInterval(ticking);
  const tick = () => { time.textContent = instant().replace("T", " ").slice(0, 19); };
  tick();
  ticking = setInterval(() => (time.isConnected ? tick() : clearInterval(ticking)), 1000);
  return h(
    "section", { class: "idcard" }, mark,
    h("p", { class: "hint" }, "行政执法证件"), h("h1", { tabindex: -1 }, held.name), h("p", { class: "unit" }, held.agency),
    h("dl", { class: "kv" }, h("dt", null, "执法证号"), h("dd", { class: "num" }, held.number), h("dt", null, "执法区域"), h("dd", null, held.area || "—"), h("dt", null, "有效期"), h("dd", { class: "num" }, `${held.valid_from} 至 ${held.valid_to || "长期"}`)),
    h("p", { class: valid ? "state ok" : "state late" }, valid ? "✓ 有效" : `▲ ${held.state === "valid" ? "已过期" : held.state_zh}`, h("small", null, state.online ? `　${short(state.pack.made_at)} 核对` : `　截至 ${short(state.pack.made_at)}，现在离线`)),
    h("img", { class: "qr", src: held.qr, alt: "公开核验页的二维码", width: 220, height: 220 }),
    h("p", null, "扫码可在区司法局公示网站核对姓名、单位和证件状态，不用登录。"), h("p", { class: "hint" }, "现在 ", time),
  );
}
