// A place to sign with finger, pen or mouse. The strokes go into a hidden field as a picture; without a script the page
// still offers the typed confirmation, the photograph and the refusal.
(function () {
  "use strict";
  var pad = document.querySelector("canvas.pad");
  if (!pad) return;
  var form = pad.form || pad.closest("form");
  var field = form.querySelector("input[name=drawn]");
  var drawn = form.querySelector("input[name=way][value=drawn]");
  var pen = pad.getContext("2d");
  var strokes = [];
  var current = null;

  function fit() {
    var ratio = window.devicePixelRatio || 1;
    pad.width = Math.round(pad.clientWidth * ratio);
    pad.height = Math.round(pad.clientHeight * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
  }

  function draw() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.clientWidth, pad.clientHeight);
    pen.strokeStyle = "#111";
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    strokes.forEach(function (points) {
      pen.beginPath();
      pen.moveTo(points[0][0], points[0][1]);
      points.slice(1).forEach(function (p, n) {
        var last = points[n];
        pen.quadraticCurveTo(last[0], last[1], (last[0] + p[0]) / 2, (last[1] + p[1]) / 2);
      });
      if (points.length === 1) pen.lineTo(points[0][0] + 0.1, points[0][1]);
      pen.stroke();
    });
    field.value = strokes.length ? pad.toDataURL("image/png") : "";
  }

  function at(event) {
    var box = pad.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  pad.addEventListener("pointerdown", function (event) {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    current = [at(event)];
    strokes.push(current);
    drawn.checked = true;
    draw();
  });
  pad.addEventListener("pointermove", function (event) {
    if (!current) return;
    current.push(at(event));
    draw();
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    pad.addEventListener(name, function () { current = null; });
  });
  form.querySelector("[data-undo]").addEventListener("click", function () { strokes.pop(); draw(); });
  form.querySelector("[data-clear]").addEventListener("click", function () { strokes = []; draw(); });
  window.addEventListener("resize", fit);
  form.querySelector("[data-pad]").hidden = false;
  fit();
})();
