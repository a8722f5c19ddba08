/* The place: taken once when the officer presses, shown, and deleted with one press. */

import { button, h, say } from "./dom.js";
import { placeOnce } from "./draft.js";

export function placeRow(draft, save, redraw) {
  if (draft.place) {
    const { latitude_e6: latitude, longitude_e6: longitude, accuracy_m: accuracy } = draft.place;
    return h(
      "p", { class: "item2" }, h("span", { class: "num" }, `✓ 已定位一次：北纬 ${(latitude / 1e6).toFixed(5)}，东经 ${(longitude / 1e6).toFixed(5)}，精度约 ${accuracy} 米 `),
      button("删除定位", async () => { draft.place = null; await save(); redraw(); }, "btn txt"),
    );
  }
  const told = h("span", { role: "status" });
  return h("p", { class: "item2" }, button("定位一次（可不做）", async () => {
    told.textContent = " 正在定位…";
    const answer = await placeOnce();
    if (answer.place) {
      draft.place = answer.place;
      await save();
      say("已定位");
      redraw();
    } else told.textContent = ` ${answer.fault}`;
  }), told);
}
