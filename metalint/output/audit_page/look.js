// The list of datasets: what is asked stands in the page's address, after #look?, so that it can be kept and sent.

const section = document.getElementById("look");
const overview = document.getElementById("overview");
let scrolled = 0;
let turn = 0;

function asked() {
  const values = new URLSearchParams(location.hash.slice("#look?".length));
  return Object.fromEntries(["a", "r", "s", "t", "q", "d", "n", "o", "p"].map((name) => [name, values.get(name) ?? ""]));
}

// Return a function that tells whether a row of a chunk is asked for.
function tester(data, want, chunk) {
  const { head } = data;
  const number = (text) => chunk.s.indexOf(text);
  const tests = [];
  if (want.a && head.agencies[want.a]) {
    const agency = number(head.agencies[want.a][0]);
    tests.push((row) => chunk.agency[row] === agency && chunk.line[row] > 0);
  }
  if (want.r && head.rules[want.r]) {
    const rule = number(head.rules[want.r][0]);
    tests.push((row) => chunk.rules[row].some((one, at) => at % 2 === 0 && one === rule));
  }
  const level = { 3: chunk.e, 2: chunk.w, 1: chunk.i }[want.s];
  if (level) tests.push((row) => level[row] > 0);
  if (want.t && head.themes[want.t]) {
    const [theme, category] = head.themes[want.t].map((text) => number(text));
    const whole = !head.themes[want.t][1];
    tests.push((row) => chunk.themes[row].some((one) => one[0] === theme && (whole || one[1] === category)));
  }
  if (want.d) tests.push((row) => chunk.s[chunk.record[row]] === want.d && chunk.s[chunk.title[row]] === want.n);
  const search = want.q.toLowerCase().split(/\s+/).filter(Boolean);
  if (search.length) {
    const fits = (row) => {
      const text = ["title", "record", "agency"].map((name) => chunk.s[chunk[name][row]]).join("\n").toLowerCase();
      return search.every((one) => text.includes(one));
    };
    tests.push(fits);
  }
  return (row) => tests.every((test) => test(row));
}

const ORDERS = {
  worst: (chunk, row) => -(100 * chunk.e[row] + 10 * chunk.w[row] + chunk.i[row]), // as in the table of the worst
  used: (chunk, row) => -(chunk.downloads[row] ?? chunk.views[row] ?? -1),
};

// Return a row's place in the order asked for: `m` with the number of a method is by its score, the lowest first.
function orderOf(name) {
  if (!name.startsWith("m")) return ORDERS[name];
  return (chunk, row) => share(chunk.standings[row][name.slice(1)]) ?? 2;
}

// Return the rows asked for, as pairs of chunk and row, in the order asked for.
function found(data, want) {
  const rows = [];
  const order = orderOf(want.o || "worst");
  data.chunks.forEach((chunk, number) => {
    const fits = tester(data, want, chunk);
    for (let row = 0; row < chunk.path.length; row++) {
      if (fits(row)) rows.push([order ? order(chunk, row) : 0, number, row]);
    }
  });
  return order ? rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) : rows;
}

function select(label, name, options, value) {
  const field = make("select", ...options.map(([key, text]) => new Option(text, key, false, String(key) === value)));
  field.name = name;
  return make("label", label, " ", field);
}

function controls(data, want) {
  const { words, agencies, rules, themes, methods } = data.head;
  const search = make("input");
  Object.assign(search, { type: "search", name: "q", value: want.q, placeholder: words.search_hint });
  const named = agencies.map((one, number) => [number, `${one[0] || words.nameless} (${count(one[1])})`]);
  named.sort((a, b) => collator.compare(a[1], b[1]));
  const told = rules.map((one, number) => [number, `${one[6] || one[0]} (${count(one[3])})`]);
  const levels = [3, 2, 1].map((level) => [level, words[LEVEL_WORDS[level]]]);
  const orders = ["worst", "place", "used"].map((name) => [name, words["order_" + name]]);
  methods.forEach((one, n) => orders.push(["m" + n, said(words.order_score, { method: one[0] })]));
  const form = make(
    "form.asked",
    make("label", words.search, " ", search),
    select(words.agency, "a", [["", words.any_agency], ...named], want.a),
    select(words.rule, "r", [["", words.any_rule], ...told], want.r),
    select(words.severity, "s", [["", words.any_severity], ...levels], want.s),
    themes.length ? select(words.theme, "t", [["", words.any_theme], ...themes.map((one, n) => [n, one[2]])], want.t) : "",
    select(words.order, "o", orders, want.o || "worst"),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    const values = Object.fromEntries(new FormData(form));
    if (values.o === "worst") delete values.o;
    history.replaceState(null, "", address(values));
    show(data, false);
  });
  return form;
}

