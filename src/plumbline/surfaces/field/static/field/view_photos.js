/* The row of pictures beside an item: taken, shown small, taken back. */

import { button, h, say } from "./dom.js";
import { clockTime } from "./clock.js";
import { dropPhoto, PhotoRefused, takePhoto, thumbUrl, wantsReduced } from "./photos.js";

export function photoRow(draft, { purpose, point, label }, save, redraw) {
  const mine = draft.files.filter((each) => each.purpose === purpose && (each.point || 0) === (point || 0));
  const row = h("div", { class: "shots" });
  for (const each of mine) {
    const picture = h("img", { alt: `照片，${clockTime(each.taken_at)} 拍`, width: 84, height: 64 });
    thumbUrl(each.sha256).then((url) => { if (url) picture.src = url; });
    row.append(h(
      "figure", null, picture,
      h("figcaption", null, `${clockTime(each.taken_at)} ✓ 已存本机`),
      button("删除", async () => {
        await dropPhoto(each.sha256);
        draft.files = draft.files.filter((other) => other !== each);
        await save();
        redraw();
      }, "btn txt sm"),
    ));
  }
  const input = h("input", {
    type: "file", accept: "image/jpeg,image/png,image/webp", capture: "environment", class: "vh", name: `photo-${purpose}-${point || 0}`,
    id: `photo-${purpose}-${point || 0}`, tabindex: -1, "aria-hidden": "true",
    on: {
      change: async () => {
        const file = input.files[0];
        if (!file) return;
        try {
          const told = await takePhoto(file, { purpose, point, reduce: await wantsReduced() });
          if (!draft.files.some((each) => each.sha256 === told.sha256)) draft.files.push(told);
          await save();
          redraw();
          say("照片已存本机");
        } catch (fault) {
          if (!(fault instanceof PhotoRefused)) throw fault;
          say(fault.message);
          row.append(h("p", { class: "errmsg" }, fault.message));
        }
      },
    },
  });
  row.append(h("button", { class: "add", type: "button", on: { click: () => input.click() } }, label || "拍照", h("br"), `第 ${mine.length + 1} 张`), input);
  return row;
}
