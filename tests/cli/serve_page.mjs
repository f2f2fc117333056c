// The page of nacre serve in Chromium: node serve_page.mjs MODULES CHROMIUM ADDRESS FOLDER. Fails with what went wrong.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync, renameSync, unlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, executablePath, address, folder] = process.argv.slice(2);
const { chromium } = createRequire(modules + "/x.js")("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, colorScheme: "light", acceptDownloads: true });
const page = await context.newPage();
const complaints = [];
const strangers = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(error.message));
page.on("request", (request) => request.url().startsWith(address) || strangers.push(request.url()));

const picture = page.locator("#picture");
const stage = page.locator("#stage");
const problems = page.locator("#problems");
const name = page.locator("h1");
const drawn = () => picture.evaluate((image) => image.complete && image.naturalWidth > 0 && !image.hidden && !image.classList.contains("old"));
const until = async (what, check) => {
    for (let i = 0; i < 100; i++) {
        if (await check()) return;
        await page.waitForTimeout(50);
    }
    assert.fail("it did not come to pass that " + what);
};
const box = () => picture.boundingBox();
const put = (file, text) => { // as editors do
    writeFileSync(join(folder, "new.tmp"), text);
    renameSync(join(folder, "new.tmp"), join(folder, file));
};

// The first diagram is shown, and the list has all of them.
await page.goto(address);
await until("the first diagram is drawn", drawn);
assert.equal(await page.locator("#list a").count(), 4);
assert.equal(await page.locator("#list a[aria-current]").count(), 1);
assert.match(await picture.getAttribute("alt"), /Flowchart/);
await until("the page is live", async () => (await page.locator("#live").textContent()) === "live");

// Live: a change is drawn, the view kept; an error shows with its place, the older picture dimmed.
await page.keyboard.press("+");
const before = await box();
const source = await picture.getAttribute("src");
put("a.mmd", "flowchart LR\n  A[One] --> B[Two] --> C[Three]\n");
await until("the change is drawn", async () => (await picture.getAttribute("src")) !== source);
assert.equal((await box()).x, before.x);
put("a.mmd", "flowchart LR\n  A -> B\n");
await until("the error is told", async () => /a\.mmd:2:5: error/.test(await problems.textContent()));
assert.match(await problems.textContent(), /write '-->'/);
assert.match(await page.locator("#problems pre").textContent(), /A -> B\n\s+\^~/);
assert.ok(await picture.evaluate((image) => image.classList.contains("old")));
assert.equal(await page.locator("#svg").getAttribute("aria-disabled"), "true");
await until("the list tells of it", async () => (await page.locator("#list .bad").count()) === 1);
put("a.mmd", "flowchart LR\n  A[One] --> B[Two]\n");
await until("the error is gone", async () => (await problems.isHidden()) && (await drawn()));

// Files that come and go.
put("zoo.mmd", "flowchart LR\n  zebra\n");
await until("the new file is listed", async () => (await page.locator("#list a").count()) === 5);
unlinkSync(join(folder, "zoo.mmd"));
await until("it is gone again", async () => (await page.locator("#list a").count()) === 4);

// By keyboard alone: next diagram, filter, zoom, fit, pan, help.
await page.keyboard.press("]");
await until("the next one is shown", async () => (await name.textContent()) === "Second of all");
await until("it is drawn", drawn);
await page.keyboard.press("/");
await page.keyboard.type("third");
assert.equal(await page.locator("#list a").count(), 1);
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
await until("the filtered one is shown", async () => (await name.textContent()) === "The third");
await page.keyboard.press("/");
await page.keyboard.press("Escape");
assert.equal(await page.locator("#list a").count(), 4);
await until("it is drawn", drawn);
assert.ok(await stage.evaluate((node) => node === document.activeElement));
await page.keyboard.press("0");
const fitted = await box();
await page.keyboard.press("ArrowRight");
assert.equal((await box()).x, fitted.x - 60);
await page.keyboard.press("1");
assert.equal(await page.locator("#zoom").textContent(), "100 %");
await page.keyboard.press("-");
assert.equal(await page.locator("#zoom").textContent(), "80 %");
await page.keyboard.press("0");
assert.deepEqual(await box(), fitted);
await page.keyboard.press("?");
assert.ok(await page.locator("#help").isVisible());
await page.keyboard.press("Escape");
assert.ok(await page.locator("#help").isHidden());

// By mouse: drag, and the wheel with Ctrl zooms where the pointer is.
const middle = await stage.boundingBox();
const x = middle.x + middle.width / 2;
const y = middle.y + middle.height / 2;
await page.mouse.move(x, y);
await page.mouse.down();
await page.mouse.move(x + 50, y + 20, { steps: 4 });
await page.mouse.up();
assert.equal(Math.round((await box()).x - fitted.x), 50);
const width = (await box()).width;
await page.keyboard.down("Control");
await page.mouse.wheel(0, -200);
await page.keyboard.up("Control");
await until("it is larger", async () => (await box()).width > width * 1.3);

// Light and dark, of the page and of the picture.
const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const light = await ground();
const bright = await picture.getAttribute("src");
await page.keyboard.press("d");
await until("the page is dark", async () => (await ground()) !== light);
await until("so is the picture", async () => (await picture.getAttribute("src")) !== bright && (await drawn()));
assert.match(await picture.getAttribute("src"), /nacre-dark/);
await page.locator("#theme").selectOption("document");
await until("it is as written again", async () => !/nacre-dark/.test(await picture.getAttribute("src")));
await page.reload();
await until("it is drawn", drawn);
assert.notEqual(await ground(), light); // the choice stays
assert.equal(await name.textContent(), "The third");

// Downloads.
for (const [kind, head] of [["svg", "<svg "], ["png", "\x89PNG"]]) {
    const coming = page.waitForEvent("download");
    await page.locator("#" + kind).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), `d-2.${kind}`);
    assert.ok(readFileSync(await download.path()).toString("latin1").startsWith(head));
}

// The picture's own text is what its font shows: the policy does not keep the font out.
assert.deepEqual(complaints, []);
assert.deepEqual(strangers, []);
await page.close();

// Another page can neither read nor embed.
const evil = await context.newPage();
await evil.goto("data:text/html,<p>other</p>");
assert.equal(await evil.evaluate((to) => fetch(to).then(() => "read", () => "refused"), address + "api/list"), "refused");
await evil.setContent(`<iframe src="${address}"></iframe>`);
await evil.waitForTimeout(300);
assert.equal(evil.frames().some((frame) => frame.url() === address), false);
await browser.close();
