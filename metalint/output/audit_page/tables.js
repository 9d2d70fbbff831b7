// The tables of the page: headings that sort, a search for agencies, and names that lead to datasets.

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function sortKey(cell, numeric) {
  const text = cell.dataset.v ?? cell.textContent.trim();
  if (!numeric && cell.dataset.v === undefined) return text;
  const value = Number.parseFloat(text.replace(/[,%+<>]/g, ""));
  return Number.isNaN(value) ? null : value;
}

function sort(table, column, head) {
  const body = table.tBodies[0];
  const numeric = head.classList.contains("n");
  const before = head.getAttribute("aria-sort");
  const rows = Array.from(body.rows, (row) => [sortKey(row.cells[column], numeric), row]);
  const numbers = rows.every(([key]) => typeof key !== "string");
  const rising = before ? before === "descending" : !numbers;
  const order = numbers ? (a, b) => a[0] - b[0] : (a, b) => collator.compare(a[0], b[0]);
  const none = (a, b) => (a[0] === null) - (b[0] === null); // what has no figure is neither much nor little: it comes last
  rows.sort((a, b) => none(a, b) || (rising ? order(a, b) : order(b, a)));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const fresh = body.cloneNode(false); // rows that move within the page are styled one by one, which takes long
  fresh.append(...rows.map(([, row]) => row));
  body.replaceWith(fresh);
}

function makeSortable(table) {
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = make("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, column, head));
  });
}

function searchAgencies() {
  const field = document.getElementById("agency-search");
  if (!field) return;
  const output = document.getElementById("agency-count");
  const rows = Array.from(document.getElementById("agency-table").tBodies[0].rows);
  const names = rows.map((row) => row.cells[0].querySelector("span, a").textContent.toLowerCase());
  const show = () => {
    const wanted = field.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, number) => {
      const fits = wanted.every((word) => names[number].includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    });
    output.textContent = said(output.dataset.said, { shown: count(shown), all: count(rows.length) });
  };
  field.addEventListener("input", show);
  show();
}

// Make the name in each cell that stands for something a link to its datasets.
function leadFurther() {
  for (const cell of document.querySelectorAll("[data-a], [data-r], [data-t], [data-d]")) {
    const { a, r, t, d, n } = cell.dataset;
    const name = cell.querySelector("span");
    if (!name) continue;
    const found = link(address({ a, r, t, d, n }));
    found.append(...name.childNodes);
    name.replaceWith(found);
  }
}

function upgrade() {
  document.querySelectorAll("table.sortable").forEach(makeSortable);
  for (const hidden of document.querySelectorAll(".tools, .scripted, .finder")) hidden.hidden = false;
  searchAgencies();
  leadFurther();
}
