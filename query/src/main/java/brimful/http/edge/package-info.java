/// The edge to browsers, proxies and sockets: which requests the server accepts, where they come
/// from, how many it allows, and how JSON and errors look on the wire.
///
/// Servlet requests come in; decisions and [brimful.http.edge.Problem]s go out, and the guard acts
/// on them. Safe for many threads.
@NullMarked
package brimful.http.edge;

import org.jspecify.annotations.NullMarked;
