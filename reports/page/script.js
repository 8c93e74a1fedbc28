"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const list = document.getElementById("list");
  const more = document.getElementById("more");
  const count = document.getElementById("count");
  const STEP = 60;
  const names = ["group", "theme", "subtheme", "kind", "year", "least", "sort", "q"];
  let found = [];
  let shown = 0;

  const element = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  const fill = (select, values, label) => {
    const chosen = select.value;
    select.replaceChildren(new Option(data.words.all, ""));
    for (const value of values) select.append(new Option(label(value), value));
    select.value = values.includes(chosen) ? chosen : "";
    select.parentElement.hidden = values.length < 2;
  };

  const distinct = (column) => [...new Set(column)];

  const fillSubthemes = () => {
    const theme = form.elements.theme.value;
    const codes = distinct(data.subtheme).filter((code) => !theme || data.parents[code] === theme);
    fill(form.elements.subtheme, codes.sort(), (code) => data.labels[code] || code);
  };

  const state = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));

  const search = () => {
    const s = state();
    const least = Number(s.least) || 0;
    const rows = [];
    for (let i = 0; i < data.text.length; i += 1) {
      if (s.group && data.group[i] !== s.group) continue;
      if (s.theme && data.theme[i] !== s.theme) continue;
      if (s.subtheme && data.subtheme[i] !== s.subtheme) continue;
      if (s.kind && data.kind && data.kind[i] !== s.kind) continue;
      if (s.year && data.year[i] !== s.year) continue;
      if (data.probability[i] < least) continue;
      if (s.q && !data.text[i].includes(s.q)) continue;
      rows.push(i);
    }
    if (s.sort === "low") rows.sort((a, b) => data.probability[a] - data.probability[b]);
    found = rows;
    shown = 0;
    list.replaceChildren();
    count.textContent = data.words.count.replace("{n}", String(rows.length));
    show();
  };

  const marked = (text, terms) => {
    const parts = terms.filter((term) => term && text.includes(term));
    const paragraph = element("p", "text");
    if (!parts.length) {
      paragraph.textContent = text;
      return paragraph;
    }
    let rest = text;
    while (rest) {
      const hits = parts.map((term) => [rest.indexOf(term), term]).filter(([at]) => at >= 0);
      if (!hits.length) {
        paragraph.append(rest);
        break;
      }
      hits.sort((a, b) => a[0] - b[0] || b[1].length - a[1].length);
      const [at, term] = hits[0];
      paragraph.append(rest.slice(0, at), element("mark", "", term));
      rest = rest.slice(at + term.length);
    }
    return paragraph;
  };

  const cited = (i) =>
    `${data.text[i]} (${[data.group[i], data.document[i], data.heading ? data.heading[i] : "", data.sentence_id ? data.sentence_id[i] : ""]
      .filter(Boolean)
      .join(", ")})`;

  const item = (i) => {
    const node = element("li", `c${data.themes.indexOf(data.theme[i])}`);
    const terms = (data.terms ? data.terms[i].split(" ") : []).concat(state().q || []);
    node.append(marked(data.text[i], terms));
    const meta = [
      data.group[i] || data.unknown,
      data.year[i],
      data.heading ? data.heading[i] : "",
      data.kind && data.kind[i] !== "sentence" ? data.kinds[data.kind[i]] : "",
      data.labels[data.theme[i]] + (data.subtheme[i] !== data.theme[i] ? ` · ${data.labels[data.subtheme[i]]}` : ""),
      data.secondary && data.secondary[i] ? `${data.words.secondary} ${data.labels[data.secondary[i]]}` : "",
      `${data.words.probability} ${data.probability[i].toFixed(2)}`,
    ];
    const line = element("p", "meta", meta.filter(Boolean).join(" ｜ "));
    const copy = element("button", "", data.words.copy);
    copy.type = "button";
    copy.addEventListener("click", () => navigator.clipboard && navigator.clipboard.writeText(cited(i)));
    line.append(copy);
    node.append(line);
    return node;
  };

  const show = () => {
    const next = found.slice(shown, shown + STEP);
    list.append(...next.map(item));
    shown += next.length;
    more.hidden = shown >= found.length;
  };

  const write = () => {
    const s = state();
    const fragment = new URLSearchParams();
    for (const name of names) if (s[name]) fragment.set(name === "group" ? data.by : name, s[name]);
    history.replaceState(null, "", `#${fragment.toString() || "sentences"}`);
  };

  const read = (jump) => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) return;
    const fragment = new URLSearchParams(hash);
    for (const name of names) form.elements[name].value = "";
    const theme = fragment.get("theme") || data.parents[fragment.get("subtheme")] || "";
    form.elements.theme.value = theme;
    fillSubthemes();
    for (const [key, value] of fragment) {
      const name = key === data.by ? "group" : key;
      if (names.includes(name)) form.elements[name].value = value === "?" ? "" : value;
    }
    search();
    if (jump) document.getElementById("sentences").scrollIntoView();
  };

  const cell = (value) => {
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  const download = () => {
    const columns = ["sentence_id", "document", "group", "year", "heading", "kind", "text", "theme", "subtheme", "secondary", "probability"];
    const known = columns.filter((name) => data[name]);
    const lines = [known.map((name) => (name === "group" ? data.by : name)).join(",")];
    for (const i of found) lines.push(known.map((name) => cell(String(data[name][i]))).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\n"), "\n"], { type: "text/csv" }));
    link.download = `${data.file}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  fill(form.elements.group, distinct(data.group), (value) => value || data.unknown);
  fill(form.elements.theme, data.themes.filter((theme) => data.theme.includes(theme)), (theme) => data.labels[theme]);
  fill(form.elements.kind, distinct(data.kind || []), (kind) => data.kinds[kind] || kind);
  fill(form.elements.year, distinct(data.year).filter(Boolean).sort(), (year) => year);
  fillSubthemes();
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name === "theme") fillSubthemes();
    search();
    write();
  });
  document.getElementById("reset").addEventListener("click", () => {
    form.reset();
    fillSubthemes();
    search();
    write();
  });
  document.getElementById("csv").addEventListener("click", download);
  more.addEventListener("click", show);
  window.addEventListener("hashchange", () => read(true));
  if (location.hash.includes("=")) read(true);
  else search();
})();
