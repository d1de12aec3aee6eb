// What Streamlit leaves out: a way past the navigation, tables the keyboard can scroll, the next step from its beginning.

const SKIP = "peerstay-skip";
const TABLES = "[data-testid='stTable'] > div";

export default function ({ data }) {
  if (!document.getElementById(SKIP)) document.body.prepend(skip(data.skip));
  turn(data);
  if (window.peerstayReach) return;
  let asked = 0;
  const later = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(reachable); };
  window.peerstayReach = new MutationObserver(later);
  window.peerstayReach.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", later);
  later();
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
function turn(now, frames = 120) {
  const before = window.peerstayAt;
  const other = before && now.mark && before.page === now.page && before.mark !== now.mark;
  if (!other || !frames) { window.peerstayAt = now; return; }
  const headings = [...document.querySelectorAll("[data-testid='stMain'] h2")];
  const target = now.heading
    ? headings.find((one) => one.innerText.trim() === now.heading)
    : document.querySelector("[data-testid='stMain'] [data-testid='stProgress']");
  if (!target) { requestAnimationFrame(() => turn(now, frames - 1)); return; }
  window.peerstayAt = now;
  target.scrollIntoView({ block: now.heading ? "nearest" : "center" });
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
