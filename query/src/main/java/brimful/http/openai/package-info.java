/// OpenAI's protocol as data: reads requests of its clients, and writes replies in its form.
///
/// JSON comes in and becomes an [brimful.service.AskRequest]; an [brimful.service.AskResult] leaves
/// as JSON. This package knows no connection: `brimful.http` has the routes. All but
/// [ResponseStore] holds no state.
@NullMarked
package brimful.http.openai;

import org.jspecify.annotations.NullMarked;
