/// What every process that we start needs: where its program is, a folder of its own, somebody who
/// reads its errors, and limits.
@NullMarked
package brimful.extract.process;

import org.jspecify.annotations.NullMarked;
