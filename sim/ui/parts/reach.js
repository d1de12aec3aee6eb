// What Streamlit leaves out: a way past the navigation, tables the keyboard can scroll, the next step from its beginning,
// words for a screen reader on how far work is, charts that fit on paper, and a page drawn anew once light turns dark.

const SKIP = "peerstay-skip", STATUS = "peerstay-status";
const PATIENCE = 5000, HOLD = 1000; // milliseconds: until what comes is there, and that it is held in sight
const SOON = 100; // milliseconds until Streamlit itself knows what it turned to
const TABLES = "[data-testid='stTable'] > div";
const SIDEWAYS = "[data-testid='stTable'] > div, .decision"; // what may be wider than the page

export default function ({ data, setStateValue }) {
  window.peerstayScheme = (scheme) => setStateValue("scheme", scheme);
  if (!document.getElementById(SKIP)) document.body.prepend(skip(data.skip));
  if (!document.getElementById(STATUS)) document.body.append(status());
  turn(data);
  if (window.peerstayReach) return;
  let asked = 0;
  const later = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(look); };
  window.peerstayReach = new MutationObserver(later);
  window.peerstayReach.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", later);
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", onScreen);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", turned);
  later();
}

// The server chose some colors by what the page was; once it has turned, it is asked to draw them again.
function turned({ matches }) {
  const wanted = matches ? "dark" : "light", upto = performance.now() + PATIENCE;
  const wait = () => {
    const { colorScheme } = getComputedStyle(document.querySelector("[data-testid='stApp']"));
    if (colorScheme.includes(wanted)) setTimeout(() => window.peerstayScheme(wanted), SOON);
    else if (performance.now() < upto) requestAnimationFrame(wait);
  };
  wait();
}

// A chart is drawn for the width of the window: on paper it is made smaller as a whole, so that nothing is cut off.
function onPaper() {
  for (const drawn of document.querySelectorAll(".js-plotly-plot .main-svg")) {
    const { width, height } = drawn.getBoundingClientRect();
    if (!width || !height) continue;
    drawn.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawn.parentElement.style.aspectRatio = `${width} / ${height}`;
    drawn.parentElement.style.maxWidth = `${width}px`;
  }
}

function onScreen() {
  for (const drawn of document.querySelectorAll(".js-plotly-plot .main-svg[viewBox]")) {
    drawn.removeAttribute("viewBox");
    for (const name of ["aspect-ratio", "max-width"]) drawn.parentElement.style.removeProperty(name);
  }
}

function look() {
  reachable();
  hinted();
  announce();
}

// A place that stays while the page is drawn again and again: only then does a screen reader say what changes in it.
function status() {
  const place = document.createElement("div");
  place.id = STATUS;
  place.setAttribute("role", "status");
  return place;
}

function announce() {
  const told = [...document.querySelectorAll(".peerstay-heard")].map((one) => one.dataset.told).join(" ");
  const place = document.getElementById(STATUS);
  if (place.textContent !== told) place.textContent = told;
}

function skip(words) {
  const link = document.createElement("a");
  link.id = SKIP;
  link.href = "#";
  link.textContent = words;
  link.onclick = (event) => {
    event.preventDefault();
    const title = document.querySelector("[data-testid='stMain'] h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus();
    title.scrollIntoView();
  };
  return link;
}

// Who goes on to another step begins with its heading, not where the last step ended; who asks sees that work began.
// The page is still being drawn meanwhile, so the place is held for a moment, unless the visitor moves.
function turn(now) {
  const before = window.peerstayAt;
  window.peerstayAt = now;
  if (!before || !now.mark || before.page !== now.page || before.mark === now.mark) return;
  let upto = performance.now() + PATIENCE, found = false, moved = false;
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
  }
  const hold = () => {
    if (moved || window.peerstayAt.mark !== now.mark || performance.now() > upto) return;
    const target = goesOn(now.heading);
    if (target && !found) { found = true; upto = performance.now() + HOLD; }
    if (target && !inSight(target)) target.scrollIntoView({ block: now.heading ? "nearest" : "center" });
    requestAnimationFrame(hold);
  };
  hold();
}

function goesOn(heading) {
  const headings = [...document.querySelectorAll("[data-testid='stMain'] h2")];
  if (heading) return headings.find((one) => one.innerText.trim() === heading);
  return document.querySelector("[data-testid='stMain'] [data-testid='stProgress']");
}

function inSight(one) {
  const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}

// Whatever scrolls sideways in a table gets its place in the order of the keyboard, with the name of the table.
function reachable() {
  for (const box of document.querySelectorAll(TABLES)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "auto";
    if (scrolls && box.tabIndex !== 0) {
      const name = box.querySelector("table")?.getAttribute("aria-label") ?? "Table";
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${name}, can be scrolled sideways`);
    } else if (!scrolls && box.tabIndex === 0 && box.getAttribute("role") === "group") {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
}

// Whoever sees it is told that there is more beside what is shown: by a line above it, which the style sheet writes.
function hinted() {
  for (const box of document.querySelectorAll(SIDEWAYS)) {
    box.classList.toggle("peerstay-sideways", box.scrollWidth > box.clientWidth + 1);
  }
}
