/* Desk conveniences. Every page works without this file. Chromium 90. */
(function () {
  "use strict";
  var off = /(^|; )keys=0(;|$)/.test(document.cookie);
  function typing(target) { return target && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test(target.type); }
  function rows() { return Array.prototype.slice.call(document.querySelectorAll("table.card tbody tr:not(.band), [data-row]")); }
  function current() { return document.querySelector("tr.sel, [data-row].sel"); }
  function select(row) {
    if (!row) { return; }
    var before = current();
    if (before) { before.classList.remove("sel"); }
    row.classList.add("sel");
    var link = row.querySelector("a[href]");
    if (link) { link.focus(); }
    row.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    var search = document.getElementById("q");
    if ((event.ctrlKey || event.metaKey) && event.key === "k" && search) { event.preventDefault(); search.focus(); search.select(); return; }
    if (off || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (document.querySelector("dialog[open]")) { return; }
    var all = rows(), at = all.indexOf(current());
    var help = document.getElementById("keys");
    if (event.key === "?" && help && help.showModal) { event.preventDefault(); if (!help.open) { help.showModal(); } }
    else if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    else if (event.key === "j" || (event.key === "ArrowDown" && at >= 0)) { if (all.length) { event.preventDefault(); select(all[Math.min(at + 1, all.length - 1)]); } }
    else if (event.key === "k" || (event.key === "ArrowUp" && at >= 0)) { if (all.length) { event.preventDefault(); select(all[Math.max(at - 1, 0)]); } }
    else if (event.key === "x" && at >= 0 && all[at].querySelector("input[type=checkbox]")) { event.preventDefault(); all[at].querySelector("input[type=checkbox]").click(); }
    else if (event.key === "e" && at >= 0 && all[at].querySelector(".act a, .act button")) { event.preventDefault(); all[at].querySelector(".act a, .act button").click(); }
    else if (event.key === "Enter" && at >= 0 && event.target.tagName !== "A" && event.target.tagName !== "BUTTON") { var link = all[at].querySelector("a"); if (link) { link.click(); } }
    else if (event.key.length === 1) { var marked = document.querySelector('[data-key="' + event.key.replace(/["\\]/g, "") + '"]'); if (marked) { event.preventDefault(); marked.click(); } }
  });
  /* What is typed survives a lost session, a cut or a reload: kept in this tab only; submit.js clears it once it is registered. */
  var BARE = /^(hidden|file|password|checkbox|radio|submit|button)$/;
  function came(field) {
    if (field.tagName !== "SELECT") { return field.defaultValue; }
    var first = Array.prototype.filter.call(field.options, function (option) { return option.defaultSelected; })[0] || field.options[0];
    return first ? first.value : "";
  }
  Array.prototype.forEach.call(document.querySelectorAll("form[data-keep]"), function (form) {
    var key = "draft:" + location.pathname + ":" + form.getAttribute("data-keep"), dirty = false;
    try {
      var kept = JSON.parse(sessionStorage.getItem(key) || "{}"), corrected = document.querySelector(".errsum");
      Object.keys(kept).forEach(function (name) {
        var field = form.elements[name];
        if (field && /^(TEXTAREA|SELECT|INPUT)$/.test(field.tagName) && !BARE.test(field.type) && !(corrected && field.value)) { field.value = kept[name]; }
      });
    } catch (error) { /* nothing was kept */ }
    form.addEventListener("input", function () {
      dirty = true;
      var values = {};
      Array.prototype.forEach.call(form.elements, function (field) {
        /* Only what differs from what the page came with: a default of today must not come back tomorrow. */
        if (field.name && /^(TEXTAREA|SELECT|INPUT)$/.test(field.tagName) && !BARE.test(field.type) && field.value !== came(field)) { values[field.name] = field.value; }
      });
      try { sessionStorage.setItem(key, JSON.stringify(values)); } catch (error) { /* full: the guard below still warns */ }
    });
    form.addEventListener("submit", function () { dirty = false; });
    window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); event.returnValue = ""; } });
  });
  /* A list beside its pane: the chosen row follows the pane; on a phone a row opens its own page. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    var link = event.target;
    if (window.innerWidth <= 1100 && link.closest && link.closest(".split")) { event.preventDefault(); location.href = link.href; }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    var link = event.detail.requestConfig && event.detail.requestConfig.elt, row = link && link.closest && link.closest("[data-row]");
    if (!row) { return; }
    Array.prototype.forEach.call(document.querySelectorAll("[data-row].sel"), function (each) {
      each.classList.remove("sel");
      var old = each.querySelector("[aria-current]");
      if (old) { old.removeAttribute("aria-current"); }
    });
    row.classList.add("sel");
    link.setAttribute("aria-current", "true");
    event.detail.target.scrollTop = 0;
    var heading = event.detail.target.querySelector("h2[tabindex]");
    if (heading) { heading.focus({ preventScroll: true }); }
  });
  var summary = document.querySelector(".errsum[tabindex]");
  if (summary) { summary.focus(); }
  Array.prototype.forEach.call(document.querySelectorAll("[data-print]"), function (button) {
    button.addEventListener("click", function () { window.print(); });
  });
  // What is folded is printed too, and folded again afterwards.
  var unfolded = [];
  window.addEventListener("beforeprint", function () {
    unfolded = Array.prototype.slice.call(document.querySelectorAll("main details.fold:not([open])"));
    unfolded.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    unfolded.forEach(function (part) { part.open = false; });
    unfolded = [];
  });
  if (/[?&]print=1\b/.test(location.search)) { window.addEventListener("load", function () { window.print(); }); }
})();
