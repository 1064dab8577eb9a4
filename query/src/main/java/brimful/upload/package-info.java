/// Where a server keeps what people upload: in its own folder, or in an object store from which
/// workers on other machines read it.
@NullMarked
package brimful.upload;

import org.jspecify.annotations.NullMarked;
