/* The module's half of text/engine.h: pango, fontconfig, HarfBuzz's subsetter. */
#ifndef NC_CAIRO_ENGINE_H
#define NC_CAIRO_ENGINE_H

#include "text/engine.h"

extern const nc_text_calls nc_engine_calls;

#endif
