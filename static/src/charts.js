import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import barpolar from "plotly.js/lib/barpolar";
import heatmap from "plotly.js/lib/heatmap";
import scatterpolar from "plotly.js/lib/scatterpolar";

Plotly.register([bar, barpolar, heatmap, scatterpolar]);
