// What axe-core finds in pictures inlined into one page: node axe.mjs MODULES CHROMIUM IN.svg...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, executablePath, ...files] = process.argv.slice(2);
const require = createRequire(modules + "/x.js");
const { chromium } = require("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
const pictures = files.map(file => readFileSync(file, "utf8")).join("\n");
await page.setContent(`<!doctype html><html lang="en"><title>Pictures</title><main><h1>Pictures</h1>${pictures}</main></html>`);
await page.addScriptTag({ path: require.resolve("axe-core") });
const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
for (const violation of violations)
    for (const node of violation.nodes.slice(0, 5))
        console.log(`${violation.id}: ${violation.help}: ${node.html.slice(0, 200)}`);
await browser.close();
process.exit(violations.length ? 1 : 0);
