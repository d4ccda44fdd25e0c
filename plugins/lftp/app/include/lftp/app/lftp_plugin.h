#pragma once

#include <gantry/plugin/plugin.h>
#include <lftp/net/rudp_transport.h>

#include <optional>

namespace gantry::lftp {

// The plugin's root: provides the transport `rudp`.
class LftpPlugin : public Plugin {
  public:
    Result<void> start(Context& context) override;
    // What streams have left to deliver gets so much time.
    void stop(Duration drain, Task done) override;

  private:
    ServiceRef<KdfService> kdf_;
    std::optional<RudpTransport> transport_;
    Registration provided_;
};

}  // namespace gantry::lftp
