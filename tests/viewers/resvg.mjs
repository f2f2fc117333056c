// Pictures as resvg shows them: node resvg.mjs MODULES FONTS SCALE IN.svg OUT.png [IN OUT]...
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, fonts, scale, ...files] = process.argv.slice(2);
const { Resvg } = createRequire(modules + "/x.js")("@resvg/resvg-js");
// resvg reads no fontconfig file: it is given the font files that fontconfig would have found.
const fontFiles = JSON.parse(fonts);
for (let i = 0; i < files.length; i += 2) {
    const drawn = new Resvg(readFileSync(files[i], "utf8"), {
        fitTo: { mode: "zoom", value: Number(scale) },
        font: { loadSystemFonts: false, fontFiles, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans",
                monospaceFamily: "DejaVu Sans Mono" },
    });
    writeFileSync(files[i + 1], drawn.render().asPng());
}
