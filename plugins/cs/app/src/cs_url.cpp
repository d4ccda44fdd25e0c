#include <cs/app/cs_url.h>
#include <gantry/storage/file_store.h>

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <optional>

namespace gantry::cs {

namespace {

Error bad_url(std::string_view text, std::string message) {
    return make_error(ErrorCode::usage, "cs", std::move(message), std::string(text));
}

std::optional<Poco::URI> split(std::string_view text) {
    try {
        return Poco::URI(std::string(text));
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
}

std::string without_brackets(const std::string& host) {
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    return bracketed ? host.substr(1, host.size() - 2) : host;
}

Error wrong_scheme(std::string_view text) {
    const auto rest = text.find("://");
    const auto place = rest == std::string_view::npos ? text : text.substr(rest + 3);
    return bad_url(text, "this is no cs:// URL; did you mean cs://" + std::string(place));
}

}  // namespace

Result<CsUrl> CsUrl::parse(std::string_view text) {
    if (text.find("://") == std::string_view::npos) return wrong_scheme(text);
    const auto uri = split(text);
    if (!uri) return bad_url(text, "this is not a URL; the form is cs://HOST:PORT/PATH");
    if (uri->getScheme() != "cs") return wrong_scheme(text);
    if (uri->getHost().empty()) return bad_url(text, "the URL names no host");
    if (!uri->getUserInfo().empty())
        return bad_url(text, "a cs:// URL takes no user name or password");
    if (!uri->getRawQuery().empty() || !uri->getFragment().empty())
        return bad_url(text, "write '?' and '#' of a file's name as %3F and %23");
    const auto& path = uri->getPath();
    auto clean = normalize_path(path.starts_with('/') ? path.substr(1) : path);
    if (!clean) {
        auto error = std::move(clean).error();
        error.context = std::string(text);
        return error;
    }
    CsUrl url;
    url.server = {without_brackets(uri->getHost()),
                  uri->getPort() == 0 ? kDefaultPort : uri->getPort()};
    url.folder = clean->empty() || path.ends_with('/');
    url.path = std::move(*clean);
    return url;
}

std::string CsUrl::name() const {
    return path.empty() ? server.host : path.substr(path.rfind('/') + 1);
}

}  // namespace gantry::cs
