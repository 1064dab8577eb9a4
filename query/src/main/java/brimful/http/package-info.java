/// The server: REST with server-sent events, OpenAI's protocol, the web page, and access control.
///
/// Requests come in; questions go to [brimful.service.QueryService], sources to
/// [brimful.collection.library.CollectionService]. Every request passes [Guard] first. [Server]
/// builds all parts. Each request has a virtual thread.
@NullMarked
package brimful.http;

import org.jspecify.annotations.NullMarked;
