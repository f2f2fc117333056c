#include "serve/assets.h"

#include <string.h>

extern const char nc_asset_html[], nc_asset_html_end[];
extern const char nc_asset_css[], nc_asset_css_end[];
extern const char nc_asset_js[], nc_asset_js_end[];
extern const char nc_asset_icon[], nc_asset_icon_end[];

static const nc_asset assets[] = {
    {"/", "text/html; charset=utf-8", nc_asset_html, nc_asset_html_end},
    {"/page.css", "text/css; charset=utf-8", nc_asset_css, nc_asset_css_end},
    {"/page.js", "text/javascript; charset=utf-8", nc_asset_js, nc_asset_js_end},
    {"/icon.svg", "image/svg+xml", nc_asset_icon, nc_asset_icon_end},
};

const nc_asset *nc_asset_find(const char *path)
{
    for (size_t i = 0; i < sizeof(assets) / sizeof(assets[0]); i++)
        if (strcmp(assets[i].path, path) == 0)
            return &assets[i];
    return NULL;
}
