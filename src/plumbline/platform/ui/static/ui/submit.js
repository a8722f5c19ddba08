/* Sending a form over a bad network. The same content pressed again, or sent again after a cut, carries the same token: the
   server registers it once (platform/submissions) and says in a cookie that it is done; only then are token and draft
   dropped. When the server cannot be reached the form stays where it is and says so. Chromium 90. */
(function () {
  "use strict";
  var LOCK = 1500, SLOW = 8000, EVERY = 5000, AGAIN = 5000, PATIENCE = 8000, KEPT = 7200000; // milliseconds
  var bar = null, asked = 0, gone = false, ours = document.querySelector('link[rel="icon"]');
  var GONE = "▲ 网络中断，暂时连不上服务器。填写的内容还在本页，请不要关闭；恢复后会在这里提示。";

  function read(key) { try { return JSON.parse(sessionStorage.getItem(key) || "null"); } catch (error) { return null; } }
  function write(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (error) { /* full: one sending is still one */ } }
  function drop(key) { try { sessionStorage.removeItem(key); } catch (error) { /* off */ } }
  function token() {
    return Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function say(words, tone) {
    if (!bar) {
      bar = document.createElement("p");
      bar.setAttribute("role", "status");
      document.body.appendChild(bar);
    }
    bar.className = "net-bar " + (tone || "");
    bar.textContent = words;
    bar.hidden = !words;
  }

  /* What the server has registered: its token and its draft go. */
  (function settle() {
    var told = /(?:^|; )sent=([0-9a-f]{32})/.exec(document.cookie), keys = [];
    if (!told) { return; }
    try { keys = Object.keys(sessionStorage); } catch (error) { return; }
    keys.forEach(function (key) {
      var kept = key.indexOf("once:") === 0 && read(key);
      if (!kept || kept.token !== told[1]) { return; }
      drop(key);
      if (kept.draft) { drop(kept.draft); }
    });
  })();

  /* Asks for a small file of ours: a portal of the wireless network answers too, but with something else. */
  function check() {
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, PATIENCE);
    asked = Date.now();
    return fetch(ours.href, { method: "HEAD", cache: "no-store", credentials: "omit", signal: stop.signal }).then(
      function (answer) { return answer.ok && /svg/.test(answer.headers.get("Content-Type") || ""); },
      function () { return false; }
    ).then(function (here) {
      clearTimeout(timer);
      if (here && gone) { say("✓ 网络已恢复，可以提交了。", "grn"); setTimeout(function () { if (!gone) { say(""); } }, 8000); }
      if (!here) { say(GONE, "red"); setTimeout(check, AGAIN); }
      gone = !here;
      return here;
    });
  }
  function writing(event) {
    var form = event.target.form;
    if (form && form.getAttribute("method") === "post" && !gone && Date.now() - asked > EVERY) { check(); }
  }
  if (ours && window.fetch && window.AbortController) {
    document.addEventListener("focusin", writing);
    document.addEventListener("input", writing);
    window.addEventListener("offline", function () { if (!gone) { check(); } });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, key, kept, field;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") { return; }
    if (form.hasAttribute("data-sending")) { event.preventDefault(); return; }
    if (gone || navigator.onLine === false) { event.preventDefault(); say(GONE, "red"); if (!gone) { check(); } return; }
    key = "once:" + location.pathname + ":" + Array.prototype.indexOf.call(document.forms, form) + ":" + (form.getAttribute("action") || "");
    kept = read(key);
    if (!kept || Date.now() - kept.at > KEPT) { kept = { token: token(), at: Date.now() }; }
    kept.draft = form.hasAttribute("data-keep") ? "draft:" + location.pathname + ":" + form.getAttribute("data-keep")
      : form.hasAttribute("data-autosave") ? "draft:" + form.getAttribute("data-autosave") : "";
    write(key, kept);
    field = form.querySelector('input[name="once"]');
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden"; field.name = "once";
      form.appendChild(field);
    }
    field.value = kept.token;
    form.setAttribute("data-sending", "");
    setTimeout(function () { form.removeAttribute("data-sending"); }, LOCK);
    setTimeout(function () {
      if (gone) { return; }
      say("◆ 正在提交，网络较慢，请稍候。内容没有变的，再按一次也只登记一次。", "amb");
      setTimeout(function () { if (!gone) { say(""); } }, 4 * SLOW);
    }, SLOW);
  });
  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-sending]"), function (form) { form.removeAttribute("data-sending"); });
  });
})();
