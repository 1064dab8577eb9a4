package brimful.batch;

import brimful.corpus.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The deletion of a server's run, such as a batch, with all that it has kept: at once, or when it
/// has ended. Used under the lock of the run.
public final class RunDeletion {
  private final String what;
  private final Path order;
  private Optional<Runnable> files = Optional.empty();

  /// @param what the run for people, such as `batch 20261128T134520-1f2a`
  /// @param order its file that is there from its beginning to its end
  public RunDeletion(String what, Path order) {
    this.what = what;
    this.order = order;
  }

  /// Wants the run to be deleted.
  ///
  /// @param deletion deletes its files
  /// @param running whether it still writes them; then whoever runs it does what [#due] returns
  /// @return what to do now, without the lock
  public Runnable want(Runnable deletion, boolean running) {
    files = Optional.of(deletion);
    return running ? () -> {} : deletion;
  }

  /// Returns what to do, without the lock, when the run has ended.
  public Runnable due() {
    return files.orElse(() -> {});
  }

  /// Returns whether another process has deleted the run, as `brimful collections drop` does.
  public boolean isGone() {
    return Files.notExists(order);
  }

  /// Refuses to run what is deleted, or is about to be.
  ///
  /// @throws UserError of kind NOT_FOUND
  public void refuseIfWanted() {
    if (files.isPresent()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "%s was deleted with its collection".formatted(what));
    }
  }
}
