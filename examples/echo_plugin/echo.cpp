#include <gantry/plugin/plugin.h>

class Echo : public gantry::Plugin {
  public:
    gantry::Result<void> start(gantry::Context& context) override {
        auto bound = gantry::bind_blocking(context, "echo say", say);
        if (!bound) return std::move(bound).error();
        say_ = std::move(bound).value();
        return {};
    }
    void stop(gantry::Duration, gantry::Task done) override {
        say_.release();
        (void)done();
    }

  private:
    static gantry::Result<gantry::Value> say(gantry::CommandCall& call) {
        const auto words = call.arguments().operands("TEXT");
        std::string line;
        for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
        if (auto written = call.out().write(line + "\n"); !written) return written.error();
        return gantry::Value::object().set("text", line).set("words", words.size());
    }

    gantry::Registration say_;
};

GANTRY_PLUGIN(Echo)
