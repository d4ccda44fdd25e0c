#pragma once

#include <cs/app/client_command.h>
#include <cs/net/upload_plan.h>
#include <cs/net/uploader.h>

namespace gantry::cs {

// `cs put FILE... URL`: finds out where the files go, what they are, and sends them.
class PutCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    class Reply;
    void begin() override;
    void on_cancelled() override;
    void ask_for_folder();
    void plan(bool into);
    void planned(Result<UploadPlan> outcome);
    void make_folders();
    void upload();
    void uploaded(UploadSummary summary);
    void ask(ActionRequest request, Callback<Result<Bytes>> then);

    std::vector<std::string> files_;
    CsUrl url_;
    Channel to_;
    UploadPlan plan_;
    std::shared_ptr<Reply> reply_;
    std::shared_ptr<Uploader> uploader_;
    std::uint64_t total_ = 0;  // bytes, for the progress
    std::uint64_t sent_ = 0;
};

}  // namespace gantry::cs
