/* Looking at a picture: zoom, turn, next by key, finger or button; boxes for a working copy. Chromium 90. */
(function () {
  "use strict";
  var viewer = document.querySelector("[data-viewer]");
  if (!viewer) { return; }
  var links = Array.prototype.slice.call(document.querySelectorAll("[data-file]"));
  function go(step) {
    var at = links.findIndex(function (link) { return link.hasAttribute("aria-current"); });
    var next = links[at + step];
    if (next) { location.href = next.href; }
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT|VIDEO|AUDIO)$/.test(event.target.tagName)) { return; }
    if (event.key === "ArrowRight") { go(1); } else if (event.key === "ArrowLeft") { go(-1); }
  });
  var stage = viewer.querySelector(".vstage"), sheet = viewer.querySelector(".vsheet"), img = sheet && sheet.querySelector("img");
  if (!img) { return; }
  var zoom = 1, turn = 0, boxes = [], drawing = false, start = null, ghost = null;
  var say = viewer.querySelector("[data-say]"), form = document.querySelector("[data-copy]");
  var field = form && form.elements.boxes, turned = form && form.elements.turn, button = viewer.querySelector('[data-do="box"]');

  function ratio() { return img.naturalHeight / img.naturalWidth || 0.75; }
  function layout() {
    /* The sheet has the form of the turned picture; the picture inside is turned about the middle. */
    var side = turn % 180 !== 0, shape = side ? 1 / ratio() : ratio();
    var fitted = Math.min(stage.clientWidth, stage.clientHeight / shape), width = fitted * zoom;
    sheet.style.width = width + "px";
    sheet.style.height = width * shape + "px";
    var drawn = side ? width * shape : width;
    img.style.width = drawn + "px";
    img.style.position = "absolute";
    img.style.left = (width - drawn) / 2 + "px";
    img.style.top = (width * shape - drawn * ratio()) / 2 + "px";
    img.style.transform = "rotate(" + turn + "deg)";
    say.textContent = Math.round(zoom * 100) + "%" + (turn ? " · 右转 " + turn + " 度" : "") + (boxes.length ? " · 遮盖 " + boxes.length + " 处" : "");
    Array.prototype.forEach.call(sheet.querySelectorAll(".hide"), function (each) { each.remove(); });
    boxes.forEach(function (box) { place(document.createElement("span"), box); });
  }
  function place(mark, box) {
    mark.className = "hide";
    ["left", "top", "width", "height"].forEach(function (name, at) { mark.style[name] = box[at] * 100 + "%"; });
    if (!mark.parentNode) { sheet.appendChild(mark); }
  }
  function rezoom(by) { zoom = Math.max(1, Math.min(8, zoom * by)); layout(); }
  function tell() { if (field) { field.value = boxes.map(function (box) { return box.map(function (share) { return Math.round(share * 1000) / 10; }).join(" "); }).join("\n"); } }
  function rotate() {
    turn = (turn + 90) % 360;
    /* A box stays over the same part of the picture. */
    boxes = boxes.map(function (b) { return [1 - b[1] - b[3], b[0], b[3], b[2]]; });
    if (turned) { turned.value = String(turn); }
    tell(); layout();
  }
  var acts = { "in": function () { rezoom(1.4); }, out: function () { rezoom(1 / 1.4); }, fit: function () { zoom = 1; layout(); }, turn: rotate,
    box: function () { drawing = !drawing; button.setAttribute("aria-pressed", String(drawing)); sheet.classList.toggle("drawing", drawing); if (drawing && form) { form.closest("details").open = true; } } };
  viewer.addEventListener("click", function (event) { var act = event.target.getAttribute && acts[event.target.getAttribute("data-do")]; if (act) { act(); } });
  stage.addEventListener("keydown", function (event) {
    if (event.key === "+" || event.key === "=") { rezoom(1.4); } else if (event.key === "-") { rezoom(1 / 1.4); } else if (event.key === "0") { acts.fit(); } else if (event.key === "r") { rotate(); } else { return; }
    event.preventDefault();
  });
  stage.addEventListener("wheel", function (event) { if (event.ctrlKey) { event.preventDefault(); rezoom(event.deltaY < 0 ? 1.15 : 1 / 1.15); } }, { passive: false });
  var fingers = {}, apart = 0;
  function distance() { var p = Object.keys(fingers).map(function (id) { return fingers[id]; }); return p.length === 2 ? Math.hypot(p[0].x - p[1].x, p[0].y - p[1].y) : 0; }
  function share(event) { var r = sheet.getBoundingClientRect(); return [Math.min(1, Math.max(0, (event.clientX - r.left) / r.width)), Math.min(1, Math.max(0, (event.clientY - r.top) / r.height))]; }
  sheet.addEventListener("pointerdown", function (event) {
    fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
    apart = distance();
    if (drawing && !apart) { event.preventDefault(); start = share(event); ghost = document.createElement("span"); sheet.setPointerCapture(event.pointerId); }
  });
  sheet.addEventListener("pointermove", function (event) {
    if (fingers[event.pointerId]) { fingers[event.pointerId] = { x: event.clientX, y: event.clientY }; }
    var now = distance();
    if (apart && now) { if (Math.abs(now / apart - 1) > 0.08) { rezoom(now / apart); apart = now; } return; }
    if (start) { var at = share(event); place(ghost, [Math.min(start[0], at[0]), Math.min(start[1], at[1]), Math.abs(at[0] - start[0]), Math.abs(at[1] - start[1])]); }
  });
  function lift(event) {
    delete fingers[event.pointerId];
    apart = 0;
    if (!start) { return; }
    var at = share(event), box = [Math.min(start[0], at[0]), Math.min(start[1], at[1]), Math.abs(at[0] - start[0]), Math.abs(at[1] - start[1])];
    start = null; ghost = null;
    if (box[2] > 0.005 && box[3] > 0.005) { boxes.push(box); tell(); }
    layout();
  }
  sheet.addEventListener("pointerup", lift);
  sheet.addEventListener("pointercancel", function (event) { delete fingers[event.pointerId]; apart = 0; start = null; ghost = null; layout(); });
  function read() {
    boxes = field.value.split("\n").map(function (line) { return line.trim().split(/[\s,，]+/).map(function (n) { return parseFloat(n) / 100; }); }).filter(function (b) { return b.length === 4 && b.every(isFinite); });
    layout();
  }
  if (field) { field.addEventListener("change", read); turned.addEventListener("change", function () { turn = parseInt(turned.value, 10) || 0; layout(); }); turn = parseInt(turned.value, 10) || 0; }
  img.addEventListener("load", layout);
  window.addEventListener("resize", layout);
  if (field && field.value) { read(); } else { layout(); }
})();
