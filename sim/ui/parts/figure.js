// Save a figure by plotly's own exporter, which hides behind a button of its mode bar, with title and note in the picture.

const NARROWEST = 760; // pixels: a picture from a phone is to be read in a document
const TITLE = { size: 17, line: 20, each: 9.2 }; // pixels: type, line, and a character on average
const NOTE = { size: 12, line: 15.6, each: 6.4 }; // plotly's line is 1.3 times the type
const EDGE = 12, ABOVE = 18; // above the first line, which is larger than the others

export default function ({ parentElement, data }) {
  const status = parentElement.querySelector("[role=status]");
  for (const button of parentElement.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.textContent}: ${data.title}`);
    button.onclick = () => {
      const graph = document.querySelector(`.${data.figure} .js-plotly-plot`);
      const camera = graph && graph.querySelector(".modebar-btn");
      if (!camera) {
        status.textContent = "The figure is not drawn yet. Try again in a moment.";
        return;
      }
      saved(graph, camera, data, button.dataset.format);
      status.textContent = `Saved as ${data.name}.${button.dataset.format}`;
    };
  }
}

// The exporter copies the layout before the click returns: what is added for the picture is taken away at once.
function saved(graph, camera, data, format) {
  const { layout, _context, _fullLayout } = graph;
  const width = Math.max(NARROWEST, _fullLayout.width);
  const told = [...lines(data.title, width, TITLE, "b"), ...lines(data.note, width, NOTE, "span")];
  const room = told.reduce((sum, one) => sum + one.height, ABOVE);
  const before = { title: layout.title, margin: layout.margin, width: layout.width, height: layout.height };
  layout.title = {
    text: told.map((one) => one.text).join("<br>"), font: { size: NOTE.size, color: layout.font.color },
    x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { l: EDGE, t: ABOVE },
  };
  layout.margin = { ...layout.margin, t: layout.margin.t + room };
  const options = { format, filename: data.name, width, height: _fullLayout.height + room, scale: format === "png" ? 2 : 1 };
  Object.assign(_context.toImageButtonOptions, options);
  try {
    camera.click();
  } finally {
    Object.assign(layout, before);
  }
}

function lines(text, width, type, tag) {
  const most = Math.floor((width - 2 * EDGE) / type.each);
  const found = [""];
  for (const word of text.split(" ")) {
    const last = found[found.length - 1];
    if (last && last.length + word.length >= most) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found.map((line) => ({
    text: `<${tag} style="font-size:${type.size}px">${escaped(line)}</${tag}>`, height: type.line,
  }));
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
