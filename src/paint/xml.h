/* Writing XML: escaping and attributes. Attribute values and text may hold any UTF-8. */
#ifndef NC_XML_H
#define NC_XML_H

#include "base/buf.h"
#include "theme/theme.h"

/* Character data or an attribute value; control characters XML forbids become U+FFFD. */
void nc_xml_text(nc_buf *out, nc_sv text);
/* ` name="value"`, nothing when value is empty. */
void nc_xml_attr(nc_buf *out, const char *name, nc_sv value);
void nc_xml_number(nc_buf *out, const char *name, double value);
/* ` name="#rrggbb"`, and ` name-opacity` when the colour is not opaque. */
void nc_xml_color(nc_buf *out, const char *name, nc_rgba color);

/*
 * <metadata class="nacre-source">: the text itself, or base64 (data-encoding) of one with characters
 * that XML has not. Nothing for an empty one. nacre_extract_source reads it.
 */
void nc_xml_source(nc_buf *out, nc_sv source);

void nc_base64(nc_buf *out, nc_sv bytes);

#endif
