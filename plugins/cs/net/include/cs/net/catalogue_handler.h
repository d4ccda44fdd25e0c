#pragma once

#include <cs/core/catalogue_view.h>
#include <cs/net/answer_handler.h>
#include <cs/wire/classic_catalogue.h>

#include <memory>

namespace gantry::cs {

// Reads the text of a classic catalogue and tells it to `listener` as the answer to a listing
// request: ErrorCode::not_found when nothing in it lies where that asks.
class CatalogueHandler final : public AnswerHandler {
  public:
    CatalogueHandler(const ListingRequest& request, std::shared_ptr<AnswerHandler> listener)
        : view_(request), listener_(std::move(listener)) {}

    void file_bytes(std::uint64_t offset, ByteView bytes, const ReceiveBuffer& buffer) override;
    void file_ended(const FileEnd& end) override;
    void failed(Error error, ErrorDetail detail) override;

  private:
    void tell(const std::vector<std::string>& paths);

    ClassicCatalogueDecoder decoder_;
    CatalogueView view_;
    std::shared_ptr<AnswerHandler> listener_;
    std::uint64_t told_ = 0;
    bool over_ = false;
};

}  // namespace gantry::cs
