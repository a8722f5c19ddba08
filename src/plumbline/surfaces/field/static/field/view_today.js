/* 今日: what is planned, what waits for me, what I may begin, and how old the package is. */

import { short } from "./clock.js";
import { button, h, say } from "./dom.js";
import { newId } from "./keys.js";
import { dropPhoto } from "./photos.js";
import { find, isExpired, renewPackage } from "./pack.js";
import { append } from "./records.js";
import { flush } from "./sending.js";
import { state } from "./state.js";
import { forget, kept, keptNames } from "./store.js";
import { lastVisit } from "./view_inspect.js";

export async function today(redraw) {
  const { pack } = state;
  const told = h("p", { class: "hint", role: "status" });
  const renew = button("更新任务包", async () => {
    renew.disabled = true;
    const answer = await renewPackage();
    renew.disabled = false;
    told.textContent = answer.words;
    if (answer.ok) redraw();
  }, isExpired() ? "btn pri" : "btn");
  if (!pack) return h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, "还没有任务包"), h("p", null, "联网更新一次，以后没有网络也能办理。"), renew, told);
  return h(
    "div", null,
    h("section", { class: "pad-in" }, h("h1", { tabindex: -1 }, pack.tasks.length ? `今天 ${pack.tasks.length} 项检查` : "今天没有安排检查"), h("p", { class: "hint" }, `${pack.person.name} · ${pack.agency.name}`)),
    await drafts(redraw), confirmations(redraw), tasks(),
    h("section", { class: "pad-in" }, h("h2", null, "现在办理"), h(
      "div", { class: "go2" },
      h("a", { class: "btn", href: "#/inspect/new" }, "计划外检查"), h("a", { class: "btn", href: "#/spot/new" }, "当场处罚"),
    )),
    cases(pack),
    h("section", { class: "pad-in" }, h("h2", null, "任务包"), h("p", null, `更新于 ${short(pack.made_at)}，到 ${short(pack.expires_at)} 有效。剩余决定书号码 ${pack.numbers.length} 个。`), renew, told),
  );
}

function tasks() {
  const rows = state.pack.tasks.map((task) => {
    const target = find.target(task.target);
    return h("li", null, h("a", { class: "row", href: `#/inspect/${task.matter}` }, h("b", null, target ? target.name : task.target), h("span", null, `${find.item(task.item).name} · ${state.pack.words.inspection_cause[task.cause] || ""}`), h("span", { class: "hint" }, lastVisit(target))));
  });
  return rows.length ? h("ul", { class: "rows" }, rows) : h("p", { class: "pad-in hint" }, "安排的检查更新任务包后列在这里。");
}

async function drafts(redraw) {
  const names = await keptNames("draft:");
  if (!names.length) return null;
  const rows = [];
  for (const name of names) {
    const draft = await kept(name);
    const where = draft.kind === "spot_penalty" ? `#/spot/${draft.id}` : `#/inspect/${draft.matter || draft.id}`;
    rows.push(h(
      "li", { class: "with" },
      h("a", { class: "row", href: where }, h("b", null, draft.label || (draft.kind === "spot_penalty" ? "当场处罚" : "现场检查")), h("span", { class: "hint" }, `没有提交的草稿 · ${short(draft.saved_at)} 保存在本机`)),
      button("删除", async () => {
        const words = draft.number ? `删除后，号码 ${draft.number} 登记为作废。确定删除` : "删除这份草稿";
        if (!confirm(words)) return;
        // A number that was taken is accounted for, whether or not its paper was handed over.
        if (draft.number) await append({ id: newId(), kind: "number_void", body: { number: draft.number, reason: "制作决定书后没有交付，草稿删除" } });
        for (const each of draft.files) await dropPhoto(each.sha256);
        await forget(name);
        redraw();
      }, "btn txt"),
    ));
  }
  return h("section", null, h("h2", { class: "pad-in" }, "没有提交"), h("ul", { class: "rows" }, rows));
}

function confirmations(redraw) {
  const waiting = state.pack.to_confirm || [];
  if (!waiting.length) return null;
  return h("section", null, h("h2", { class: "pad-in" }, `待我确认 ${waiting.length}`), h("ul", { class: "rows" }, waiting.map((each) => h(
    "li", null, h(
      "details", { class: "row" }, h("summary", null, h("b", null, `${each.by}的${each.kind === "spot_penalty" ? "当场处罚" : "检查"}记录`), h("span", { class: "hint" }, ` ${short(each.captured_at)}`)),
      h("ul", { class: "plain" }, each.lines.map((line) => h("li", null, line))),
      h("p", { class: "hint" }, "确认即以第二名执法人员签名。内容有误的不要确认，请主办人员重新提交。"),
      button("内容属实，确认", async () => {
        await append({ id: newId(), kind: "cosign", body: { record: each.record, digest: each.digest } });
        state.pack.to_confirm = state.pack.to_confirm.filter((other) => other !== each);
        say("已确认，上传后生效");
        redraw();
        flush();
      }, "btn pri wide"),
    ),
  ))));
}

function cases(pack) {
  if (!pack.cases.length) return null;
  return h("section", null, h("h2", { class: "pad-in" }, `我承办的案件 ${pack.cases.length}`), h("ul", { class: "rows" }, pack.cases.map((each) => h(
    "li", null, h("a", { class: "row", href: `/cases/${each.matter}` }, h("b", null, each.number || each.title), h("span", null, `${each.title} · ${each.party}`), h("span", { class: "hint" }, each.due_on ? `${each.stage} · 期限 ${each.due_on}` : each.stage)),
  ))));
}

