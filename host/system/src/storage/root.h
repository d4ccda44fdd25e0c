#pragma once

#include "descriptor.h"

#include <gantry/core/result.h>
#include <host/system/folder_store.h>

#include <memory>
#include <string>
#include <string_view>

namespace gantry::host::storage {

// Where a name stands: the folder it is in, held open, and its last component.
struct Place {
    std::shared_ptr<const Descriptor> folder;
    std::string name;
    std::string path;  // the whole, normalized; for errors
};

// The same, where another holds the folder open.
struct PlaceName {
    PlaceName(const Place& place) : PlaceName(place, place.name) {}
    PlaceName(const Place& beside, const std::string& own_name)
        : folder(beside.folder->get()), name(own_name), path(beside.path) {}

    int folder;
    const std::string& name;
    const std::string& path;
};

// The root folder, held open. Every path of a store passes through here. Thread-safe.
class Root {
  public:
    Root(Descriptor folder, PathResolution resolution);

    // Opens what is there; creates nothing. Flags as of open(2).
    Result<Descriptor> open(std::string_view path, int flags) const;
    // For calls that make, move or remove a name. denied for the root itself.
    Result<Place> place_of(std::string_view path) const;
    int descriptor() const noexcept { return folder_->get(); }

  private:
    Result<Descriptor> open_normalized(const std::string& path, int flags) const;

    std::shared_ptr<const Descriptor> folder_;  // shared with the places in it
    bool by_kernel_;
};

}  // namespace gantry::host::storage
