/// Tests of the masking of secrets.
@NullMarked
package brimful.secret;

import org.jspecify.annotations.NullMarked;
