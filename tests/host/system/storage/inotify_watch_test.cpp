#include <cppunit/extensions/HelperMacros.h>
#include <gantry/storage/folder_watch.h>
#include <host/system/folder_store.h>
#include <host/system/loop_thread.h>
#include <support/temporary_folder.h>

#include <future>

using namespace gantry;
using namespace gantry::host;

namespace {

class InotifyWatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InotifyWatchTest);
    CPPUNIT_TEST(wakes_the_loop_once_for_each_wait);
    CPPUNIT_TEST(a_wait_that_is_dropped_calls_nobody);
    CPPUNIT_TEST(more_changes_than_it_keeps_are_an_overflow);
    CPPUNIT_TEST(a_watched_folder_that_goes_ends_the_watch);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    LoopThread thread_{"watch test"};
    std::unique_ptr<FileStore> store_;

    std::unique_ptr<FolderWatch> watch(const std::string& path, bool recursive) {
        return std::move(store_->watch(path, recursive)).value();
    }
    std::future<void> woken(FolderWatch& watch) {
        auto promise = std::make_shared<std::promise<void>>();
        auto future = promise->get_future();
        CPPUNIT_ASSERT(thread_.run_and_wait([&] {
            CPPUNIT_ASSERT(watch.wait(thread_.loop(), [promise] { promise->set_value(); }));
        }));
        return future;
    }

  public:
    void setUp() override {
        store_ = std::move(open_folder_store(folder_.path(), false)).value();
    }
    void wakes_the_loop_once_for_each_wait() {
        auto root = watch("", false);
        for (const auto* name : {"a", "b"}) {
            auto future = woken(*root);
            CPPUNIT_ASSERT(store_->make_folders(name));
            future.get();
            const auto changes = root->take(10).value();
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, changes.size());
            CPPUNIT_ASSERT_EQUAL(std::string(name), changes[0].name);
        }
    }
    void a_wait_that_is_dropped_calls_nobody() {
        auto root = watch("", false);
        auto future = woken(*root);
        CPPUNIT_ASSERT(thread_.run_and_wait([&] { root.reset(); }));
        CPPUNIT_ASSERT(store_->make_folders("a"));
        CPPUNIT_ASSERT_THROW(future.get(), std::future_error);  // its promise was dropped unmet
    }
    void more_changes_than_it_keeps_are_an_overflow() {
        for (int i = 0; i < 5000; ++i)
            CPPUNIT_ASSERT(store_->make_folders("new/f" + std::to_string(i)));
        CPPUNIT_ASSERT(store_->make_folders("top"));
        auto top = watch("top", true);
        CPPUNIT_ASSERT(store_->rename("new", "top/new", Overwrite::no));
        std::size_t overflows = 0;
        std::size_t count = 0;
        for (bool more = true; more; more = count % 100 == 0 && count > 0) {
            const auto changes = top->take(100).value();
            count += changes.size();
            for (const auto& change : changes) overflows += change.kind == ChangeKind::overflow;
            if (changes.empty()) break;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, overflows);
        CPPUNIT_ASSERT(count < 5000);
        CPPUNIT_ASSERT(store_->make_folders("top/new/f77/deep"));  // all are watched all the same
        CPPUNIT_ASSERT_EQUAL(std::string("new/f77/deep"), top->take(1).value().at(0).name);
    }
    void a_watched_folder_that_goes_ends_the_watch() {
        CPPUNIT_ASSERT(store_->make_folders("top"));
        auto top = watch("top", false);
        CPPUNIT_ASSERT(store_->remove("top"));
        const auto outcome = top->take(10);
        CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::not_found);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InotifyWatchTest);

}  // namespace
