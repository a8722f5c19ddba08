/* Step forms: show what applies, put stock phrases in, and never lose what was typed (kept in this browser only). */
(function () {
  "use strict";
  var form = document.querySelector("form.step-form");

  function values(name) {
    return Array.prototype.slice
      .call(document.querySelectorAll('[name="' + name + '"]'))
      .filter(function (el) { return !el.closest(".ask[hidden]"); })
      .filter(function (el) { return (el.type !== "checkbox" && el.type !== "radio") || el.checked; })
      .map(function (el) { return el.value; });
  }

  function apply() {
    Array.prototype.forEach.call(document.querySelectorAll(".ask[data-when]"), function (block) {
      var parts = block.getAttribute("data-when").split("=");
      var wanted = parts[1].split(",");
      var shown = values(parts[0]).some(function (v) { return wanted.indexOf(v) >= 0; });
      block.hidden = !shown;
    });
  }

  function key() { return "draft:" + form.getAttribute("data-autosave"); }

  function isBox(el) { return el.type === "checkbox" || el.type === "radio"; }

  function isTyped(el) {
    if (isBox(el)) return el.checked !== el.defaultChecked;
    if (el.tagName !== "SELECT") return el.value !== el.defaultValue;
    var first = Array.prototype.filter.call(el.options, function (option) { return option.defaultSelected; })[0] || el.options[0];
    return Boolean(first) && el.value !== first.value;
  }

  /* Only what differs from what the page came with: a default of today must not come back tomorrow. */
  function keep() {
    var values = {}, kept = {};
    Array.prototype.forEach.call(form.elements, function (el) {
      if (!el.name || /^(hidden|submit|button|file|password)$/.test(el.type)) return;
      values[el.name] = values[el.name] || [];
      if (!isBox(el) || el.checked) values[el.name].push(el.value);
      if (isTyped(el)) kept[el.name] = values[el.name];
    });
    try { sessionStorage.setItem(key(), JSON.stringify(kept)); } catch (e) { /* storage is full or off: the page still works */ }
  }

  function restore() {
    var kept;
    try { kept = JSON.parse(sessionStorage.getItem(key()) || "null"); } catch (e) { kept = null; }
    if (!kept || document.querySelector(".errsum")) return;
    Array.prototype.forEach.call(form.elements, function (el) {
      if (!el.name || !(el.name in kept) || /^(hidden|submit|button|file|password)$/.test(el.type)) return;
      if (isBox(el)) el.checked = kept[el.name].indexOf(el.value) >= 0;
      else if (kept[el.name].length) el.value = kept[el.name][0];
    });
  }

  /* submit.js drops what was kept once the server has said that it is registered. */
  if (form && form.hasAttribute("data-autosave")) {
    restore();
    form.addEventListener("input", keep);
  }
  document.addEventListener("change", apply);
  apply();

  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  Array.prototype.forEach.call(document.querySelectorAll("[data-phrase]"), function (button) {
    button.addEventListener("click", function () {
      var box = document.getElementById(button.parentNode.getAttribute("data-phrases"));
      if (box) { box.value = box.value ? box.value + button.getAttribute("data-phrase") : button.getAttribute("data-phrase"); box.focus(); }
    });
  });

  /* The list of further steps: typing narrows it by name or article. Without a script the whole list is there. */
  var filter = document.querySelector("[data-filter-steps]");
  if (filter) {
    var list = document.getElementById(filter.getAttribute("data-filter-steps"));
    filter.parentNode.hidden = false;
    filter.addEventListener("input", function (event) {
      if (event.isComposing) return;
      var wanted = filter.value.trim().toLowerCase(), any = false;
      Array.prototype.forEach.call(list.querySelectorAll(".step-family"), function (family) {
        var some = false;
        Array.prototype.forEach.call(family.querySelectorAll("li"), function (item) {
          item.hidden = item.textContent.toLowerCase().indexOf(wanted) < 0;
          some = some || !item.hidden;
        });
        family.hidden = !some;
        any = any || some;
      });
      list.querySelector(".step-none").hidden = any;
    });
    filter.addEventListener("compositionend", function () { filter.dispatchEvent(new Event("input")); });
    Array.prototype.forEach.call(document.querySelectorAll('a[href="#more-steps"]'), function (link) {
      link.addEventListener("click", function () { list.open = true; });
    });
  }
})();
