package brimful.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/// A method, a path and their handler.
///
/// @param path with parameters in braces, as OpenAPI writes them
record Route(HandlerType method, String path, Handler handler) {
  /// Returns the path as the server matches it: the id of a model may have slashes.
  String pattern() {
    return path.replace("{model}", "<model>");
  }

  static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, handler);
  }

  static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, handler);
  }

  static Route put(String path, Handler handler) {
    return new Route(HandlerType.PUT, path, handler);
  }

  static Route patch(String path, Handler handler) {
    return new Route(HandlerType.PATCH, path, handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, handler);
  }
}
