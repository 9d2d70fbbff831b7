// The data of the page: blocks of base64, gzip and JSON, unpacked when they are first asked for.

const PAGE = 20; // datasets of a list that are shown at once
const unpacked = new Map();

function blocks(name) {
  return document.querySelectorAll('script.' + name);
}

async function unpack(element) {
  const text = atob(element.textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// Return the promise of a block, by its name and number from 0; it is unpacked once.
function block(name, number) {
  const key = name + number;
  if (!unpacked.has(key)) unpacked.set(key, unpack(blocks(name)[number]));
  return unpacked.get(key);
}

// Return the promise of what the page is about: `head`, and of each chunk the columns that a list needs.
async function everything() {
  const head = await block("head", 0);
  const chunks = await Promise.all(head.rows.map((_, number) => block("d", number)));
  return { head, chunks };
}

function count(value) {
  return Number(value).toLocaleString("en-US");
}

function percent(share) {
  if (share === null || share === undefined) return "–";
  const tenths = Math.round(share * 1000);
  if (share < 1 && tenths >= 1000) return ">99.9%";
  if (share > 0 && tenths <= 0) return "<0.1%";
  return tenths === 0 || tenths === 1000 ? tenths / 10 + "%" : (tenths / 10).toFixed(1) + "%";
}

function said(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Return an element: its tag with classes, and what is in it, texts as texts.
function make(tag, ...inside) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  element.append(...inside.filter((one) => one !== null && one !== ""));
  return element;
}

function link(to, ...inside) {
  const element = make("a", ...inside);
  element.href = to;
  return element;
}

// Return the address of a list, within the page, of what is asked of it.
function address(asked) {
  const values = Object.entries(asked).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  const text = new URLSearchParams(values.map(([name, value]) => [name, String(value)])).toString();
  return text ? "#look?" + text : "#look";
}
