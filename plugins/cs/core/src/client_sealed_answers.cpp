// What a client does with each frame of an encrypted file: docs/protocols/cs.md, "Encrypted file".
#include <cs/core/client_connection.h>

namespace gantry::cs {

ClientConnection::Step ClientConnection::give_up_sealed(RequestId id, Error error) {
    if (error.code == ErrorCode::protocol) return error;
    abandon(id);
    return std::optional<ClientEvent>(RequestFailed{id, std::move(error), ErrorDetail::none});
}

ClientConnection::Step ClientConnection::on_sealed_response(Exchange& exchange,
                                                            const FramePiece& piece) {
    if (exchange.abandoned) return std::optional<ClientEvent>();
    auto response = exchange.sealed->take_response(piece.body);
    if (!response) return give_up_sealed(piece.header.id, std::move(response).error());
    if (!is_file_check(response->check))
        return give_up_sealed(piece.header.id,
                              make_error(ErrorCode::unsupported, "cs",
                                         "the server checks files in a way this client does not "
                                         "know"));
    exchange.size = sealed_size(exchange.sealed->text_size());
    exchange.check = response->check;
    return std::optional<ClientEvent>(
        FileBegan{piece.header.id, std::move(*response), exchange.sealed->take_opener()});
}

ClientConnection::Step ClientConnection::on_sealed_piece(Exchange& exchange,
                                                         const FramePiece& piece) {
    if (exchange.abandoned) return std::optional<ClientEvent>();
    auto message = exchange.sealed->open_piece(piece.body);
    if (!message) return give_up_sealed(piece.header.id, std::move(message).error());
    return std::optional<ClientEvent>(FilePiece{piece.header.id, std::move(*message)});
}

ClientConnection::Step ClientConnection::on_sealed_end(Exchange& exchange,
                                                       const FramePiece& piece) {
    const auto id = piece.header.id;
    const Exchange was = exchange;
    end_exchange(id);
    if (was.abandoned) return std::optional<ClientEvent>();
    if (was.received != was.size)
        return protocol_error("the encrypted file ended after " + std::to_string(was.received) +
                              " of " + std::to_string(was.size) + " bytes");
    auto end = was.sealed->open_end(piece.body);
    if (!end && end.error().code == ErrorCode::protocol) return std::move(end).error();
    if (!end)
        return std::optional<ClientEvent>(
            RequestFailed{id, std::move(end).error(), ErrorDetail::none});
    if (end->total != was.sealed->text_size() || end->check.algorithm != was.check)
        return protocol_error("the end of the encrypted file does not fit its beginning");
    return std::optional<ClientEvent>(FileEnded{id, std::move(*end)});
}

}  // namespace gantry::cs
