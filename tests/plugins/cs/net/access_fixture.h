#pragma once

#include <cppunit/TestAssert.h>
#include <cs/net/guarded_store.h>
#include <gantry/testing/memory_store.h>
#include <gantry/testing/virtual_clock.h>

namespace gantry::cs {

// Rules that a test sets, as if their file had changed.
class SetRules final : public AccessService {
  public:
    Result<std::unique_ptr<AccessFile>> open(const std::string& path) override {
        if (path != "rules") return make_error(ErrorCode::not_found, "test", "no such file", path);
        return std::make_unique<File>(*this);
    }
    void set(std::vector<AccessRule> rules) {
        auto made = AccessRules::make(std::move(rules));
        CPPUNIT_ASSERT_MESSAGE(made ? "" : describe(made.error()), made.ok());
        rules_ = std::make_shared<const AccessRules>(std::move(*made));
    }
    std::optional<Error> fault;  // of the next refresh
    int refreshed = 0;

  private:
    struct File final : AccessFile {
        explicit File(SetRules& o) : owner(o) {}
        std::shared_ptr<const AccessRules> rules() const override { return owner.rules_; }
        Result<bool> refresh() override {
            ++owner.refreshed;
            if (owner.fault) return *std::exchange(owner.fault, std::nullopt);
            return false;
        }
        SetRules& owner;
    };
    std::shared_ptr<const AccessRules> rules_ = std::make_shared<const AccessRules>();
};

// Files, and peers who may do with them what the rules say.
struct AccessFixture {
    AccessFixture() {
        control = AccessControl::open(ServiceRef<AccessService>(&rules, {}), "rules", clock,
                                      [this](const Error& error) { told.push_back(error); })
                      .value();
    }
    GuardedStore as(const std::string& identity) { return {files, control, identity}; }

    gantry::testing::VirtualClock clock;
    gantry::testing::MemoryStore files;
    SetRules rules;
    std::vector<Error> told;
    std::shared_ptr<AccessControl> control;
};

}  // namespace gantry::cs
