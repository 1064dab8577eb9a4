package brimful.web;

import java.time.Duration;

/// How long a site may take.
///
/// @param connect until there is a connection
/// @param answer until an answer begins
/// @param silence without any byte of a body
/// @param body all of a body, in waiting for it
/// @param grace how much waiting for a body passes before its rate counts
record WebTimes(
    Duration connect, Duration answer, Duration silence, Duration body, Duration grace) {
  static final WebTimes STANDARD =
      new WebTimes(
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30),
          Duration.ofSeconds(60));
}
