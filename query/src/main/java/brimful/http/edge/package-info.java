/// The edge to browsers, proxies and sockets: whose requests a server hears, what their paths mean,
/// where they come from, how many there may be, and whether their clients are still there.
///
/// Requests of servlets come in; decisions go out, and the guard acts on them. Safe for many
/// threads.
@NullMarked
package brimful.http.edge;

import org.jspecify.annotations.NullMarked;
