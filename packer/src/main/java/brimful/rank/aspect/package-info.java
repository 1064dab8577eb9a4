/// What people ask first about a project, in any of nine languages, and the files that tell by
/// convention.
@NullMarked
package brimful.rank.aspect;

import org.jspecify.annotations.NullMarked;
