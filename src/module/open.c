#define _GNU_SOURCE /* dladdr */
#include "module/module.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#define MODULE_FILE "libnacre-cairo.so"

/* Folders to try beside the one that holds libnacre.so: installed, and in a build tree. */
static const char *const beside[] = {"/nacre/" MODULE_FILE, "/" MODULE_FILE};

/* The folder of the object that holds this code. */
static bool own_folder(nc_sv *out, nc_arena *a)
{
    Dl_info info;
    static const char anchor = 0;
    if (!dladdr(&anchor, &info) || !info.dli_fname)
        return false;
    char *real = realpath(info.dli_fname, NULL);
    if (!real)
        return false;
    const char *slash = strrchr(real, '/');
    bool ok = slash && nc_arena_copy(out, a, nc_sv_from(real, (size_t)(slash - real)));
    free(real);
    return ok;
}

static const nc_module *open_file(nc_sv *error, nc_arena *a, nc_sv path)
{
    /* a path with a slash: the loader searches nothing */
    void *handle = dlopen(path.ptr, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!handle) {
        if (!nc_arena_copy(error, a, nc_sv_cstr(dlerror())))
            *error = NC_SV("no memory");
        return NULL;
    }
    nc_module_fn *fn = NULL;
    void *symbol = dlsym(handle, NC_MODULE_SYMBOL);
    memcpy(&fn, &symbol, sizeof fn); /* ISO C has no cast from object to function pointers */
    const nc_module *module = fn ? fn() : NULL;
    if (module && module->abi == NC_MODULE_ABI)
        return module;
    if (!nc_arena_printf(error, a, "%.*s: of another version of nacre", (int)path.len, path.ptr))
        *error = NC_SV("no memory");
    return NULL;
}

const nc_module *nc_module_open(nc_sv *error, nc_arena *a, const char *folder)
{
    nc_sv base = nc_sv_cstr(folder);
    *error = (nc_sv){0};
    if (folder && *folder != '/') {
        *error = NC_SV("the folder of libnacre-cairo.so must be an absolute path");
        return NULL;
    }
    if (!folder && !own_folder(&base, a)) {
        *error = NC_SV("libnacre does not know where it lies");
        return NULL;
    }
    for (size_t i = folder ? 1 : 0; i < NC_COUNT(beside); i++) {
        nc_sv path;
        if (!nc_arena_printf(&path, a, "%.*s%s", (int)base.len, base.ptr, beside[i])) {
            *error = NC_SV("no memory");
            return NULL;
        }
        nc_sv said = {0};
        const nc_module *module = open_file(&said, a, path);
        if (module)
            return module;
        /* a file that is there and cannot be used says more than one that is not there */
        if (error->len == 0 || access(path.ptr, F_OK) == 0)
            *error = said;
    }
    return NULL;
}
