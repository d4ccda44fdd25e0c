#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/upload_plan.h>
#include <gantry/testing/memory_store.h>

#include <algorithm>

using namespace gantry;
using namespace gantry::cs;
using testing::MemoryStore;

class UploadPlanTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UploadPlanTest);
    CPPUNIT_TEST(a_file_takes_the_name_or_goes_into_the_folder);
    CPPUNIT_TEST(a_folder_brings_all_below_it);
    CPPUNIT_TEST(folders_that_hold_nothing_are_made);
    CPPUNIT_TEST(links_and_devices_below_a_folder_are_counted);
    CPPUNIT_TEST(a_name_that_is_not_there_is_told);
    CPPUNIT_TEST_SUITE_END();

    MemoryStore disk_;
    OpenStore open() {
        return [this](const std::string& folder, bool) -> Result<std::unique_ptr<FileStore>> {
            const auto path = normalize_path(folder.substr(folder.find_first_not_of('/'))).value();
            const auto status = disk_.status(path);
            if (!status || status->type != FileType::folder)
                return make_error(ErrorCode::not_found, "test", "no such folder");
            return std::unique_ptr<FileStore>(disk_.store_at(path));
        };
    }
    UploadPlan plan(const std::string& local, const UploadAim& aim) {
        return plan_upload(open(), local, aim).value();
    }
    static std::vector<std::string> remotes(const UploadPlan& plan) {
        std::vector<std::string> names;
        for (const auto& file : plan.files) names.push_back(file.remote);
        std::ranges::sort(names);
        return names;
    }
    using Names = std::vector<std::string>;

  public:
    void setUp() override {
        disk_.write_file("home/a", "1");
        disk_.write_file("home/d/b", "22");
        disk_.write_file("home/d/sub/c", "333");
    }
    void a_file_takes_the_name_or_goes_into_the_folder() {
        CPPUNIT_ASSERT((Names{"x/y"}) == remotes(plan("/home/a", {"x/y", false})));
        CPPUNIT_ASSERT((Names{"x/y/a"}) == remotes(plan("/home/a", {"x/y", true})));
        const auto file = plan("/home/a", {"", true}).files.at(0);
        CPPUNIT_ASSERT(file.remote == "a" && file.path == "a" && file.shown == "/home/a");
        CPPUNIT_ASSERT(file.store->open(file.path, OpenMode::read));
    }
    void a_folder_brings_all_below_it() {
        CPPUNIT_ASSERT((Names{"d/b", "d/sub/c"}) == remotes(plan("/home/d", {"", true})));
        const auto renamed = plan("/home/d/", {"e", false});
        CPPUNIT_ASSERT((Names{"e/b", "e/sub/c"}) == remotes(renamed));
        CPPUNIT_ASSERT(renamed.folders.empty());
        CPPUNIT_ASSERT((Names{"b", "sub/c"}) == remotes(plan("/home/d", {"", false})));
    }
    void folders_that_hold_nothing_are_made() {
        CPPUNIT_ASSERT(disk_.make_folders("home/bare/one"));
        CPPUNIT_ASSERT(disk_.make_folders("home/bare/two/three"));
        const auto made = plan("/home/bare", {"", true}).folders;
        CPPUNIT_ASSERT((Names{"bare/one", "bare/two/three"}) == made);
        CPPUNIT_ASSERT(disk_.make_folders("home/empty"));
        CPPUNIT_ASSERT((Names{"empty"}) == plan("/home/empty", {"", true}).folders);
        CPPUNIT_ASSERT(plan("/home/empty", {"", false}).folders.empty());
    }
    void links_and_devices_below_a_folder_are_counted() {
        disk_.plant_link("home/d/link", "b");
        disk_.plant_special("home/d/pipe");
        const auto made = plan("/home/d", {"", true});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, made.skipped);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, made.files.size());
        disk_.plant_special("home/alone");
        const auto refused = plan_upload(open(), "/home/alone", {"", true});
        CPPUNIT_ASSERT(refused.error().code == ErrorCode::unsupported);
    }
    void a_name_that_is_not_there_is_told() {
        const auto refused = plan_upload(open(), "/home/none", {"", true});
        CPPUNIT_ASSERT(refused.error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT_EQUAL(std::string("/home/none"), refused.error().context);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UploadPlanTest);
