package brimful.ask;

/// The model that was asked for is not to be had; the message says why and what to do.
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unavailable(String message) {
    super(message, null, false, false);
  }
}
