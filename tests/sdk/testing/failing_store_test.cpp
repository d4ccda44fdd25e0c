#include <gantry/storage/folder_watch.h>
#include <gantry/testing/failing_store.h>
#include <gantry/testing/memory_store.h>

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

namespace gantry::testing {
namespace {

class FailingStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FailingStoreTest);
    CPPUNIT_TEST(fails_each_kind_of_call_when_told);
    CPPUNIT_TEST(fails_the_nth_call_and_no_other);
    CPPUNIT_TEST(fails_as_many_times_as_told);
    CPPUNIT_TEST(counts_calls_that_fail_and_that_succeed);
    CPPUNIT_TEST(a_call_that_fails_does_nothing);
    CPPUNIT_TEST(files_end_early_for_reads);
    CPPUNIT_TEST(the_disk_fills_up_over_all_files);
    CPPUNIT_TEST(allocation_sees_the_full_disk);
    CPPUNIT_TEST(a_cleared_plan_lets_all_through);
    CPPUNIT_TEST(its_files_have_no_descriptor);
    CPPUNIT_TEST_SUITE_END();

    MemoryStore disk_;
    FailingStore store_{disk_.store_at("")};
    const Error broken_ = make_error(ErrorCode::other, "test", "the disk is broken");

    FailurePlan& plan() { return store_.plan(); }
    static Result<void> write(File& file, std::uint64_t offset, std::string_view text) {
        const ByteView bytes = as_bytes(text);
        return file.write_at(offset, std::span(&bytes, 1));
    }
    static Result<std::size_t> read(File& file, std::uint64_t offset, std::string& text) {
        const ByteSpan bytes = std::as_writable_bytes(std::span(text));
        return file.read_at(offset, std::span(&bytes, 1));
    }
    template <class T>
    static bool failed(const Result<T>& result) {
        return !result.ok() && result.error().message == "the disk is broken";
    }

  public:
    void setUp() override { disk_.write_file("folder/file", "0123456789"); }

    void fails_each_kind_of_call_when_told() {
        auto file = *store_.open("folder/file", OpenMode::read_write);
        auto listing = *store_.list("folder", false);
        auto replacement = *store_.replace("folder/new");
        auto watch = *store_.watch("folder", false);
        std::string text(4, '-');
        using Op = StoreOperation;
        const std::pair<Op, std::function<bool()>> calls[] = {
            {Op::open, [&] { return failed(store_.open("folder/file", OpenMode::read)); }},
            {Op::status, [&] { return failed(store_.status("folder")); }},
            {Op::list, [&] { return failed(store_.list("folder", true)); }},
            {Op::next, [&] { return failed(listing->next()); }},
            {Op::replace, [&] { return failed(store_.replace("x")); }},
            {Op::make_folders, [&] { return failed(store_.make_folders("x")); }},
            {Op::remove, [&] { return failed(store_.remove("folder/file")); }},
            {Op::rename, [&] { return failed(store_.rename("folder", "x", Overwrite::no)); }},
            {Op::free_space, [&] { return failed(store_.free_space()); }},
            {Op::sync_store, [&] { return failed(store_.sync()); }},
            {Op::read, [&] { return failed(read(*file, 0, text)); }},
            {Op::write, [&] { return failed(write(*file, 0, "x")); }},
            {Op::allocate, [&] { return failed(file->allocate(100)); }},
            {Op::truncate, [&] { return failed(file->truncate(0)); }},
            {Op::sync, [&] { return failed(file->sync()); }},
            {Op::identity, [&] { return failed(file->identity()); }},
            {Op::commit,
             [&] { return failed(replacement->commit(Overwrite::no, Durability::now)); }},
            {Op::set_modified, [&] { return failed(file->set_modified(WallTime{})); }},
            {Op::watch, [&] { return failed(store_.watch("folder", false)); }},
            {Op::take, [&] { return failed(watch->take(1)); }},
        };
        CPPUNIT_ASSERT_EQUAL(kStoreOperations, std::size(calls));
        for (const auto& [operation, call] : calls) {
            plan().fail(operation, 1, broken_);
            CPPUNIT_ASSERT_MESSAGE(std::to_string(static_cast<int>(operation)), call());
        }
        CPPUNIT_ASSERT_EQUAL(std::string("0123456789"), disk_.read_file("folder/file"));
    }

