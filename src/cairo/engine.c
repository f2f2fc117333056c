/*
 * What pango is asked for: fonts, scripts and levels of characters (its itemizer: fontconfig,
 * FriBidi, emoji segments), places to break (Unicode's rules, libthai) and the order of pieces.
 *
 * A font map and a fontconfig configuration of its own for each context: font maps of pango belong
 * to a thread, and the process's current configuration is its owner's.
 */
#include "cairo/engine.h"

#include "base/utf8.h"
#include "cairo/system_font.h"

#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>

/* In px; nothing is measured at it, but bitmap fonts are chosen by size. */
static const int nominal_size = 128;

typedef struct known_font {
    PangoFont *pango;       /* a reference */
    nc_fallback_font *font; /* NULL: cannot be used; shared by fonts of the same file */
    bool owner;
} known_font;

struct nc_text_engine {
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    GArray *fonts;       /* of known_font */
    GPtrArray *families; /* names found */
};

/*
 * Before every other rule: of the languages of a request only the one asked for. fontconfig adds
 * those of the locale, and with them another font for the same ideographs.
 */
static const char no_locale[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
    "<match target=\"pattern\"><edit name=\"lang\" mode=\"assign_replace\" binding=\"strong\">"
    "<name>lang</name></edit></match></fontconfig>";

/* The system's configuration and fonts; NULL when there are none. */
static FcConfig *load_config(void)
{
    FcConfig *config = FcConfigCreate();
    if (!config)
        return NULL;
    const FcFontSet *fonts = NULL;
    if (FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)no_locale, FcTrue) &&
        FcConfigParseAndLoad(config, NULL, FcTrue) && FcConfigBuildFonts(config))
        fonts = FcConfigGetFonts(config, FcSetSystem);
    if (fonts && fonts->nfont > 0)
        return config;
    FcConfigDestroy(config);
    return NULL;
}

static nc_text_engine *engine_open(void)
{
    FcConfig *config = load_config();
    if (!config)
        return NULL;
    nc_text_engine *e = calloc(1, sizeof *e);
    if (!e) {
        FcConfigDestroy(config);
        return NULL;
    }
    e->config = config;
    e->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(e->map), config);
    e->context = pango_font_map_create_context(e->map);
    e->fonts = g_array_new(FALSE, TRUE, sizeof(known_font));
    e->families = g_ptr_array_new_with_free_func(g_free);
    return e;
}

static void engine_drop(nc_text_engine *e)
{
    if (!e)
        return;
    for (guint i = 0; i < e->fonts->len; i++) {
        known_font *known = &g_array_index(e->fonts, known_font, i);
        if (known->owner)
            nc_system_font_drop(known->font);
        g_object_unref(known->pango);
    }
    g_array_free(e->fonts, TRUE);
    g_ptr_array_free(e->families, TRUE);
    g_object_unref(e->context);
    /* pango 1.50 forgets its reference to the configuration when a map goes */
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(e->map), NULL);
    g_object_unref(e->map);
    FcConfigDestroy(e->config);
    free(e);
}

/* ---- families ---- */

static const char *keep_family(nc_text_engine *e, const char *name)
{
    for (guint i = 0; i < e->families->len; i++) {
        const char *known = g_ptr_array_index(e->families, i);
        if (strcmp(known, name) == 0)
            return known;
    }
    char *copy = g_strdup(name);
    g_ptr_array_add(e->families, copy);
    return copy;
}

/* The one of a font's families that is asked for, in the font's spelling; NULL when none is. */
static const char *spelling_of(const FcPattern *font, const char *name)
{
    FcChar8 *text = NULL;
    for (int i = 0; FcPatternGetString(font, FC_FAMILY, i, &text) == FcResultMatch; i++) {
        if (FcStrCmpIgnoreCase(text, (const FcChar8 *)name) == 0)
            return (const char *)text;
    }
    return NULL;
}

static const char *list_family(nc_text_engine *e, const char *name)
{
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, (char *)NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcFontSet *found = pattern && objects ? FcFontList(e->config, pattern, objects) : NULL;
    const char *family = NULL;
    for (int i = 0; found && i < found->nfont; i++) {
        const char *text = spelling_of(found->fonts[i], name);
        /* the least spelling, since the order of files in a folder is no order */
        if (text && (!family || strcmp(text, family) < 0))
            family = text;
    }
    if (family)
        family = keep_family(e, family);
    if (found)
        FcFontSetDestroy(found);
    if (objects)
        FcObjectSetDestroy(objects);
    if (pattern)
        FcPatternDestroy(pattern);
    return family;
}

static const char *engine_find_family(nc_text_engine *e, const nc_sv *names, uint32_t len)
{
    const char *found = NULL;
    for (uint32_t i = 0; i < len && !found; i++) {
        char *name = g_strndup(names[i].ptr, names[i].len);
        found = list_family(e, name);
        g_free(name);
    }
    return found;
}

/* ---- fonts ---- */

