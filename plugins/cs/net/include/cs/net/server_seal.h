#pragma once

#include <cs/core/sealed_answer.h>
#include <gantry/core/random.h>

namespace gantry::cs {

// What a server gives encrypted files with. Immutable; any thread, as the random is.
struct ServerSeal {
    SealKeyRing keys;
    Random& random;

    SealRandom fresh() const {
        SealRandom out{};
        random.fill(out);
        return out;
    }
};

}  // namespace gantry::cs
