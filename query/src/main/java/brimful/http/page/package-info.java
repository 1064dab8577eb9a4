/// The web page: its files, as the jar has them and as browsers load them.
@NullMarked
package brimful.http.page;

import org.jspecify.annotations.NullMarked;
