#pragma once

#include <support/conformance/store_harness.h>

#include <limits>
#include <thread>

namespace gantry::testing::conformance {

// What every File does: positional vectored reads and writes, room, length, identity.
template <class Harness>
class FileSuite : public StoreFixture<Harness> {
    CPPUNIT_TEST_SUITE(FileSuite<Harness>);
    CPPUNIT_TEST(reads_at_any_offset);
    CPPUNIT_TEST(reads_short_only_at_the_end);
    CPPUNIT_TEST(reads_nothing_behind_the_end);
    CPPUNIT_TEST(fills_several_buffers_in_order);
    CPPUNIT_TEST(writes_several_buffers_in_order);
    CPPUNIT_TEST(takes_more_buffers_than_one_system_call);
    CPPUNIT_TEST(takes_no_buffers_and_empty_buffers);
    CPPUNIT_TEST(a_write_behind_the_end_leaves_zeros_between);
    CPPUNIT_TEST(a_write_replaces_only_its_own_range);
    CPPUNIT_TEST(a_file_open_for_reading_is_not_written);
    CPPUNIT_TEST(allocate_makes_the_file_as_long_and_keeps_its_content);
    CPPUNIT_TEST(allocate_shortens_nothing);
    CPPUNIT_TEST(truncate_sets_the_length_both_ways);
    CPPUNIT_TEST(refuses_what_no_file_can_hold);
    CPPUNIT_TEST(sync_succeeds);
    CPPUNIT_TEST(identity_stays_while_nothing_changes);
    CPPUNIT_TEST(identity_changes_with_the_content);
    CPPUNIT_TEST(identity_tells_files_apart);
    CPPUNIT_TEST(a_time_that_is_set_stays_until_the_next_write);
    CPPUNIT_TEST(a_replacement_keeps_the_time_that_was_set);
    CPPUNIT_TEST(a_file_open_for_reading_keeps_its_time);
    CPPUNIT_TEST(a_moved_file_keeps_inode_and_content_time);
    CPPUNIT_TEST(a_file_outlives_other_opens_of_it);
    CPPUNIT_TEST(several_threads_write_and_read_at_once);
    CPPUNIT_TEST_SUITE_END();

    using Base = StoreFixture<Harness>;
    using Base::create;
    using Base::harness_;
    using Base::need;
    using Base::read;
    using Base::refused;
    using Base::store;
    using Base::write;

    std::unique_ptr<File> open_with(std::string_view text, OpenMode mode = OpenMode::read) {
        harness_.write_file("file", text);
        return need(store().open("file", mode));
    }
    std::string text() { return harness_.read_file("file"); }

