// Builds dist/ and licences/ from src/, the Rust pages and the pinned packages; `--check` only compares.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { transform } from "lightningcss";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const pages = join(here, "../src");
const text = (...path) => readFileSync(join(...path), "utf8");

/** Every built file by its path under assets/. */
async function build() {
  return new Map([
    ["dist/app.css", stylesheet()],
    ["dist/app.js", text(here, "src/app.js")],
    ["dist/walk.js", text(here, "src/walk.js")],
    ["dist/walk-worker.js", text(here, "src/walk-worker.js")],
    ["dist/htmx.min.js", text(modules, "htmx.org/dist/htmx.min.js").replace(/\n?\/\/# sourceMappingURL=.*/, "")],
    ["dist/mark.svg", text(here, "src/mark.svg")],
    ...icons(),
    ...(await fonts()),
    ...licences(),
  ]);
}

/** Tailwind and Basecoat compiled, without the classes that no page, script or stylesheet of ours names. */
function stylesheet() {
  const args = ["--input", join(here, "src/app.css"), "--cwd", here, "--silent"];
  const compiled = execFileSync(join(modules, ".bin/tailwindcss"), args, { maxBuffer: 1 << 26 });
  const named = new Set([pages, join(here, "src")].flatMap(files).map((file) => text(file)).join(" ").match(/[\w-]+/g));
  const classes = new Set([...compiled.toString().matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map(([, name]) => name));
  const unused = [...classes].filter((name) => !named.has(name));
  const targets = { chrome: 123 << 16, firefox: 128 << 16, safari: (17 << 16) | (5 << 8) };
  const { code } = transform({ filename: "app.css", code: compiled, minify: true, unusedSymbols: unused, targets });
  return `${code}\n`;
}

function files(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** The shapes of the icons that icon.rs names, without the `<svg>` around them. */
function icons() {
  const names = [...text(pages, "ui/icon.rs").matchAll(/^ {4}\w+ = "([a-z0-9-]+)",$/gm)].map(([, name]) => name);
  return names.map((name) => {
    const [, shapes] = text(modules, "lucide-static/icons", `${name}.svg`).match(/<svg[^>]*>([\s\S]*)<\/svg>/);
    return [`dist/icons/${name}.svg`, shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")];
  });
}

/** Golos Text cut down to what Mongolian and English pages print; the tögrög sign, which it lacks, from Inter. */
async function fonts() {
  const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
  const golos = (part) => `@fontsource-variable/golos-text/files/golos-text-${part}-wght-normal.woff2`;
  const inter = "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2";
  const latin = `${range(0x20, 0x7e)}\u00a0\u2009§©«®°²³·»½×÷–—‘’“”„•…−`;
  const cuts = [
    ["latin", golos("latin"), latin],
    ["cyrillic", golos("cyrillic"), `${range(0x410, 0x44f)}Ёё№`],
    ["mongolian", golos("cyrillic-ext"), "ӨөҮү"],
    ["tugrug", inter, "₮"],
  ];
  const cut = async ([name, source, letters]) => {
    const font = await subsetFont(readFileSync(join(modules, source)), letters, { targetFormat: "woff2" });
    return [`dist/fonts/${name}.woff2`, font];
  };
  return Promise.all(cuts.map(cut));
}

function licences() {
  const sources = {
    basecoat: "basecoat-css/LICENSE.md",
    "golos-text": "@fontsource-variable/golos-text/LICENSE",
    htmx: "htmx.org/LICENSE",
    inter: "@fontsource-variable/inter/LICENSE",
    lucide: "lucide-static/LICENSE",
    tailwindcss: "tailwindcss/LICENSE",
  };
  return Object.entries(sources).map(([name, path]) => [`licences/${name}.txt`, text(modules, path)]);
}

const built = new Map([...(await build())].map(([path, content]) => [path, Buffer.from(content)]));
const present = ["dist", "licences"]
  .filter((folder) => existsSync(join(here, folder)))
  .flatMap((folder) => files(join(here, folder)).map((path) => path.slice(here.length + 1)));
const same = (path) => existsSync(join(here, path)) && readFileSync(join(here, path)).equals(built.get(path));
const differing = [...built.keys()].filter((path) => !same(path));
const extra = present.filter((path) => !built.has(path));

if (process.argv.includes("--check")) {
  for (const path of differing) console.error(`differs from a rebuild: ${path}`);
  for (const path of extra) console.error(`is not built any more: ${path}`);
  if (differing.length + extra.length > 0) {
    console.error("run apps/web/assets/build.sh and commit what it writes");
    process.exit(1);
  }
} else {
  for (const path of extra) rmSync(join(here, path));
  for (const path of differing) {
    mkdirSync(dirname(join(here, path)), { recursive: true });
    writeFileSync(join(here, path), built.get(path));
    console.log(`${path} ${built.get(path).length}`);
  }
}
