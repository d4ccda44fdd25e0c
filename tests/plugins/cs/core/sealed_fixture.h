#pragma once

#include "core_bytes.h"
#include "seal_fixture.h"

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>

namespace gantry::cs {

// One encrypted file of kText bytes, as both sides see it.
class SealedFixture : public CppUnit::TestFixture {
  protected:
    static constexpr std::size_t kText = 1000;

    static FileRequest wanted() { return {"a", CheckAlgorithm::crc32c}; }
    static FileResponse found() { return {kText, 7, CheckAlgorithm::crc32c, text("i")}; }
    static FileEnd end() { return {kText, {CheckAlgorithm::crc32c, text("crcs")}}; }
    static PieceMessage piece(std::uint64_t offset) {
        return {offset, {CheckAlgorithm::merkle, Bytes(32, std::byte{5})}};
    }
    static std::shared_ptr<SealedExchange> ask(FileRequest request = wanted(), char random = 1) {
        return SealedExchange::ask(SealCrypto::key(), std::move(request),
                                   SealCrypto::random(random))
            .value();
    }
    static SealKeyRing ring(char fill = 'k') {
        SealKeyRing out;
        out.add(SealCrypto::key('z', "other"));
        out.add(SealCrypto::key(fill));
        return out;
    }
    static std::unique_ptr<SealedAnswer> answer(const SealedExchange& exchange, char fill = 'k') {
        const auto asked = SealedAsk::decode(exchange.request_body()).value();
        return SealedAnswer::begin(SealCrypto::key(fill), asked, found(), SealCrypto::random(2),
                                   kText)
            .value();
    }
};

}  // namespace gantry::cs
