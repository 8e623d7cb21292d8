// Bundles static/src/ into static/dist/. Only what is needed of plotly.js goes in (see charts.js).
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const SOURCE = "static/src";
const ENTRIES = ["main.css", "main.js", "rate.js", "charts.js", "live.js", "words.js"];

const own = readdirSync(SOURCE).filter((name) => /\.(css|js)$/.test(name));
const missing = ENTRIES.filter((name) => !own.includes(name));
if (missing.length) {
  console.error(`Missing in ${SOURCE}: ${missing.join(", ")}`);
  process.exit(1);
}

rmSync("static/dist", { recursive: true, force: true });

const result = await build({
  entryPoints: ENTRIES.map((name) => `${SOURCE}/${name}`),
  outdir: "static/dist",
  bundle: true,
  minify: true,
  // No eval and no source maps: the pages' policy forbids the first, and the second are not served.
  sourcemap: false,
  target: ["es2020", "safari15"],
  define: { global: "window" },
  loader: { ".svg": "file", ".png": "file", ".woff2": "file", ".ico": "copy" },
  assetNames: "[name]",
  logLevel: "warning",
  metafile: true,
});

// plotly.js brings the style sheet of maps, which we do not draw.
rmSync("static/dist/charts.css", { force: true });
delete result.metafile.outputs["static/dist/charts.css"];

for (const [name, { bytes }] of Object.entries(result.metafile.outputs)) {
  console.log(`${name}  ${Math.round(bytes / 1000)} kB`);
}
