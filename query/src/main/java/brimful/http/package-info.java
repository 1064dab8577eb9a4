/// The server: REST with server-sent events, OpenAI's protocol, the web page, and who may use them.
///
/// Requests come in, questions go to [brimful.service.QueryService], sources to
/// [brimful.collection.CollectionService].
/// Every request passes [Guard] first. [Server] builds everything. Each request has a virtual
/// thread.
@NullMarked
package brimful.http;

import org.jspecify.annotations.NullMarked;
