/* Files of a form sent in parts, with progress, pause and cancel; they go on where the network broke off. Without this
   script the form posts its files itself. The addresses: docs/reference/uploads.md. Chromium 90. */
(function () {
  "use strict";
  var AT_ONCE = 2, WAITS = [1, 2, 4, 8, 15, 30];
  /* A call is given up after so many milliseconds, and as long as its body takes at so many bytes a millisecond: a
     connection may be dead without anybody saying so. */
  var PATIENCE = 30000, SLOWEST = 4;
  function cookie() { var found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie); return found ? found[1] : ""; }
  function size(bytes) { return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB"; }
  function pause(ms) { return new Promise(function (done) { setTimeout(done, ms); }); }

  function Sending(file, form, name, list) {
    var self = this;
    this.file = file; this.form = form; this.name = name; this.sha = ""; this.held = false; this.gone = false; this.done = false; this.failed = false; this.wake = null;
    this.row = document.createElement("li");
    this.row.innerHTML = '<b></b><span class="meta num"></span><button class="btn sm" type="button" data-do="hold">暂停</button><button class="btn sm" type="button" data-do="drop">取消</button><progress max="100" value="0"></progress><span class="said meta" role="status"></span>';
    this.row.querySelector("b").textContent = file.name;
    this.row.querySelector(".num").textContent = size(file.size);
    this.row.querySelector("progress").setAttribute("aria-label", file.name + " 上传进度");
    this.row.querySelector('[data-do="hold"]').addEventListener("click", function () {
      self.held = !self.held;
      this.textContent = self.held ? "继续" : "暂停";
      if (self.held) { self.say("已暂停，已传的部分保留"); } else { self.failed = false; self.go(); }
    });
    this.row.querySelector('[data-do="drop"]').addEventListener("click", function () {
      self.gone = true;
      if (self.worker) { self.worker.terminate(); }
      if (self.sha) { self.call("DELETE", "", null).catch(function () { /* what was sent expires by itself */ }); }
      self.row.remove();
      self.form.dispatchEvent(new Event("uploads"));
    });
    list.appendChild(this.row);
  }
  Sending.prototype.say = function (text, wrong) { var said = this.row.querySelector(".said"); said.textContent = text; said.classList.toggle("late", Boolean(wrong)); };
  Sending.prototype.show = function (share) { this.row.querySelector("progress").value = Math.round(share * 100); };
  Sending.prototype.call = function (method, path, body, type) {
    var headers = { "X-CSRFToken": cookie(), Accept: "application/json" };
    if (type) { headers["Content-Type"] = type; }
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, PATIENCE + (body && body.size || 0) / SLOWEST);
    return fetch("/uploads/" + this.sha + path, { method: method, headers: headers, body: body, credentials: "same-origin", signal: stop.signal }).then(function (answer) {
      if (answer.status === 204) { return {}; }
      return answer.json().then(function (told) {
        if (answer.ok) { return told; }
        var fault = new Error(told.message || "");
        fault.status = answer.status; fault.told = told;
        throw fault;
      });
    }).finally(function () { clearTimeout(timer); });
  };
  Sending.prototype.hash = function () {
    var self = this;
    return new Promise(function (done, fail) {
      var worker = self.worker = new Worker(self.form.getAttribute("data-worker"));
      worker.onmessage = function (event) {
        if (event.data.hex) { worker.terminate(); done(event.data.hex); }
        else if (event.data.fault) { worker.terminate(); fail(new Error("read")); }
        else { self.say("正在计算指纹 " + Math.floor(100 * event.data.read / self.file.size) + "%"); }
      };
      worker.onerror = fail;
      worker.postMessage({ file: self.file });
    });
  };
  Sending.prototype.parts = function (told) {
    var self = this, left = told.missing.slice(), sent = told.parts - left.length;
    self.show(sent / told.parts);
    function lane() {
      if (self.gone || self.held || !left.length) { return Promise.resolve(); }
      var number = left.shift(), from = number * told.part_size;
      return self.call("PUT", "/parts/" + number, self.file.slice(from, from + told.part_size), "application/octet-stream").then(function () {
        sent += 1;
        self.show(sent / told.parts);
        self.say("已上传 " + Math.floor(100 * sent / told.parts) + "%，断网后从断点继续");
        return lane();
      });
    }
    var lanes = [];
    for (var n = 0; n < AT_ONCE; n++) { lanes.push(lane()); }
    return Promise.all(lanes);
  };
  Sending.prototype.once = async function () {
    if (!this.sha) { this.sha = await this.hash(); }
    if (this.gone) { return; }
    var told = await this.call("POST", "", JSON.stringify({ name: this.file.name, size: this.file.size }), "application/json");
    if (told.state === "receiving") { await this.parts(told); }
    if (this.gone || this.held) { return; }
    this.say("正在核对");
    await this.call("POST", "/finish", "", "application/json");
    if (this.gone) { return; }
    var kept = document.createElement("input");
    kept.type = "hidden"; kept.name = this.name; kept.value = this.sha;
    this.row.appendChild(kept);
    this.row.querySelector('[data-do="hold"]').remove();
    this.row.querySelector("progress").remove();
    this.say("✓ 已上传");
    this.done = true;
  };
  Sending.prototype.go = async function () {
    for (var tries = 0; !this.done && !this.gone && !this.held && !this.failed;) {
      try { await this.once(); } catch (fault) {
        var status = fault.status || 0;
        if (status === 409) { tries += 1; if (tries < 3) { continue; } }
        if (status >= 400 && status < 500 || fault.message === "read") {
          this.failed = true;
          this.say(fault.message === "read" ? "文件读不出来，可能已被移动。请重新选择。" : fault.message, true);
          if (status === 422) { this.row.querySelector('[data-do="hold"]').remove(); }
          else { this.row.querySelector('[data-do="hold"]').textContent = "重试"; this.held = true; }
        } else {
          var wait = WAITS[Math.min(tries, WAITS.length - 1)];
          tries += 1;
          this.say("网络中断，" + wait + " 秒后自动继续；已传的部分保留", true);
          await Promise.race([pause(wait * 1000), new Promise(function (online) { window.addEventListener("online", online, { once: true }); })]);
        }
      }
    }
    this.form.dispatchEvent(new Event("uploads"));
  };

  Array.prototype.forEach.call(document.querySelectorAll("input[type=file][data-uploads]"), function (input) {
    var form = input.form, list = form.querySelector("[data-list]"), all = [], running = 0;
    if (!window.Worker || !window.fetch || !list || !form.hasAttribute("data-worker")) { return; }
    function next() {
      if (running) { return; }
      var waiting = all.filter(function (each) { return !each.done && !each.gone && !each.held && !each.failed; })[0];
      if (waiting) { running = 1; waiting.go().then(function () { running = 0; next(); }); }
    }
    function open() { return all.filter(function (each) { return !each.done && !each.gone && !(each.failed && !each.held); }); }
    input.addEventListener("change", function () {
      Array.prototype.forEach.call(input.files, function (file) {
        if (!input.multiple) { all.forEach(function (each) { if (!each.gone) { each.row.querySelector('[data-do="drop"]').click(); } }); }
        all.push(new Sending(file, form, input.getAttribute("data-uploads"), list));
      });
      input.value = "";
      next();
    });
    /* Sent while files are still on their way: the form goes by itself when they have arrived. */
    var waiting = false;
    form.addEventListener("uploads", function () {
      next();
      if (!waiting || open().length) { return; }
      waiting = false;
      if (!all.some(function (each) { return each.failed && !each.gone; })) { form.requestSubmit(); }
    });
    form.addEventListener("submit", function (event) {
      var left = open(), stuck = all.filter(function (each) { return !each.gone && !each.done && (each.failed || each.held); });
      if (!left.length && !stuck.length) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (stuck.length) { stuck[0].say("这个文件没有传完。请点“重试”或“继续”，或者取消它，再提交。", true); }
      else { waiting = true; left[0].say("传完后自动提交"); }
      (stuck[0] || left[0]).row.scrollIntoView({ block: "center" });
    }, true);
    window.addEventListener("beforeunload", function (event) { if (open().length) { event.preventDefault(); event.returnValue = ""; } });
  });
})();
