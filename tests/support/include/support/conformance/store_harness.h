#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/storage/file_store.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gantry::testing::conformance {

// For the suites of file stores. A harness is default-constructible, starts with an empty root, and
// takes all of it away at the end. What the members below do goes round the store under test.
class StoreHarness {
  public:
    virtual ~StoreHarness() = default;
    virtual FileStore& store() = 0;
    // Puts a file, with the folders above it, or new content into one that is there.
    virtual void write_file(const std::string& path, std::string_view content) = 0;
    virtual std::string read_file(const std::string& path) = 0;
    virtual void plant_link(const std::string& path, const std::string& target) = 0;
    virtual void plant_special(const std::string& path) = 0;  // a pipe, a device ...
    // All paths beneath the root, sorted, hidden ones too.
    virtual std::vector<std::string> all_names() = 0;
};

// What the suites below share: short forms that fail the test when the store does.
template <class Harness>
class StoreFixture : public CppUnit::TestFixture {
  protected:
    Harness harness_;

    FileStore& store() { return harness_.store(); }

    template <class T>
    static T need(Result<T> result) {
        if (!result) CPPUNIT_FAIL(describe(result.error()));
        return *std::move(result);
    }
    static void need(const Result<void>& result) {
        if (!result) CPPUNIT_FAIL(describe(result.error()));
    }
    // Demands a failure with this code and words for a person.
    template <class T>
    static void refused(ErrorCode code, const Result<T>& result) {
        CPPUNIT_ASSERT_MESSAGE("it succeeded", !result.ok());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(result.error().code)));
        CPPUNIT_ASSERT(!result.error().message.empty());
    }
    static Result<void> write(File& file, std::uint64_t offset, std::string_view text) {
        const ByteView bytes = as_bytes(text);
        return file.write_at(offset, std::span(&bytes, 1));
    }
    static std::string read(File& file, std::uint64_t offset, std::size_t most = 1 << 16) {
        std::string text(most, '\0');
        const ByteSpan bytes = std::as_writable_bytes(std::span(text));
        text.resize(need(file.read_at(offset, std::span(&bytes, 1))));
        return text;
    }
    std::string content(const std::string& path) {
        return read(*need(store().open(path, OpenMode::read)), 0);
    }
    std::unique_ptr<File> create(const std::string& path, std::string_view text = {}) {
        auto file = need(store().open(path, OpenMode::create));
        need(write(*file, 0, text));
        return file;
    }
    using Names = std::vector<std::string>;
    void same_names(const Names& expected) {
        const Names found = harness_.all_names();
        std::string told;
        for (const auto& name : found) told += name + ' ';
        CPPUNIT_ASSERT_MESSAGE(told, expected == found);
    }
};

}  // namespace gantry::testing::conformance
