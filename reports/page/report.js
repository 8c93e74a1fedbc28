"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const say = data.say, columns = data.columns, size = data.text.length;
  const $ = (id) => document.getElementById(id);
  const explorer = $("explorer"), scroller = $("scroller"), list = $("rows"), form = $("filters");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const value = (name, row) => columns[name] ? columns[name].values[columns[name].rows[row]] : "";
  const shown = (name, raw) => (data.names[name] && data.names[name][raw]) || raw;
  const facets = [...form.querySelectorAll("select")].map((s) => s.name).filter((name) => columns[name]);
  const known = [...Object.keys(columns), "q", "low", "high", "sort"];

  // Controls -----------------------------------------------------------------------------------------------
  for (const name of facets) {
    const used = columns[name].values.filter((v) => v !== "");
    const order = data.names[name] && Object.keys(data.names[name]).length > 1 ? Object.keys(data.names[name]) : null;
    if (order) used.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    else if (name === "year") used.sort();
    for (const raw of used) form.elements[name].append(new Option(shown(name, raw), raw));
  }

  // State: the end of the address --------------------------------------------------------------------------
  let state = {}, found = [], opener = null;
  const read = () => {
    const wanted = {};
    for (const [name, raw] of new URLSearchParams(location.hash.slice(1))) if (known.includes(name)) wanted[name] = raw;
    return wanted;
  };
  const written = (wanted) => "#" + Object.entries(wanted).filter(([, v]) => v !== "").map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join("&");

  // Filter and sort ----------------------------------------------------------------------------------------
  const search = (wanted) => {
    const tests = [];
    for (const name of Object.keys(columns)) {
      if (!(name in wanted) || wanted[name] === "") continue;
      tests.push([columns[name].rows, columns[name].values.indexOf(wanted[name])]);
    }
    const q = (wanted.q || "").trim().toLowerCase();
    const low = wanted.low ? Number(wanted.low) : -1, high = wanted.high ? Number(wanted.high) : 2;
    const p = data.probability, hits = [];
    rows: for (let i = 0; i < size; i++) {
      for (const [codes, code] of tests) if (codes[i] !== code) continue rows;
      if (p.length && (p[i] < low || p[i] > high)) continue;
      if (q && !data.text[i].toLowerCase().includes(q)) continue;
      hits.push(i);
    }
    if (wanted.sort === "sure") hits.sort((a, b) => p[b] - p[a] || a - b);
    if (wanted.sort === "unsure") hits.sort((a, b) => p[a] - p[b] || a - b);
    if (wanted.sort === "long") hits.sort((a, b) => data.text[b].length - data.text[a].length || a - b);
    return hits;
  };

  // The list: only what is in sight is in the document --------------------------------------------------------
  let heights = new Float32Array(0), tops = new Float64Array(1), first = -1, last = -1;
  const guess = (row, width) => 58 + 28 * Math.ceil((data.text[row].length * 16) / Math.max(width - 30, 120));
  const sum = () => { for (let i = 0; i < heights.length; i++) tops[i + 1] = tops[i] + heights[i]; };
  const layout = () => {
    const width = scroller.clientWidth || 600;
    heights = Float32Array.from(found, (row) => guess(row, width));
    tops = new Float64Array(found.length + 1);
    first = last = -1;
    sum();
  };
  const at = (y) => { let a = 0, b = found.length; while (a < b) { const m = (a + b) >> 1; if (tops[m + 1] <= y) a = m + 1; else b = m; } return a; };
  const draw = () => {
    if (!found.length) {
      list.replaceChildren(); list.style.padding = "0";
      const li = document.createElement("li"); li.textContent = say.none; list.append(li); first = last = -1; return;
    }
    const view = scroller.clientHeight || 500;
    const a = Math.max(0, at(scroller.scrollTop) - 6), b = Math.min(found.length, at(scroller.scrollTop + view) + 7);
    if (a === first && b === last) return;
    first = a; last = b;
    const items = [];
    for (let i = a; i < b; i++) items.push(item(found[i], i));
    list.replaceChildren(...items);
    for (let i = a; i < b; i++) heights[i] = items[i - a].offsetHeight || heights[i];
    sum();
    list.style.paddingTop = `${tops[a]}px`;
    list.style.paddingBottom = `${Math.max(0, tops[found.length] - tops[b])}px`;
  };
  const span = (text, cls) => { const s = document.createElement("span"); s.textContent = text; if (cls) s.className = cls; return s; };
  const item = (row, place) => {
    const li = document.createElement("li");
    li.dataset.row = row;
    li.setAttribute("aria-setsize", found.length); li.setAttribute("aria-posinset", place + 1);
    const theme = value("theme", row);
    li.className = data.colors[theme] || "";
    const text = document.createElement("p");
    text.append(...marked(data.text[row], data.terms[row] || "", (state.q || "").trim()));
    const meta = document.createElement("p");
    meta.className = "meta";
    meta.append(span(shown("theme", theme) + (value("subtheme", row) ? " · " + shown("subtheme", value("subtheme", row)) : ""), "chip"));
    if (data.probability.length) meta.append(span(data.probability[row].toFixed(2)));
    if (value("secondary", row)) meta.append(span(say.secondary + " " + shown("secondary", value("secondary", row))));
    if (value("label", row)) meta.append(span(say.human + " " + shown("label", value("label", row))));
    meta.append(span(place_of(row)));
    const copy = document.createElement("button");
    copy.type = "button"; copy.textContent = say.copy; copy.className = "copy";
    meta.append(copy);
    li.append(text, meta);
    return li;
  };
  const place_of = (row) => [value("district", row), shown("document", value("document", row)), value("year", row), value("heading", row),
    fill(say.position, { n: data.position[row] + 1 })].filter((part, i, all) => part && all.indexOf(part) === i).join(" · ");
  const marked = (text, terms, q) => {
    const kind = new Uint8Array(text.length);
    const lower = text.toLowerCase();
    for (const term of terms.split(" ")) paint(lower, term.toLowerCase(), kind, 1);
    if (q) paint(lower, q.toLowerCase(), kind, 2);
    const parts = [];
    for (let i = 0, j; i < text.length; i = j) {
      for (j = i + 1; j < text.length && kind[j] === kind[i]; j++);
      if (!kind[i]) { parts.push(text.slice(i, j)); continue; }
      const mark = document.createElement("mark");
      mark.className = kind[i] === 2 ? "hit" : "why"; mark.textContent = text.slice(i, j);
      parts.push(mark);
    }
    return parts;
  };
  const paint = (text, word, kind, number) => {
    if (!word) return;
    for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + word.length)) kind.fill(number, i, i + word.length);
  };

  // Show -----------------------------------------------------------------------------------------------------
  const show = () => {
    found = search(state);
    for (const field of form.elements) if (field.name) field.value = state[field.name] || "";
    const n = found.length.toLocaleString("en");
    $("explorer-count").textContent = found.length === size ? fill(say.count, { n }) : fill(say["count.of"], { n, total: size.toLocaleString("en") });
    scroller.scrollTop = 0;
    layout(); draw();
  };
  const dock = (on) => {
    explorer.classList.toggle("docked", on);
    first = last = -1; layout(); draw();
    if (on) $("explorer-count").focus({ preventScroll: true });
    else if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  };
  const follow = () => {
    const wanted = read();
    if (!Object.keys(wanted).length) {
      if (explorer.classList.contains("docked")) dock(false);
      return;
    }
    state = wanted; show();
    if (!explorer.classList.contains("docked")) dock(true);
  };
  const change = () => {
    const wanted = { ...state };
    for (const field of form.elements) if (field.name) wanted[field.name] = field.value;
    if (wanted.theme && wanted.subtheme && data.parents[wanted.subtheme] !== wanted.theme) wanted.subtheme = "";
    state = Object.fromEntries(Object.entries(wanted).filter(([, v]) => v !== ""));
    if (explorer.classList.contains("docked")) history.replaceState(null, "", written(state));
    show();
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(change, 60); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { state = {}; if (explorer.classList.contains("docked")) history.replaceState(null, "", "#sort=document"); setTimeout(show); });
  scroller.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", () => { layout(); draw(); });
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const target = event.target.closest && event.target.closest("a[href^='#']");
    if (target) opener = target;
    // The same link twice changes no address: open all the same.
    if (target && target.getAttribute("href") === location.hash) follow();
  });
  const close = () => { dock(false); history.pushState(null, "", location.pathname + location.search); };
  $("explorer-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && explorer.classList.contains("docked")) close(); });
  $("open-sentences").addEventListener("click", (event) => { opener = event.currentTarget; state = {}; show(); dock(true); });
  $("print").addEventListener("click", () => print());
  $("switch-theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  // Copy and save ----------------------------------------------------------------------------------------------
  const copied = (text, button) => {
    const done = () => { const old = button.textContent; button.textContent = say.copied; setTimeout(() => { button.textContent = old; }, 1200); };
    const fallback = () => {
      const area = document.createElement("textarea");
      area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove(); done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, fallback); else fallback();
  };
  list.addEventListener("click", (event) => {
    if (!event.target.matches(".copy")) return;
    const row = Number(event.target.closest("li").dataset.row);
    const theme = shown("theme", value("theme", row));
    copied(fill(say.quote, { text: data.text[row], place: place_of(row), theme, p: (data.probability[row] ?? 1).toFixed(2) }), event.target);
  });
  $("copy-link").addEventListener("click", (event) => copied(location.href.split("#")[0] + written(state), event.currentTarget));
  const safe = (raw) => { const text = String(raw); const quoted = /^[=+\-@\t\r]/.test(text) ? "'" + text : text; return /[",\r\n]/.test(quoted) ? `"${quoted.replaceAll('"', '""')}"` : quoted; };
  $("save-csv").addEventListener("click", () => {
    const names = Object.keys(columns);
    const lines = [[...names, "position", "probability", "text", "terms"].join(",")];
    for (const row of found) lines.push([...names.map((n) => safe(value(n, row))), data.position[row], data.probability[row] ?? "", safe(data.text[row]), safe(data.terms[row] ?? "")].join(","));
    const url = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    const a = document.createElement("a");
    a.href = url; a.download = "sentences-filtered.csv"; a.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });

  explorer.hidden = false;
  show();
  follow();
  window.zhuti = { search, size };
})();
