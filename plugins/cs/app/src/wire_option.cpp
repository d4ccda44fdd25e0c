#include <cs/app/wire_option.h>

namespace gantry::cs {

Wire wire_of(const Arguments& arguments) {
    return arguments.text("wire") == "classic" ? Wire::classic : Wire::cs1;
}

void warn_of_wire(Wire wire, Output& messages) {
    if (wire != Wire::classic) return;
    (void)messages.write(
        "the classic wire is insecure: it asks nobody who is there, checks nothing, and its "
        "encryption has a published key\n");
}

}  // namespace gantry::cs
