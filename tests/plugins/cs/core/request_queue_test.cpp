#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/limits.h>
#include <cs/core/request_queue.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

Result<void> add(RequestQueue& queue, std::uint32_t id, ServiceId service, const Bytes& body) {
    return queue.add(make_header(FrameType::request, service, RequestId(id), body.size()), body);
}

}  // namespace

class RequestQueueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestQueueTest);
    CPPUNIT_TEST(reads_each_service_and_keeps_the_order);
    CPPUNIT_TEST(holds_an_error_for_what_it_cannot_read);
    CPPUNIT_TEST(refuses_ids_that_do_not_rise);
    CPPUNIT_TEST(refuses_one_request_too_many);
    CPPUNIT_TEST(refuses_too_many_bytes);
    CPPUNIT_TEST(an_echo_passes_what_else_waits);
    CPPUNIT_TEST(takes_back_what_was_cancelled_and_its_room);
    CPPUNIT_TEST(keeps_the_credit_of_what_waits);
    CPPUNIT_TEST_SUITE_END();

  public:
    void reads_each_service_and_keeps_the_order() {
        RequestQueue queue;
        CPPUNIT_ASSERT(add(queue, 1, ServiceId::file, FileRequest{"a", {}}.encode()));
        CPPUNIT_ASSERT(add(queue, 5, ServiceId::listing, ListingRequest{"b", true}.encode()));
        CPPUNIT_ASSERT(add(queue, 6, ServiceId::echo, text("ping")));
        CPPUNIT_ASSERT(std::get<FileRequest>(queue.pop()->what).path == "a");
        CPPUNIT_ASSERT(std::get<ListingRequest>(queue.pop()->what).recursive);
        const auto last = queue.pop();
        CPPUNIT_ASSERT(last->id == RequestId(6));
        CPPUNIT_ASSERT(std::get<EchoRequest>(last->what).body == text("ping"));
        CPPUNIT_ASSERT(!queue.pop());
    }
    void holds_an_error_for_what_it_cannot_read() {
        RequestQueue queue;
        CPPUNIT_ASSERT(add(queue, 1, static_cast<ServiceId>(77), {}));
        CPPUNIT_ASSERT(add(queue, 2, ServiceId::file, {}));
        CPPUNIT_ASSERT(add(queue, 3, ServiceId::encrypted_file, {}));
        CPPUNIT_ASSERT(std::get<Error>(queue.pop()->what).code == ErrorCode::unsupported);
        CPPUNIT_ASSERT(std::get<Error>(queue.pop()->what).code == ErrorCode::protocol);
        CPPUNIT_ASSERT(std::get<Error>(queue.pop()->what).code == ErrorCode::protocol);
    }
    void refuses_ids_that_do_not_rise() {
        RequestQueue queue;
        CPPUNIT_ASSERT(add(queue, 0, ServiceId::echo, {}).error().code == ErrorCode::protocol);
        CPPUNIT_ASSERT(add(queue, 9, ServiceId::echo, {}));
        CPPUNIT_ASSERT(add(queue, 9, ServiceId::echo, {}).error().code == ErrorCode::protocol);
        CPPUNIT_ASSERT(add(queue, 8, ServiceId::echo, {}).error().code == ErrorCode::protocol);
    }
    void refuses_one_request_too_many() {
        RequestQueue queue;
        std::uint32_t id = 0;
        for (std::size_t i = 0; i < limits::kMaxPendingRequests; ++i)
            CPPUNIT_ASSERT(add(queue, ++id, ServiceId::echo, {}));
        CPPUNIT_ASSERT(add(queue, ++id, ServiceId::echo, {}).error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(queue.pop());
        CPPUNIT_ASSERT(add(queue, ++id, ServiceId::echo, {}));
    }
    void refuses_too_many_bytes() {
        RequestQueue queue;
        const Bytes large(60 * 1024);
        std::uint32_t id = 0;
        for (int i = 0; i < 4; ++i) CPPUNIT_ASSERT(add(queue, ++id, ServiceId::echo, large));
        CPPUNIT_ASSERT(add(queue, ++id, ServiceId::echo, large).error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(queue.pop());
        CPPUNIT_ASSERT(add(queue, ++id, ServiceId::echo, large));
    }
    void an_echo_passes_what_else_waits() {
        RequestQueue queue;
        CPPUNIT_ASSERT(add(queue, 1, ServiceId::file, FileRequest{"a", {}}.encode()));
        CPPUNIT_ASSERT(!queue.pop_echo());
        CPPUNIT_ASSERT(add(queue, 2, ServiceId::echo, text("x")));
        CPPUNIT_ASSERT(add(queue, 3, ServiceId::echo, text("y")));
        CPPUNIT_ASSERT(queue.pop_echo()->id == RequestId(2));
        CPPUNIT_ASSERT(queue.pop()->id == RequestId(1));
        CPPUNIT_ASSERT(queue.pop()->id == RequestId(3) && queue.last() == RequestId(3));
    }
    void takes_back_what_was_cancelled_and_its_room() {
        RequestQueue queue;
        for (std::uint32_t id = 1; id <= limits::kMaxPendingRequests; ++id)
            CPPUNIT_ASSERT(add(queue, id, ServiceId::echo, {}));
        CPPUNIT_ASSERT(queue.remove(RequestId(7))->id == RequestId(7));
        CPPUNIT_ASSERT(!queue.remove(RequestId(7)));
        CPPUNIT_ASSERT(add(queue, 100, ServiceId::echo, {}));
        CPPUNIT_ASSERT(!add(queue, 101, ServiceId::echo, {}));
    }
    void keeps_the_credit_of_what_waits() {
        RequestQueue queue;
        CPPUNIT_ASSERT(add(queue, 1, ServiceId::file, FileRequest{"a", {}}.encode()));
        queue.add_credit(RequestId(1), 500);
        queue.add_credit(RequestId(1), 400);
        queue.add_credit(RequestId(2), 900);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{500}, queue.pop()->credit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RequestQueueTest);
