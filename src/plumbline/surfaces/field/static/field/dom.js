/* Making elements without a string of HTML: what somebody typed is never markup. */

export function h(name, props, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (key === "class") made.className = value;
    else if (key in made && typeof value === "boolean") made[key] = value;
    else if (key === "value") made.value = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

let counted = 0;

/* A labelled field. The sentence of an error is tied to it, so that it is read with it. */
export function field(label, input, { hint = "", error = "" } = {}) {
  const id = input.id || `f${(counted += 1)}`;
  input.id = id;
  const told = [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(" ");
  if (told) input.setAttribute("aria-describedby", told);
  if (error) input.setAttribute("aria-invalid", "true");
  return h(
    "div", { class: error ? "field err" : "field" },
    h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-h` }, hint),
    error && h("p", { class: "errmsg", id: `${id}-e` }, error),
    input,
  );
}

export function text(name, value, change, props = {}) {
  return h("input", { class: "in", name, value: value || "", ...props, on: { input: (e) => change(e.target.value) } });
}

export function long(name, value, change, rows = 3) {
  return h("textarea", { class: "in", name, rows, on: { input: (e) => change(e.target.value) } }, value || "");
}

export function choice(name, value, options, change, props = {}) {
  const made = h("select", { class: "in", name, ...props, on: { change: (e) => change(e.target.value) } });
  for (const [key, words] of options) made.append(h("option", { value: key, selected: key === value }, words));
  return made;
}

/* Big buttons of which one holds; works by keyboard as radio buttons do. */
export function buttons(name, legend, value, options, change, cls = "three") {
  return h(
    "fieldset", { class: "item" },
    h("legend", null, legend),
    h("div", { class: cls }, options.map(([key, words, mark, tone]) => h(
      "label", { class: tone || "y" },
      h("input", { type: "radio", name, value: key, checked: key === value, on: { change: () => change(key) } }),
      h("span", null, mark && h("span", { "aria-hidden": "true" }, mark), words),
    ))),
  );
}

export function tick(name, value, words, change) {
  return h(
    "label", { class: "tick" },
    h("input", { type: "checkbox", name, checked: Boolean(value), on: { change: (e) => change(e.target.checked) } }),
    h("span", null, words),
  );
}

export function button(words, act, cls = "btn", props = {}) {
  return h("button", { class: cls, type: "button", ...props, on: { click: act } }, words);
}

/* Say something to whoever listens and to whoever looks, without moving the focus. */
export function say(words) {
  const place = document.getElementById("say");
  if (place) place.textContent = words;
}
