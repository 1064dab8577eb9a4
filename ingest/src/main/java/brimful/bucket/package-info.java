/// Object stores that speak S3: Amazon's own, MinIO and others.
///
/// Addresses come in, objects and their bytes come out, and every failure as a sentence for a
/// person. The only user of Amazon's SDK, whose classes are loaded by the first request. Safe for
/// many threads.
@NullMarked
package brimful.bucket;

import org.jspecify.annotations.NullMarked;
