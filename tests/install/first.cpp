#include <iostream>
#include <nacre/nacre.h>
#include <string>

int main()
{
    const std::string text = "flowchart LR\n A[Ten lines] --> B[One picture]\n";
    nacre_options options = NACRE_OPTIONS_INIT;
    nacre_context *context = nacre_context_new(nullptr);
    nacre_diagram *diagram = nullptr;
    nacre_status status = nacre_parse(&diagram, context, text.data(), text.size(), &options);
    const auto sink = [](const char *bytes, size_t len, void *) { return std::cout.write(bytes, len) ? 0 : 1; };

    if (status == NACRE_OK)
        status = nacre_render(diagram, &options, sink, nullptr);
    nacre_diagram_drop(diagram);
    nacre_context_drop(context);
    return status;
}
