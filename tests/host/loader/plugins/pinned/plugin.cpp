#include <gantry/plugin/plugin.h>

namespace {

class Pinned final : public gantry::Plugin {
  public:
    gantry::Result<void> start(gantry::Context&) override { return {}; }
};

}  // namespace

GANTRY_PLUGIN(Pinned)
