/// The keys of a server: what each opens, and the file that keeps them.
@NullMarked
package brimful.http.key;

import org.jspecify.annotations.NullMarked;
