#pragma once

#include "manifest/fields.h"

// The forms of the texts in a manifest; docs/plugin-descriptor.md, "Words".
namespace gantry::manifest::form {

extern const Form kWord;         // "cs"
extern const Form kWords;        // "cs get"
extern const Form kServiceId;    // "gantry.digest"
extern const Form kSettingKey;   // "max_rate"
extern const Form kScheme;       // "svn+ssh"
extern const Form kCompact;      // printable, no spaces, not empty: "0.1.0"
extern const Form kSummary;      // one line, not empty, no final period
extern const Form kLine;         // one line, may be empty
extern const Form kDescription;  // lines, may be empty
extern const Form kLetter;       // one ASCII letter or digit

}  // namespace gantry::manifest::form