static void adopt(nc_text_engine *e, known_font *new)
{
    for (guint i = 0; i < e->fonts->len; i++) {
        const known_font *known = &g_array_index(e->fonts, known_font, i);
        if (!known->font || !known->owner)
            continue;
        if (nc_system_font_same(known->font, new->font)) {
            nc_system_font_drop(new->font);
            new->font = known->font;
            new->owner = false;
            return;
        }
    }
    new->owner = true;
}

static const nc_fallback_font *font_of(nc_text_engine *e, PangoFont *font)
{
    for (guint i = 0; i < e->fonts->len; i++) {
        const known_font *known = &g_array_index(e->fonts, known_font, i);
        if (known->pango == font)
            return known->font;
    }
    known_font new = {.pango = g_object_ref(font), .font = nc_system_font_new(font)};
    if (new.font)
        adopt(e, &new);
    g_array_append_val(e->fonts, new);
    return new.font;
}

static bool is_of_family(PangoFont *font, const char *family)
{
    FcChar8 *text = NULL;
    if (!family || !PANGO_IS_FC_FONT(font))
        return false;
    const FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &text) == FcResultMatch; i++) {
        if (strcmp((const char *)text, family) == 0)
            return true;
    }
    return false;
}

/* ---- analysis ---- */

static PangoAttribute *face_attribute(const nc_engine_span *span, const char *family)
{
    static const struct {
        const char *family;
        PangoWeight weight;
        PangoStyle style;
    } looks[] = {
        [NC_FACE_REGULAR] = {"sans-serif", PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL},
        [NC_FACE_SEMIBOLD] = {"sans-serif", PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL},
        [NC_FACE_ITALIC] = {"sans-serif", PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC},
        [NC_FACE_MONO] = {"monospace", PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL},
    };
    static_assert(NC_COUNT(looks) == NC_FACE_COUNT, "a face has no look");
    bool ours = !family || span->face == NC_FACE_MONO;
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, ours ? looks[span->face].family : family);
    pango_font_description_set_weight(d, looks[span->face].weight);
    pango_font_description_set_style(d, looks[span->face].style);
    pango_font_description_set_absolute_size(d, nominal_size * PANGO_SCALE);
    PangoAttribute *attribute = pango_attr_font_desc_new(d);
    pango_font_description_free(d);
    attribute->start_index = span->start;
    attribute->end_index = span->end;
    return attribute;
}

/* The language that a font for a script should be made for. */
static const struct {
    GUnicodeScript script;
    char language[6];
} languages[] = {
    {G_UNICODE_SCRIPT_ARABIC, "ar"},    {G_UNICODE_SCRIPT_ARMENIAN, "hy"},
    {G_UNICODE_SCRIPT_BENGALI, "bn"},   {G_UNICODE_SCRIPT_BOPOMOFO, "zh-tw"},
    {G_UNICODE_SCRIPT_CHEROKEE, "chr"}, {G_UNICODE_SCRIPT_COPTIC, "cop"},
    {G_UNICODE_SCRIPT_CYRILLIC, "ru"},  {G_UNICODE_SCRIPT_DEVANAGARI, "hi"},
    {G_UNICODE_SCRIPT_ETHIOPIC, "am"},  {G_UNICODE_SCRIPT_GEORGIAN, "ka"},
    {G_UNICODE_SCRIPT_GREEK, "el"},     {G_UNICODE_SCRIPT_GUJARATI, "gu"},
    {G_UNICODE_SCRIPT_GURMUKHI, "pa"},  {G_UNICODE_SCRIPT_HAN, "zh-cn"},
    {G_UNICODE_SCRIPT_HANGUL, "ko"},    {G_UNICODE_SCRIPT_HEBREW, "he"},
    {G_UNICODE_SCRIPT_HIRAGANA, "ja"},  {G_UNICODE_SCRIPT_KANNADA, "kn"},
    {G_UNICODE_SCRIPT_KATAKANA, "ja"},  {G_UNICODE_SCRIPT_KHMER, "km"},
    {G_UNICODE_SCRIPT_LAO, "lo"},       {G_UNICODE_SCRIPT_LATIN, "en"},
    {G_UNICODE_SCRIPT_MALAYALAM, "ml"}, {G_UNICODE_SCRIPT_MONGOLIAN, "mn"},
    {G_UNICODE_SCRIPT_MYANMAR, "my"},   {G_UNICODE_SCRIPT_ORIYA, "or"},
    {G_UNICODE_SCRIPT_SINHALA, "si"},   {G_UNICODE_SCRIPT_SYRIAC, "syr"},
    {G_UNICODE_SCRIPT_TAMIL, "ta"},     {G_UNICODE_SCRIPT_TELUGU, "te"},
    {G_UNICODE_SCRIPT_THAANA, "dv"},    {G_UNICODE_SCRIPT_THAI, "th"},
    {G_UNICODE_SCRIPT_TIBETAN, "bo"},   {G_UNICODE_SCRIPT_CANADIAN_ABORIGINAL, "iu"},
    {G_UNICODE_SCRIPT_TAGALOG, "tl"},   {G_UNICODE_SCRIPT_UGARITIC, "uga"},
};

