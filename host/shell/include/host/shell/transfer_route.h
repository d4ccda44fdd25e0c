#pragma once

#include <host/shell/command_catalog.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// Where an open session is: the server, and the folder there that paths start from.
struct SessionPlace {
    std::string base;    // "cs://host:6789"
    std::string folder;  // "" or "a/b"
};

// "cs" of "cs://host/path", or empty.
std::string url_scheme(std::string_view word);
bool is_transfer_command(std::string_view word);  // get, put, ls, mirror

// A path as typed in a session, to a path from the server's root: "/x" starts there, ".." goes up
// and stops at the root.
std::string join_session_path(std::string_view folder, std::string_view typed);
// The URL of a path on the session's server; what a URL cannot hold is percent-encoded.
std::string session_url(const SessionPlace& place, std::string_view typed);

// Turns "get cs://host/a" into "cs get cs://host/a". In a session, paths become URLs there: of get
// and ls all operands, of mirror the first; put gets the folder as its last operand, unless that is
// a URL or ends in '/'. usage: no URL and no session, or a scheme that no plugin has.
Result<std::vector<std::string>> route_transfer(const CommandCatalog& catalog,
                                                const std::vector<std::string>& words,
                                                const std::optional<SessionPlace>& place);

}  // namespace gantry::host
