#pragma once

#include <crypto/net/output_file.h>
#include <gantry/core/random.h>
#include <gantry/crypto/aead.h>
#include <gantry/crypto/kdf.h>
#include <gantry/job/blocking_pool.h>

namespace gantry::crypto {

// What the commands on files work with; all of it outlives them.
struct FileParts {
    AeadService& aead;
    KdfService& kdf;
    OpenStore open_store;
    std::function<BlockingPool&()> pool;  // made when it is first asked for
    EventLoop& loop;
    Random& random;
};

}  // namespace gantry::crypto