    void fails_the_nth_call_and_no_other() {
        CPPUNIT_ASSERT(store_.status("folder").ok());
        plan().fail(StoreOperation::status, 3, broken_);
        CPPUNIT_ASSERT(store_.status("folder").ok());
        CPPUNIT_ASSERT(store_.status("folder").ok());
        CPPUNIT_ASSERT(failed(store_.status("folder")));
        CPPUNIT_ASSERT(store_.status("folder").ok());
    }

    void fails_as_many_times_as_told() {
        plan().fail(StoreOperation::status, 2, broken_, 2);
        const bool expected[] = {false, true, true, false};
        for (const bool fails : expected)
            CPPUNIT_ASSERT_EQUAL(fails, failed(store_.status("folder")));
        plan().fail(StoreOperation::status, 1, broken_, FailurePlan::kForever);
        for (int i = 0; i < 10; ++i) CPPUNIT_ASSERT(failed(store_.status("folder")));
    }

    void counts_calls_that_fail_and_that_succeed() {
        plan().fail(StoreOperation::status, 2, broken_);
        for (int i = 0; i < 3; ++i) (void)store_.status("folder");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, plan().calls(StoreOperation::status));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, plan().calls(StoreOperation::open));
    }

    void a_call_that_fails_does_nothing() {
        auto file = *store_.open("folder/file", OpenMode::read_write);
        plan().fail(StoreOperation::truncate, 1, broken_);
        CPPUNIT_ASSERT(failed(file->truncate(0)));
        CPPUNIT_ASSERT_EQUAL(std::string("0123456789"), disk_.read_file("folder/file"));
    }

    void files_end_early_for_reads() {
        auto file = *store_.open("folder/file", OpenMode::read);
        plan().end_reads_at(4);
        std::string text(10, '-');
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, *read(*file, 0, text));
        CPPUNIT_ASSERT_EQUAL(std::string("0123------"), text);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, *read(*file, 3, text));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *read(*file, 7, text));
    }

    void the_disk_fills_up_over_all_files() {
        plan().fill_disk_after(8);
        auto first = *store_.open("first", OpenMode::create);
        auto replacement = *store_.replace("second");
        CPPUNIT_ASSERT(write(*first, 0, "12345").ok());
        const auto full = write(replacement->file(), 0, "67890");
        CPPUNIT_ASSERT(!full && full.error().code == ErrorCode::no_space);
        CPPUNIT_ASSERT_EQUAL(std::string("12345"), disk_.read_file("first"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, replacement->file().identity()->size);
        CPPUNIT_ASSERT(!write(*first, 0, "x"));
    }

    void allocation_sees_the_full_disk() {
        plan().fill_disk_after(8);
        auto file = *store_.open("file", OpenMode::create);
        CPPUNIT_ASSERT(file->allocate(9).error().code == ErrorCode::no_space);
        CPPUNIT_ASSERT(file->allocate(8).ok());
    }

    void a_cleared_plan_lets_all_through() {
        plan().fail(StoreOperation::status, 1, broken_, FailurePlan::kForever);
        plan().fill_disk_after(0);
        plan().end_reads_at(0);
        plan().clear();
        auto file = *store_.open("folder/file", OpenMode::read_write);
        std::string text(10, '-');
        CPPUNIT_ASSERT(store_.status("folder").ok());
        CPPUNIT_ASSERT(write(*file, 0, "abc").ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, *read(*file, 0, text));
    }

    void its_files_have_no_descriptor() {
        auto file = *store_.open("folder/file", OpenMode::read);
        CPPUNIT_ASSERT(!file->descriptor());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FailingStoreTest);

}  // namespace
}  // namespace gantry::testing
