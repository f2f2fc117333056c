#include <nacre/nacre.h>
#include <stdio.h>

static int to_stdout(const char *bytes, size_t len, void *payload)
{
    (void)payload;
    return fwrite(bytes, 1, len, stdout) != len;
}

int main(void)
{
    static const char text[] = "flowchart LR\n A[Ten lines] --> B[One picture]\n";
    nacre_context *context = nacre_context_new(NULL);
    nacre_diagram *diagram = NULL;
    nacre_status status = nacre_parse(&diagram, context, text, sizeof(text) - 1, NULL);

    if (status == NACRE_OK)
        status = nacre_render(diagram, NULL, to_stdout, NULL);
    nacre_diagram_drop(diagram);
    nacre_context_drop(context);
    return status;
}
