#include "layout/layout.h"

size_t nc_lay_segment_max(uint32_t len)
{
    return (size_t)len * 2;
}
