// A dataset as a card: what it is, its figures, and each of its problems with value, proposal and reason.

const LEVELS = { 3: "error", 2: "warning", 1: "info" };
const LEVEL_WORDS = { 3: "errors", 2: "warnings", 1: "infos" };

function term(list, name, ...inside) {
  list.append(make("dt", name), make("dd", ...inside));
}

function share(standing) {
  return standing && standing[1] ? standing[0] / standing[1] : null;
}

// Return what a card says of reasons: folded, since they are the same for all problems of a rule.
function reasons(data, rule) {
  const { words } = data.head;
  const known = data.head.rules.find((one) => one[0] === rule);
  if (!known || !(known[7] || known[8].length)) return "";
  const inside = [make("summary", words.why)];
  if (known[6]) inside.push(make("p", known[6]));
  if (known[7]) inside.push(make("p", known[7]));
  for (const source of known[8]) inside.push(make("p.soft", words.source, words.colon, source));
  return make("details", ...inside);
}

function problemCard(data, block, at) {
  const { words } = data.head;
  const text = (name) => block.s[block[name][at]];
  const level = block.level[at];
  const list = make("dl");
  const now = text("now");
  if (now) term(list, words.now, make("span.value", make("mark", now)));
  if (block.look[at]) {
    const value = make("span.value", make("ins", text("fix") || words.empty_value));
    const look = block.look[at] === 1 ? "" : make("em", block.look[at] === 3 ? words.only_hint : words.needs_look);
    term(list, words.proposed, value, look && " ", look);
  }
  if (text("help")) term(list, words.help, text("help"));
  if (text("more")) term(list, words.keywords, text("more"));
  const place = said(words.line, { line: block.line[at] });
  term(list, words.place, place, text("pointer") && ` ${text("pointer")}`, " · ", make("code", text("rule")));
  const head = make("h4", make("span.level", data.head.levels[level]), " ", text("message"));
  return make("article.problem." + LEVELS[level], head, list, reasons(data, text("rule")));
}

function scores(data, standings) {
  const { words, methods } = data.head;
  return standings.map((standing, number) => {
    const missed = standing.slice(2).map((one) => methods[number][1][one][0]);
    const lacks = missed.length ? ` · ${words.misses}${words.colon}${missed.join(words.and)}` : "";
    return make("p.soft", `${methods[number][0]}${words.colon}`, make("b", percent(share(standing))), lacks);
  });
}

function evidence(data, chunk, themes) {
  const { words } = data.head;
  return themes.map(([theme, category, ...found]) => {
    const named = data.head.themes.filter(([id, sub]) => id === chunk.s[theme] && (!sub || sub === chunk.s[category]));
    const name = named.map((one) => one[2]).join(" › ") || chunk.s[theme];
    const why = found.length ? ` (${found.map((one) => chunk.s[one]).join(words.and)})` : "";
    return make("p.soft", `${words.evidence}${words.colon}${name}${why}`);
  });
}

function badges(data, chunk, row) {
  const { words } = data.head;
  const counts = [["error", "errors", chunk.e[row]], ["warning", "warnings", chunk.w[row]], ["info", "infos", chunk.i[row]]];
  const there = counts.filter(([, , number]) => number);
  const used = [["views", chunk.views[row]], ["downloads", chunk.downloads[row]]].filter(([, number]) => number !== null);
  return make(
    "p.badges",
    ...there.map(([kind, name, number]) => make("span." + kind, `${words[name]} ${count(number)}`)),
    ...used.map(([name, number]) => make("span.soft", `${words[name]} ${count(number)}`)),
    there.length ? "" : make("span.good", words.no_problem),
  );
}

// Return the card of a dataset: `row` of `chunk`, whose problems are in `block`; of `rule` alone, where one is asked.
function card(data, chunk, row, block, rule) {
  const { words } = data.head;
  const text = (name) => chunk.s[chunk[name][row]];
  const itself = !chunk.line[row];
  const title = itself && !text("title") ? words.of_file : text("title") || words.untitled;
  const place = itself ? text("path") : `${text("path")} · ${said(words.line, { line: chunk.line[row] })}`;
  const agency = data.head.agencies.findIndex((one) => one[0] === text("agency"));
  const whose = itself ? "" : agency < 0 ? text("agency") : link(address({ a: agency }), text("agency") || words.nameless);
  const inside = [make("h3", title, " ", make("code", text("record")))];
  inside.push(make("p.soft", whose, whose && " · ", place), badges(data, chunk, row));
  inside.push(...scores(data, chunk.standings[row]), ...evidence(data, chunk, chunk.themes[row]));
  const own = [];
  block.row.forEach((one, at) => { if (one === row) own.push(at); });
  own.sort((a, b) => block.level[b] - block.level[a]);
  const asked = own.filter((at) => !rule || block.s[block.rule[at]] === rule);
  inside.push(...asked.map((at) => problemCard(data, block, at)));
  const element = make("article.record", ...inside);
  if (asked.length < own.length) {
    const more = make("button", said(words.others, { count: count(own.length - asked.length) }));
    more.type = "button";
    more.addEventListener("click", () => {
      const others = own.filter((at) => !asked.includes(at)).map((at) => problemCard(data, block, at));
      more.replaceWith(...others);
      others[0].tabIndex = -1;
      others[0].focus();
    });
    element.append(more);
  }
  let all = 0;
  for (let at = 1; at < chunk.rules[row].length; at += 2) all += chunk.rules[row][at];
  const missing = all - own.length;
  if (missing > 0) element.append(make("p.soft", said(words.not_here, { count: count(missing), file: words.file })));
  return element;
}
