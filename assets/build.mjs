// Builds assets/dist, which the binary embeds: one script, one style sheet, the mark. Nothing else is served.
import { build } from "esbuild";
import { copyFile, mkdir, rm, stat } from "node:fs/promises";

const LIMIT_BYTES = { "office.js": 16_000, "mingcha.css": 48_000 };

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
await build({
  entryPoints: { office: "src/office.ts", mingcha: "src/mingcha.css" },
  outdir: "dist",
  bundle: true,
  minify: true,
  target: ["es2022", "chrome110", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
});
await copyFile("src/mark.svg", "dist/mark.svg");

// A public page must stay under 100 kB at first view; the sheet and the script have the larger part of it.
for (const [name, limit] of Object.entries(LIMIT_BYTES)) {
  const { size } = await stat(`dist/${name}`);
  if (size > limit) {
    throw new Error(`dist/${name} has ${size} bytes, more than its limit of ${limit}: take something out`);
  }
}
