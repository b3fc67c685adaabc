// Bundles src/ into dist/, the same bytes on every machine: nothing in it depends on where or
// when it is built. dist/ is committed, so that the playground needs no Node.js.

import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

// The library's styles hang on an id that every use of it repeats. An id may be there only once
// in a page, so the styles go by the class that stands next to it, and Drawn takes the id away.
const withoutIds = {
  name: "without-ids",
  setup(bundler) {
    bundler.onLoad({ filter: /slack-blocks-to-jsx[\\/]dist[\\/]style\.css$/ }, async (file) => {
      const styles = await readFile(file.path, "utf8");
      return {
        contents: styles.replaceAll("#slack_blocks_to_jsx", ".slack_blocks_to_jsx"),
        loader: "css",
      };
    });
  },
};

async function bundle() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: { page: "src/index.jsx" },
    outdir: "dist",
    bundle: true,
    minify: true,
    metafile: true,
    sourcemap: false,
    legalComments: "none",
    charset: "utf8",
    jsx: "automatic",
    target: ["chrome110", "firefox115", "safari16"],
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    plugins: [withoutIds],
  });
  return Object.keys(result.metafile.inputs);
}

function packagesOf(inputs) {
  const found = inputs.map((input) => input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(found.filter(Boolean))].sort();
}

async function licenseOf(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).sort().find((each) => /^licen[cs]e/i.test(each));
  const text = file
    ? (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim()
    : "";
  return [`${name} ${version} (${license})`, text].filter(Boolean).join("\n\n");
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const packages = packagesOf(await bundle());
const licenses = await Promise.all(packages.map(licenseOf));
await writeFile(join(dist, "licenses.txt"), licenses.join(`\n\n${"-".repeat(72)}\n\n`) + "\n");
await copyFile(join(here, "index.html"), join(dist, "index.html"));
