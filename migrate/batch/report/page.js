"use strict";
const form = document.getElementById("filter"), table = document.getElementById("repositories");
const rows = [...table.tBodies[0].rows], shown = document.getElementById("shown");

function filter() {
  const text = form.text.value.toLowerCase(), state = form.state.value, code = form.code.value;
  let count = 0;
  for (const row of rows) {
    const fits = (!state || row.dataset.state === state) && (!code || row.dataset.codes.split(" ").includes(code))
      && (!text || row.textContent.toLowerCase().includes(text));
    row.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${rows.length}`;
}

function sort(column, descending) {
  const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const order = rows.slice().sort((a, b) => compare(key(a), key(b)) * (descending ? -1 : 1));
  table.tBodies[0].append(...order);
  [...table.tHead.rows[0].cells].forEach((cell, number) =>
    number === column ? cell.setAttribute("aria-sort", descending ? "descending" : "ascending") : cell.removeAttribute("aria-sort"));
}

[...table.tHead.rows[0].cells].forEach((cell, number) => cell.addEventListener("click", () => {
  const query = new URLSearchParams(location.hash.slice(1));
  const again = query.get("sort") === String(number) && !query.has("descending");
  remember({ sort: number, descending: again ? "1" : "" });
}));

function remember(values) {
  const query = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of Object.entries(values)) String(value) ? query.set(name, value) : query.delete(name);
  location.hash = query;
}

function show() {
  const query = new URLSearchParams(location.hash.slice(1));
  for (const name of ["text", "state", "code"]) form[name].value = query.get(name) ?? "";
  filter();
  if (query.has("sort")) sort(Number(query.get("sort")), query.has("descending"));
}

form.addEventListener("input", () => remember({ text: form.text.value, state: form.state.value, code: form.code.value }));
form.addEventListener("submit", event => event.preventDefault());
addEventListener("hashchange", show);
show();