/*
 * pango takes the language of a script that the paragraph's does not write from the environment
 * (PANGO_LANGUAGE, LANGUAGE), so it always gets one that does; of a language that it does not know
 * it believes that. Characters of all scripts have the paragraph's.
 */
static PangoLanguage *language_of(PangoScript script, PangoLanguage *paragraph)
{
    if (pango_language_includes_script(paragraph, script))
        return paragraph;
    for (size_t i = 0; i < NC_COUNT(languages); i++) {
        if ((int)languages[i].script != (int)script)
            continue;
        PangoLanguage *language = pango_language_from_string(languages[i].language);
        if (pango_language_includes_script(language, script))
            return language;
    }
    return pango_language_from_string("xx"); /* nobody's */
}

static void add_languages(PangoAttrList *list, const char *text, PangoLanguage *paragraph)
{
    PangoScriptIter *iter = pango_script_iter_new(text, -1);
    do {
        const char *start = text;
        const char *end = text;
        PangoScript script;
        pango_script_iter_get_range(iter, &start, &end, &script);
        PangoAttribute *attribute = pango_attr_language_new(language_of(script, paragraph));
        attribute->start_index = (guint)(start - text);
        attribute->end_index = (guint)(end - text);
        pango_attr_list_insert(list, attribute);
    } while (pango_script_iter_next(iter));
    pango_script_iter_free(iter);
}

static PangoAttrList *attributes_of(const nc_engine_paragraph *p, const char *text,
                                    PangoLanguage *language)
{
    PangoAttrList *list = pango_attr_list_new();
    add_languages(list, text, language);
    for (uint32_t i = 0; i < p->span_len; i++)
        pango_attr_list_insert(list, face_attribute(&p->spans[i], p->family));
    return list;
}

static void read_item(nc_engine_char *out, nc_text_engine *e, const nc_engine_paragraph *p,
                      const PangoItem *item)
{
    const nc_fallback_font *font = item->analysis.font ? font_of(e, item->analysis.font) : NULL;
    const nc_engine_char c = {
        .font = font,
        .script = g_unicode_script_to_iso15924((GUnicodeScript)item->analysis.script),
        .level = item->analysis.level,
        .wanted = font && is_of_family(item->analysis.font, p->family),
    };
    for (int i = 0; i < item->length; i++)
        out[item->offset + i] = c;
}

static bool read_breaks(nc_engine_char *out, const nc_engine_paragraph *p, const char *text,
                        PangoLanguage *language)
{
    uint32_t chars = 0;
    for (size_t at = 0; at < p->text.len; chars++)
        nc_utf8_next(p->text, &at);
    PangoLogAttr *attrs = calloc((size_t)chars + 1, sizeof *attrs);
    if (!attrs)
        return false;
    pango_get_log_attrs(text, (int)p->text.len, -1, language, attrs, (int)chars + 1);
    uint32_t i = 0;
    for (size_t at = 0; at < p->text.len; i++) {
        out[at].breaks = i > 0 && attrs[i].is_line_break;
        out[at].starts = i == 0 || attrs[i].is_cursor_position;
        nc_utf8_next(p->text, &at);
    }
    free(attrs);
    return true;
}

static bool engine_analyse(nc_engine_char *out, nc_text_engine *e, const nc_engine_paragraph *p)
{
    if (p->text.len == 0)
        return true;
    if (p->text.len > INT32_MAX / 8)
        return false;
    PangoLanguage *language = pango_language_from_string(p->language ? p->language : "en");
    pango_context_set_language(e->context, language);
    char *text = g_strndup(p->text.ptr, p->text.len);
    PangoAttrList *attributes = attributes_of(p, text, language);
    /* weak: the first letter with a direction decides */
    GList *items = pango_itemize_with_base_dir(e->context, PANGO_DIRECTION_WEAK_LTR, text, 0,
                                               (int)p->text.len, attributes, NULL);
    for (const GList *i = items; i; i = i->next)
        read_item(out, e, p, i->data);
    bool ok = read_breaks(out, p, text, language);
    g_list_free_full(items, (GDestroyNotify)(void (*)(void))pango_item_free);
    pango_attr_list_unref(attributes);
    g_free(text);
    return ok;
}

static bool engine_reorder(uint32_t *order, const uint8_t *levels, uint32_t len)
{
    PangoItem *items = calloc(len ? len : 1, sizeof *items);
    GList *logical = NULL;
    if (!items)
        return false;
    for (uint32_t i = len; i-- > 0;) {
        items[i].analysis.level = levels[i];
        logical = g_list_prepend(logical, &items[i]);
    }
    GList *visual = pango_reorder_items(logical);
    for (const GList *i = visual; i; i = i->next)
        *order++ = (uint32_t)((const PangoItem *)i->data - items);
    g_list_free(visual);
    g_list_free(logical);
    free(items);
    return true;
}

const nc_text_calls nc_engine_calls = {
    .open = engine_open,
    .drop = engine_drop,
    .find_family = engine_find_family,
    .analyse = engine_analyse,
    .reorder = engine_reorder,
    .subset = nc_system_font_subset,
};
