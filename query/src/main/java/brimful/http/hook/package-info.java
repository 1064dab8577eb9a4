/// What forges tell a server by themselves: signed requests come in, jobs begin.
@NullMarked
package brimful.http.hook;

import org.jspecify.annotations.NullMarked;
