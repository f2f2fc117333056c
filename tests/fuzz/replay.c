/*
 * A plain main for a fuzz target: replays files and folders, so that every compiler's test run goes
 * over seeds and findings. replay FOLDER|FILE...
 */
#include "fuzz.h"

#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>

static bool replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(FUZZ_MAX_BYTES);
    if (!file || !bytes) {
        fprintf(stderr, "%s: cannot be read\n", path);
        free(bytes);
        if (file)
            fclose(file);
        return false;
    }
    size_t read = fread(bytes, 1, FUZZ_MAX_BYTES, file);
    fclose(file);
    /* a block of its own size, so that the sanitizer sees a byte too many */
    uint8_t *data = realloc(bytes, read ? read : 1);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data ? data : bytes, read);
    free(data ? data : bytes);
    return true;
}

static size_t replay_folder(const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    size_t replayed = 0;
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        int len = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && len > 0 && (size_t)len < sizeof path)
            replayed += replay_file(path);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return replayed;
}

int main(int argc, char **argv)
{
    size_t replayed = 0;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            replayed += replay_folder(argv[i]);
        else
            replayed += replay_file(argv[i]);
    }
    printf("%zu inputs\n", replayed);
    return replayed ? 0 : 1;
}
