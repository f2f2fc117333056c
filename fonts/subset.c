/*
 * Build tool: cut a font file down to what nacre embeds.
 *
 *     nacre-font-subset INPUT OUTPUT.font OUTPUT.inc
 *
 * OUTPUT.font keeps the characters of `ranges` with their kerning; hinting, GSUB (and with it every
 * ligature and contextual alternate) and glyph names are gone; CFF outlines carry no subroutines,
 * which makes the subsets of single pictures smaller and quicker to cut. OUTPUT.inc is the row of
 * that face for faces.c. The same input gives the same bytes.
 */
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* First and last code point of each kept block; what a font lacks is simply not there. */
static const hb_codepoint_t ranges[][2] = {
    {0x0020, 0x007E},   /* Basic Latin */
    {0x00A0, 0x024F},   /* Latin-1, Latin Extended-A and -B */
    {0x02B0, 0x036F},   /* modifier letters, combining marks */
    {0x0370, 0x03FF},   /* Greek */
    {0x0400, 0x052F},   /* Cyrillic */
    {0x1E00, 0x1EFF},   /* Latin Extended Additional */
    {0x1F00, 0x1FFF},   /* Greek Extended */
    {0x2000, 0x206F},   /* punctuation */
    {0x2070, 0x209F},   /* superscripts, subscripts */
    {0x20A0, 0x20CF},   /* currency */
    {0x2100, 0x218F},   /* letterlike symbols, number forms */
    {0x2190, 0x21FF},   /* arrows */
    {0x2200, 0x22FF},   /* mathematical operators */
    {0x2300, 0x23FF},   /* technical symbols */
    {0x2460, 0x24FF},   /* enclosed alphanumerics */
    {0x2500, 0x25FF},   /* box drawing, blocks, geometric shapes */
    {0x2600, 0x27BF},   /* symbols, dingbats */
    {0x27C0, 0x27FF},   /* mathematical symbols and arrows, supplemental */
    {0x2900, 0x297F},   /* arrows, supplemental */
    {0x2B00, 0x2BFF},   /* symbols and arrows */
    {0xFB00, 0xFB04},   /* the ligatures that are characters of their own */
    {0xFFFD, 0xFFFD},   /* replacement character */
    {0x1F100, 0x1F1FF}, /* enclosed alphanumerics, supplemental */
};

/* Of the name table: copyright, family and style, version, licence. */
static const hb_ot_name_id_t kept_names[] = {0, 1, 2, 4, 5, 6, 13, 14, 16, 17};

static const hb_tag_t dropped_tables[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
    HB_TAG('S', 'T', 'A', 'T'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('V', 'O', 'R', 'G'),
    HB_TAG('g', 'a', 's', 'p'), HB_TAG('m', 'e', 't', 'a'),
};

static bool fill_input(hb_subset_input_t *input)
{
    hb_set_t *codes = hb_subset_input_unicode_set(input);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        hb_set_add_range(codes, ranges[i][0], ranges[i][1]);

    hb_set_t *names = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);
    hb_set_clear(names);
    for (size_t i = 0; i < sizeof kept_names / sizeof kept_names[0]; i++)
        hb_set_add(names, kept_names[i]);

    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof dropped_tables / sizeof dropped_tables[0]; i++)
        hb_set_add(dropped, dropped_tables[i]);

    hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_clear(features);
    hb_set_add(features, HB_TAG('k', 'e', 'r', 'n'));

    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    return hb_set_allocation_successful(codes) && hb_set_allocation_successful(names) &&
           hb_set_allocation_successful(dropped) && hb_set_allocation_successful(features);
}

static hb_face_t *cut(hb_face_t *face)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_face_t *small = fill_input(input) ? hb_subset_or_fail(face, input) : NULL;
    hb_subset_input_destroy(input);
    return small;
}

/* FNV-1a: names the bytes, no more. */
static uint32_t hash_bytes(const char *bytes, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    return h;
}

static bool write_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool ok = fwrite(bytes, 1, len, file) == len;
    return fclose(file) == 0 && ok;
}

/* A name as a C string: nothing that would end it. */
static void copy_name(char out[static 64], hb_face_t *face, hb_ot_name_id_t id)
{
    unsigned int size = 64;
    hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, out);
    for (char *p = out; *p; p++) {
        if (*p == '"' || *p == '\\' || (unsigned char)*p < ' ')
            *p = ' ';
    }
}

static bool write_row(const char *path, hb_face_t *face, uint32_t hash)
{
    char family[64];
    char version[64];
    copy_name(family, face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    if (!*family)
        copy_name(family, face, HB_OT_NAME_ID_FONT_FAMILY);
    copy_name(version, face, HB_OT_NAME_ID_VERSION_STRING);

    hb_font_t *font = hb_font_create(face);
    int weight = (int)hb_style_get_value(font, HB_STYLE_TAG_WEIGHT);
    bool italic = hb_style_get_value(font, HB_STYLE_TAG_ITALIC) > 0;
    hb_font_destroy(font);

    char row[512];
    int len = snprintf(row, sizeof row, "\"%s\", \"%s\", 0x%08xu, %d, %s,\n\"%s %d%s, %s, %08x\"\n",
                       family, version, (unsigned int)hash, weight, italic ? "true" : "false",
                       family, weight, italic ? " italic" : "", version, (unsigned int)hash);
    return len > 0 && (size_t)len < sizeof row && write_file(path, row, (size_t)len);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: nacre-font-subset INPUT OUTPUT.font OUTPUT.inc\n");
        return 2;
    }
    hb_blob_t *blob = hb_blob_create_from_file(argv[1]);
    hb_face_t *face = hb_face_create(blob, 0);
    if (hb_face_get_glyph_count(face) == 0) {
        fprintf(stderr, "nacre-font-subset: '%s' is no font\n", argv[1]);
        return 1;
    }
    hb_face_t *small = cut(face);
    hb_blob_t *bytes = small ? hb_face_reference_blob(small) : hb_blob_get_empty();
    unsigned int len = 0;
    const char *data = hb_blob_get_data(bytes, &len);
    bool ok = len > 0 && write_file(argv[2], data, len) &&
              write_row(argv[3], small, hash_bytes(data, len));
    if (!ok)
        fprintf(stderr, "nacre-font-subset: '%s' could not be cut or written\n", argv[1]);
    hb_blob_destroy(bytes);
    hb_face_destroy(small);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return ok ? 0 : 1;
}
