// Draws every chart of the product: an element with data-chart="ID" gets the figure that the page
// carries as JSON under that ID. What the chart says stands beside it as a table (data-table), which is
// what is read until the chart is drawn, and where it cannot be.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import barpolar from "plotly.js/lib/barpolar";
import heatmap from "plotly.js/lib/heatmap";
import scatterpolar from "plotly.js/lib/scatterpolar";

Plotly.register([bar, barpolar, heatmap, scatterpolar]);

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false, responsive: false };
const NARROW_MARGIN = { l: 26, r: 26, t: 26, b: 26 };
const drawn = new Map();

function read(element) {
  return JSON.parse(document.getElementById(element.dataset.chart).textContent);
}

// A figure says in its meta below which width it is drawn narrow: labels become the short ones their
// trace carries, dots shrink, and the drawing is as high as it is wide.
function fitted(figure, width) {
  const isNarrow = width < (figure.layout.meta?.narrow_below ?? 0);
  const layout = { ...figure.layout, width };
  if (!isNarrow) return { data: figure.data, layout };
  layout.margin = NARROW_MARGIN;
  layout.height = width;
  return { data: figure.data.map(narrowed), layout };
}

function narrowed(trace) {
  if (trace.meta?.narrow) {
    return { ...trace, text: trace.meta.narrow };
  }
  if (trace.marker?.sizeref) {
    return { ...trace, marker: { ...trace.marker, sizeref: trace.marker.sizeref * 3 } };
  }
  return trace;
}

async function draw(element) {
  const figure = read(element);
  element.hidden = false;
  const width = element.clientWidth;
  const { data, layout } = fitted(figure, width);
  await Plotly.react(element, data, layout, CONFIG);
  drawn.set(element, width);
}

async function show(element) {
  try {
    await draw(element);
  } catch (problem) {
    element.hidden = true; // the table says the same
    throw problem;
  }
  const table = document.getElementById(element.dataset.table);
  if (table) table.open = false;
}

function redraw() {
  for (const [element, width] of drawn) {
    if (element.clientWidth && element.clientWidth !== width) draw(element);
  }
}

let waiting;
window.addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(redraw, 120);
});

document.querySelectorAll("[data-chart]").forEach(show);
