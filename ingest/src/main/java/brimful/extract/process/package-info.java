/// What every process that we start needs: a folder of its own, and somebody who reads its errors.
@NullMarked
package brimful.extract.process;

import org.jspecify.annotations.NullMarked;
