#include "udp_messages.h"

#include <netinet/udp.h>

#include <algorithm>
#include <cstring>

namespace gantry::host {

namespace {

constexpr int kEcnMask = 3;  // RFC 3168 section 5

// Appends one item of control data; msg_controllen counts what is used.
template <class T>
void put_control(msghdr& message, int level, int type, T value) {
    auto* room = static_cast<std::byte*>(message.msg_control) + message.msg_controllen;
    cmsghdr header{};
    header.cmsg_level = level;
    header.cmsg_type = type;
    header.cmsg_len = CMSG_LEN(sizeof value);
    std::memset(room, 0, CMSG_SPACE(sizeof value));
    std::memcpy(room, &header, sizeof header);
    std::memcpy(room + CMSG_LEN(0), &value, sizeof value);
    message.msg_controllen += CMSG_SPACE(sizeof value);
}

// The kernel writes some items as an int and some as one byte.
int control_number(const cmsghdr& item) {
    const std::size_t size = item.cmsg_len - CMSG_LEN(0);
    if (size == 1) return *CMSG_DATA(&item);
    int value = 0;
    std::memcpy(&value, CMSG_DATA(&item), std::min(size, sizeof value));
    return value;
}

}  // namespace

void SendBatch::add(const OutDatagram& datagram, const TrainPart& part) {
    const std::size_t i = count_++;
    addresses_[i] = SocketAddress(datagram.to, family_);
    // sendmmsg does not write to what it sends.
    parts_[i] = {const_cast<std::byte*>(part.bytes.data()), part.bytes.size()};
    trains_[i] = part.segment > 0;
    msghdr& message = (messages_[i] = {}).msg_hdr;
    message.msg_name = addresses_[i].data();
    message.msg_namelen = addresses_[i].size();
    message.msg_iov = &parts_[i];
    message.msg_iovlen = 1;
    message.msg_control = controls_[i].bytes;
    if (part.segment > 0) put_control(message, SOL_UDP, UDP_SEGMENT, part.segment);
    if (const int ecn = static_cast<int>(datagram.ecn); ecn != 0) {
        // Also on an IPv6 socket, what goes to IPv4 is marked at the level of IPv4.
        const bool v4 = datagram.to.address.is_v4();
        put_control(message, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_TOS : IPV6_TCLASS, ecn);
    }
    if (message.msg_controllen == 0) message.msg_control = nullptr;
}

ReceiveBatch::ReceiveBatch(std::span<InDatagram> slots) : slots_(slots) {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        parts_[i] = {slots_[i].buffer.data(), slots_[i].buffer.size()};
        msghdr& message = (messages_[i] = {}).msg_hdr;
        message.msg_name = addresses_[i].data();
        message.msg_namelen = SocketAddress::kCapacity;
        message.msg_iov = &parts_[i];
        message.msg_iovlen = 1;
        message.msg_control = controls_[i].bytes;
        message.msg_controllen = sizeof controls_[i].bytes;
    }
}

void ReceiveBatch::finish(std::size_t received) {
    for (std::size_t i = 0; i < received; ++i) {
        InDatagram& slot = slots_[i];
        slot.from = addresses_[i].endpoint().value_or(Endpoint{});
        slot.size = messages_[i].msg_len;
        slot.segment = 0;
        slot.ecn = Ecn::not_ect;
        slot.truncated = (messages_[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
        read_control(messages_[i].msg_hdr, slot);
    }
}

void ReceiveBatch::read_control(const msghdr& message, InDatagram& slot) {
    auto& header = const_cast<msghdr&>(message);  // CMSG_NXTHDR wants it so
    for (cmsghdr* item = CMSG_FIRSTHDR(&header); item; item = CMSG_NXTHDR(&header, item)) {
        const int level = item->cmsg_level;
        const int type = item->cmsg_type;
        if ((level == IPPROTO_IP && type == IP_TOS) ||
            (level == IPPROTO_IPV6 && type == IPV6_TCLASS))
            slot.ecn = static_cast<Ecn>(control_number(*item) & kEcnMask);
        else if (level == SOL_UDP && type == UDP_GRO)
            slot.segment = static_cast<std::uint16_t>(control_number(*item));
    }
}

}  // namespace gantry::host
