#include <host/shell/application.h>
#include <host/system/descriptor_limit.h>

#include <unistd.h>
#include <clocale>
#include <cstring>

int main(int argc, char** argv) {
    // Widths and line editing need the terminal's characters; only LC_CTYPE, so numbers stay as
    // they are. Without a locale the terminal is most likely UTF-8 all the same.
    const char* locale = std::setlocale(LC_CTYPE, "");
    if (locale == nullptr || std::strcmp(locale, "C") == 0) std::setlocale(LC_CTYPE, "C.UTF-8");

    (void)gantry::host::raise_descriptor_limit();

    gantry::host::ProcessStart start;
    start.arguments.assign(argv + (argc > 0 ? 1 : 0), argv + argc);
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string::npos)
            start.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return gantry::host::run_application(start);
}
