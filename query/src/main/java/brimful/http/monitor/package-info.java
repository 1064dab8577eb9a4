/// Metrics, health and readiness of a server, worker or index worker, on a port of their own.
///
/// The names of the metrics are listed in `docs/operations.md`.
@NullMarked
package brimful.http.monitor;

import org.jspecify.annotations.NullMarked;