  public:
    void reads_at_any_offset() {
        auto file = open_with("0123456789");
        CPPUNIT_ASSERT_EQUAL(std::string("3456"), read(*file, 3, 4));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), read(*file, 0, 1));
        CPPUNIT_ASSERT_EQUAL(std::string("9"), read(*file, 9, 1));
    }
    void reads_short_only_at_the_end() {
        auto file = open_with(std::string(300'000, 'x'));
        CPPUNIT_ASSERT_EQUAL(std::size_t{200'000}, read(*file, 0, 200'000).size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{100'000}, read(*file, 200'000, 200'000).size());
    }
    void reads_nothing_behind_the_end() {
        auto file = open_with("short");
        const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
        for (const std::uint64_t offset : {std::uint64_t{5}, std::uint64_t{1} << 40, most})
            CPPUNIT_ASSERT_EQUAL(std::string(), read(*file, offset, 10));
    }
    void fills_several_buffers_in_order() {
        auto file = open_with("abcdefgh");
        std::string first(3, '-'), second(4, '-'), third(4, '-');
        const ByteSpan into[] = {std::as_writable_bytes(std::span(first)),
                                 {},
                                 std::as_writable_bytes(std::span(second)),
                                 std::as_writable_bytes(std::span(third))};
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, need(file->read_at(0, into)));
        CPPUNIT_ASSERT_EQUAL(std::string("abcdefgh---"), first + second + third);
    }
    void writes_several_buffers_in_order() {
        auto file = open_with("..........", OpenMode::read_write);
        const ByteView from[] = {as_bytes("ab"), {}, as_bytes("cde")};
        need(file->write_at(2, from));
        CPPUNIT_ASSERT_EQUAL(std::string("..abcde..."), text());
    }
    void takes_more_buffers_than_one_system_call() {
        auto file = create("file");
        std::string all, back(5000, '-');
        for (int i = 0; i < 5000; ++i) all += static_cast<char>('a' + i % 26);
        std::vector<ByteView> from;
        std::vector<ByteSpan> into;
        for (std::size_t i = 0; i < all.size(); ++i) {
            from.push_back(as_bytes(all).subspan(i, 1));
            into.push_back(std::as_writable_bytes(std::span(back)).subspan(i, 1));
        }
        need(file->write_at(0, from));
        CPPUNIT_ASSERT_EQUAL(all.size(), need(file->read_at(0, into)));
        CPPUNIT_ASSERT_EQUAL(all, back);
    }
    void takes_no_buffers_and_empty_buffers() {
        auto file = open_with("text", OpenMode::read_write);
        const ByteView empty_view;
        const ByteSpan empty_span;
        need(file->write_at(100, {}));
        need(file->write_at(100, std::span(&empty_view, 1)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, need(file->read_at(0, {})));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, need(file->read_at(0, std::span(&empty_span, 1))));
        CPPUNIT_ASSERT_EQUAL(std::string("text"), text());
    }
    void a_write_behind_the_end_leaves_zeros_between() {
        auto file = open_with("ab", OpenMode::read_write);
        need(write(*file, 4, "ef"));
        CPPUNIT_ASSERT_EQUAL(std::string("ab\0\0ef", 6), text());
    }
    void a_write_replaces_only_its_own_range() {
        auto file = open_with("abcdef", OpenMode::read_write);
        need(write(*file, 2, "XY"));
        CPPUNIT_ASSERT_EQUAL(std::string("abXYef"), text());
        CPPUNIT_ASSERT_EQUAL(std::string("abXYef"), read(*file, 0));
    }
    void a_file_open_for_reading_is_not_written() {
        auto file = open_with("text");
        refused(ErrorCode::denied, write(*file, 0, "no"));
        refused(ErrorCode::denied, file->allocate(100));
        refused(ErrorCode::denied, file->truncate(1));
        CPPUNIT_ASSERT_EQUAL(std::string("text"), text());
    }
    void allocate_makes_the_file_as_long_and_keeps_its_content() {
        auto file = open_with("text", OpenMode::read_write);
        need(file->allocate(100'000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100'000}, need(file->identity()).size);
        CPPUNIT_ASSERT_EQUAL("text" + std::string(99'996, '\0'), text());
    }
    void allocate_shortens_nothing() {
        auto file = open_with("longer text", OpenMode::read_write);
        need(file->allocate(3));
        need(file->allocate(0));
        CPPUNIT_ASSERT_EQUAL(std::string("longer text"), text());
    }
    void truncate_sets_the_length_both_ways() {
        auto file = open_with("longer text", OpenMode::read_write);
        need(file->truncate(6));
        CPPUNIT_ASSERT_EQUAL(std::string("longer"), text());
        need(file->truncate(8));
        CPPUNIT_ASSERT_EQUAL(std::string("longer\0\0", 8), text());
        need(file->truncate(0));
        CPPUNIT_ASSERT_EQUAL(std::string(), text());
    }
    void refuses_what_no_file_can_hold() {
        auto file = open_with("text", OpenMode::read_write);
        const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
        refused(ErrorCode::no_space, write(*file, most - 1, "end"));
        refused(ErrorCode::no_space, file->allocate(most));
        refused(ErrorCode::no_space, file->truncate(most));
        CPPUNIT_ASSERT_EQUAL(std::string("text"), text());
    }
    void sync_succeeds() {
        auto file = open_with("text", OpenMode::read_write);
        need(write(*file, 0, "T"));
        need(file->sync());
    }
    void identity_stays_while_nothing_changes() {
        auto file = open_with("text");
        const FileIdentity before = need(file->identity());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, before.size);
        CPPUNIT_ASSERT_EQUAL(std::string("text"), read(*file, 0));
        CPPUNIT_ASSERT(before == need(file->identity()));
        CPPUNIT_ASSERT(before == need(need(store().open("file", OpenMode::read))->identity()));
    }
    void identity_changes_with_the_content() {
        auto file = open_with("text", OpenMode::read_write);
        const FileIdentity before = need(file->identity());
        // File systems tell times in steps of a clock tick: write until the next one.
        FileIdentity after = before;
        while (after == before) {
            need(write(*file, 0, "TEXT"));
            after = need(file->identity());
        }
        CPPUNIT_ASSERT_EQUAL(before.inode, after.inode);
        CPPUNIT_ASSERT(before.modified < after.modified);
        need(file->truncate(2));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, need(file->identity()).size);
    }
    static constexpr WallTime kLongAgo{std::chrono::nanoseconds(1'234'567'890'123'456'789)};

    void a_time_that_is_set_stays_until_the_next_write() {
        auto file = open_with("old", OpenMode::read_write);
        const auto before = need(file->identity());
        need(file->set_modified(kLongAgo));
        CPPUNIT_ASSERT(need(store().status("file")).identity.modified == kLongAgo);
        CPPUNIT_ASSERT(need(file->identity()).modified == kLongAgo);
        CPPUNIT_ASSERT(need(file->identity()) != before);
        need(file->set_modified(WallTime(std::chrono::nanoseconds(-1))));
        CPPUNIT_ASSERT(need(file->identity()).modified == WallTime(std::chrono::nanoseconds(-1)));
        need(write(*file, 0, "new"));
        CPPUNIT_ASSERT(need(file->identity()).modified > WallTime());
    }
    void a_replacement_keeps_the_time_that_was_set() {
        auto replacement = need(store().replace("file"));
        need(write(replacement->file(), 0, "text"));
        need(replacement->file().set_modified(kLongAgo));
        need(replacement->commit(Overwrite::no, Durability::now));
        CPPUNIT_ASSERT(need(store().status("file")).identity.modified == kLongAgo);
    }
    void a_file_open_for_reading_keeps_its_time() {
        auto file = open_with("text");
        refused(ErrorCode::denied, file->set_modified(kLongAgo));
    }
    void identity_tells_files_apart() {
        auto first = create("first", "same");
        auto second = create("second", "same");
        CPPUNIT_ASSERT_EQUAL(need(first->identity()).device, need(second->identity()).device);
        CPPUNIT_ASSERT(need(first->identity()).inode != need(second->identity()).inode);
    }
    void a_moved_file_keeps_inode_and_content_time() {
        auto file = create("file", "text");
        const FileIdentity before = need(file->identity());
        need(store().rename("file", "moved", Overwrite::no));
        const FileIdentity after = need(store().status("moved")).identity;
        CPPUNIT_ASSERT_EQUAL(before.inode, after.inode);
        CPPUNIT_ASSERT(before.modified == after.modified);
    }
    void a_file_outlives_other_opens_of_it() {
        auto first = open_with("text", OpenMode::read_write);
        auto second = need(store().open("file", OpenMode::read));
        first.reset();
        CPPUNIT_ASSERT_EQUAL(std::string("text"), read(*second, 0));
    }
    void several_threads_write_and_read_at_once() {
        constexpr std::size_t kThreads = 4, kBlock = 8192, kRounds = 16;
        auto file = create("file");
        std::vector<int> faults(kThreads, 0);
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < kThreads; ++t)
            threads.emplace_back([&, t] {
                const std::string block(kBlock, static_cast<char>('a' + t));
                std::string back(kBlock, '-');
                const ByteSpan into = std::as_writable_bytes(std::span(back));
                for (std::size_t round = 0; round < kRounds; ++round) {
                    const std::uint64_t offset = (round * kThreads + t) * kBlock;
                    const bool fine = write(*file, offset, block).ok() &&
                                      file->read_at(offset, std::span(&into, 1)).ok();
                    if (!fine || back != block) ++faults[t];
                }
            });
        for (auto& thread : threads) thread.join();
        for (const int count : faults) CPPUNIT_ASSERT_EQUAL(0, count);
        CPPUNIT_ASSERT_EQUAL(kThreads * kBlock * kRounds, text().size());
    }
};

}  // namespace gantry::testing::conformance