// Return what is said above the list of an agency or a rule.
function about(data, want) {
  const { words, agencies, rules, methods } = data.head;
  const inside = [];
  const agency = want.a && agencies[want.a];
  if (agency) {
    const figures = [["datasets", count(agency[1])], ["clean_share", percent(agency[1] ? agency[2] / agency[1] : null)]];
    figures.push(["errors", count(agency[3])], ["warnings", count(agency[4])], ["infos", count(agency[5])]);
    const list = make("dl.figures", ...figures.map(([name, value]) => make("div", make("dt", words[name]), make("dd", value))));
    agency[6].forEach((mean, n) => list.append(make("div", make("dt", methods[n][0]), make("dd", percent(mean)))));
    inside.push(list);
    const name = (id) => (rules.find((one) => one[0] === id) || [])[6] || id;
    const number = (id) => rules.findIndex((one) => one[0] === id);
    const rows = agency[9].slice(0, 5).map(([id, n]) =>
      make("li", link(address({ a: want.a, r: number(id) }), said(words.failed, { demand: name(id), count: count(n) }))));
    const gaps = agency[10].map(([m, i, n, points]) =>
      make("li", said(words.gap_row, { name: methods[m][1][i][0], method: methods[m][0], datasets: count(n), points: count(points) })));
    const part = (title, some) => (some.length ? make("div", make("h3", title), make("ul", ...some)) : "");
    inside.push(make("div.pair", part(words.rules_here, rows), part(words.gaps_here, gaps)));
  }
  const rule = want.r && rules[want.r];
  if (rule) {
    inside.push(make("p", make("code", rule[0]), " ", rule[7]));
    for (const source of rule[8]) inside.push(make("p.soft", words.source, words.colon, source));
  }
  return make("div", ...inside);
}

function heading(data, want) {
  const { words, agencies, rules, themes } = data.head;
  const names = [];
  if (want.a && agencies[want.a]) names.push(agencies[want.a][0] || words.nameless);
  if (want.r && rules[want.r]) names.push(rules[want.r][6] || rules[want.r][0]);
  if (want.t && themes[want.t]) names.push(themes[want.t][2]);
  return names.join(" · ") || words.look;
}

function pager(data, want, page, pages) {
  if (pages < 2) return "";
  const { words } = data.head;
  const go = (text, to) => {
    const button = make("button", text);
    button.type = "button";
    button.disabled = to < 1 || to > pages;
    button.addEventListener("click", () => { location.hash = address({ ...want, p: to === 1 ? "" : to }); });
    return button;
  };
  const told = make("span", said(words.page, { page: count(page), pages: count(pages) }));
  return make("nav.pager", go(words.previous, page - 1), told, go(words.next, page + 1));
}

// Show what is asked for; `fresh`: the form and the heading too.
async function show(data, fresh) {
  const mine = ++turn;
  const want = asked();
  const { words, held } = data.head;
  if (fresh) {
    const back = link("#", words.back);
    back.className = "back";
    section.replaceChildren(make("p", back), make("h2"), make("div"), controls(data, want), make("div.list"));
    section.querySelector("h2").tabIndex = -1;
  }
  section.querySelector("h2").textContent = heading(data, want);
  section.children[2].replaceChildren(about(data, want));
  const rows = found(data, want);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(Math.max(1, Number.parseInt(want.p, 10) || 1), pages);
  const here = rows.slice((page - 1) * PAGE, page * PAGE);
  const problems = new Map();
  for (const [, number] of here) problems.set(number, await block("p", number));
  if (mine !== turn) return;
  const rule = want.r && data.head.rules[want.r] ? data.head.rules[want.r][0] : "";
  const cards = here.map(([, number, row]) => card(data, data.chunks[number], row, problems.get(number), rule));
  const datasets = rows.filter(([, number, row]) => data.chunks[number].line[row] > 0).length;
  const apart = rows.length - datasets; // a file itself, and what stands in no dataset
  const told = said(words.found, { count: count(datasets) }) + (apart ? said(words.found_apart, { count: count(apart) }) : "");
  const output = make("output", rows.length ? told : words.none);
  output.setAttribute("aria-live", "polite");
  const notes = [];
  if (held[0] < held[1]) notes.push(said(words.held, { held: count(held[0]), all: count(held[1]), file: words.file }));
  if (held[2] < held[3]) notes.push(said(words.held_problems, { held: count(held[2]), all: count(held[3]), file: words.file }));
  const list = section.querySelector(".list");
  list.replaceChildren(make("p", output), ...notes.map((text) => make("p.note", text)), ...cards, pager(data, want, page, pages));
  section.dataset.ready = String(mine);
}

async function route() {
  const looking = /^#look(\?|$)/.test(location.hash);
  const came = looking && section.hidden;
  if (came) scrolled = window.scrollY;
  const left = !looking && !section.hidden;
  section.hidden = !looking;
  overview.hidden = looking;
  document.body.classList.toggle("looking", looking);
  if (left) {
    turn++;
    if (location.hash.length < 2) window.scrollTo(0, scrolled);
    else document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
  if (!looking) return;
  delete section.dataset.ready;
  if (!section.querySelector("form")) section.replaceChildren(make("p", section.dataset.loading));
  window.scrollTo(0, 0);
  if (typeof DecompressionStream === "undefined") {
    section.replaceChildren(make("p.note", section.dataset.old));
    return;
  }
  try {
    await show(await everything(), true);
    section.querySelector("h2").focus({ preventScroll: true });
  } catch (error) {
    section.replaceChildren(make("p.note", section.dataset.broken));
    throw error;
  }
}

upgrade();
window.addEventListener("hashchange", route);
route();
