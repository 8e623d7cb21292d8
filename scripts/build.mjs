// Bundles static/src/ into static/dist/; with --watch, again after every change, until it is ended.
// Bundling is esbuild's. What it cannot do to style sheets is lightningcss's: it writes out the widths
// that css/widths.css names, and takes out of Bootstrap what no page bears. Of plotly.js goes in only what
// is needed (see charts.js). The fifth package, axe-core, is there for the tests.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { context } from "esbuild";
import { transform } from "lightningcss";

const SOURCE = "static/src";
const ENTRIES = ["main.css", "rate.css", "main.js", "rate.js", "charts.js", "live.js", "words.js"];
const WIDTHS = resolve(SOURCE, "css/widths.css");
const SAFARI = [15, 4]; // the oldest of the browsers we write for, the first of its kind with :has()

// The classes of Bootstrap that pages bear. A test looks for others.
const BORNE = new Set([
  ...["btn", "btn-danger", "btn-primary", "btn-secondary"],
  ...["form-check", "form-check-input", "form-check-label", "form-control", "form-label", "form-select", "form-text"],
  ...["card", "lead", "list-unstyled", "small", "visually-hidden"],
]);

const own = readdirSync(SOURCE).filter((name) => /\.(css|js)$/.test(name));
const missing = ENTRIES.filter((name) => !own.includes(name));
if (missing.length) {
  console.error(`Missing in ${SOURCE}: ${missing.join(", ")}`);
  process.exit(1);
}

// Neither a class that no page bears, nor a theme, since there is one.
function isBorne(selector) {
  return selector.every(({ type, name }) => (type === "class" ? BORNE.has(name) : name !== "data-bs-theme"));
}

function withWidths({ path }) {
  const code = Buffer.concat([readFileSync(path), readFileSync(WIDTHS)]);
  const targets = { safari: (SAFARI[0] << 16) | (SAFARI[1] << 8) };
  const sheet = transform({ filename: path, code, targets, drafts: { customMedia: true } });
  return { contents: sheet.code, loader: "css", watchFiles: [WIDTHS] };
}

// Bootstrap is written for its browsers already.
function onlyBorne({ path }) {
  const visitor = { Selector: (selector) => (isBorne(selector) ? selector : []) };
  return { contents: transform({ filename: path, code: readFileSync(path), visitor }).code, loader: "css" };
}

const sheets = {
  name: "style sheets",
  setup(build) {
    build.onLoad({ filter: /[\\/]static[\\/]src[\\/].*\.css$/ }, withWidths);
    build.onLoad({ filter: /[\\/]bootstrap\.css$/ }, onlyBorne);
  },
};

const report = {
  name: "report",
  setup(build) {
    build.onEnd(({ metafile }) => {
      // plotly.js brings the style sheet of maps, which we do not draw.
      rmSync("static/dist/charts.css", { force: true });
      for (const [name, { bytes }] of Object.entries(metafile?.outputs ?? {})) {
        if (name !== "static/dist/charts.css") console.log(`${name}  ${Math.round(bytes / 1000)} kB`);
      }
    });
  },
};

rmSync("static/dist", { recursive: true, force: true });

const bundles = await context({
  entryPoints: ENTRIES.map((name) => `${SOURCE}/${name}`),
  outdir: "static/dist",
  bundle: true,
  minify: true,
  // No eval and no source maps: the pages' policy forbids the first, and the second are not served.
  sourcemap: false,
  target: ["es2020", `safari${SAFARI.join(".")}`],
  define: { global: "window" },
  loader: { ".svg": "file", ".png": "file", ".woff2": "file", ".ico": "copy" },
  assetNames: "[name]",
  logLevel: "warning",
  metafile: true,
  plugins: [sheets, report],
});

if (process.argv.includes("--watch")) {
  await bundles.watch();
} else {
  await bundles.rebuild();
  await bundles.dispose();
}
