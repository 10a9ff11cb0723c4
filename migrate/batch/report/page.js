"use strict";
const form = document.getElementById("filter"), list = document.getElementById("repositories");
const headers = [...document.querySelectorAll("#columns button")], shown = document.getElementById("shown");
const rows = [...list.children], texts = new Map();
const hash = () => new URLSearchParams(location.hash.slice(1));

function text(row) {
  if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
  return texts.get(row);
}

function filter() {
  const wanted = form.text.value.toLowerCase(), state = form.state.value, code = form.code.value;
  let count = 0;
  for (const row of rows) {
    const fits = (!state || row.dataset.state === state) && (!code || row.dataset.codes.split(" ").includes(code))
      && (!wanted || text(row).includes(wanted));
    row.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${rows.length}`;
}

function sort(column, descending) {
  const key = row => row.dataset[`key${column}`] ?? "";
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  list.append(...rows.slice().sort((a, b) => compare(key(a), key(b)) * (descending ? -1 : 1)));
  headers.forEach((header, number) =>
    number === column ? header.setAttribute("aria-sort", descending ? "descending" : "ascending") : header.removeAttribute("aria-sort"));
}

function remember(values) {
  const query = hash();
  for (const [name, value] of Object.entries(values)) String(value) ? query.set(name, value) : query.delete(name);
  location.hash = query;
}

function show() {
  const query = hash();
  for (const name of ["text", "state", "code"]) form[name].value = query.get(name) ?? "";
  filter();
  if (query.has("sort")) sort(Number(query.get("sort")), query.has("descending"));
}

function open(all) {
  for (const row of rows) if (!row.hidden) row.open = all;
}

function step(by) {
  const visible = rows.length ? [...list.children].filter(row => !row.hidden).map(row => row.firstElementChild) : [];
  const at = visible.indexOf(document.activeElement);
  visible[at < 0 ? 0 : Math.min(visible.length - 1, Math.max(0, at + by))]?.focus();
}

headers.forEach((header, number) => header.addEventListener("click", () => {
  const again = hash().get("sort") === String(number) && !hash().has("descending");
  remember({ sort: number, descending: again ? "1" : "" });
}));
document.getElementById("open").addEventListener("click", () => open(true));
document.getElementById("close").addEventListener("click", () => open(false));
form.addEventListener("input", () => remember({ text: form.text.value, state: form.state.value, code: form.code.value }));
form.addEventListener("reset", event => { event.preventDefault(); remember({ text: "", state: "", code: "" }); });
form.addEventListener("submit", event => event.preventDefault());
addEventListener("hashchange", show);
document.querySelectorAll("main a[href^='#']").forEach(link =>
  link.addEventListener("click", () => form.scrollIntoView({ block: "start" })));
addEventListener("keydown", event => {
  const typing = event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === "Escape") remember({ text: "", state: "", code: "" });
  else if (typing) return;
  else if (event.key === "/") { event.preventDefault(); form.text.focus(); }
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
});
show();
