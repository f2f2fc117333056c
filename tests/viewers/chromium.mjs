// Pictures as Chromium shows them: node chromium.mjs MODULES CHROMIUM SCALE IN.svg OUT.png [IN OUT]...
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, scale, ...files] = process.argv.slice(2);
const { chromium } = createRequire(modules + "/x.js")("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (let i = 0; i < files.length; i += 2) {
    const page = await browser.newPage({ deviceScaleFactor: Number(scale) });
    await page.goto(pathToFileURL(files[i]).href);
    const size = await page.evaluate(() => {
        const root = document.documentElement;
        return { width: root.width.baseVal.value, height: root.height.baseVal.value };
    });
    await page.setViewportSize({ width: Math.ceil(size.width), height: Math.ceil(size.height) });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: files[i + 1], clip: { x: 0, y: 0, ...size } });
    await page.close();
}
await browser.close();
